package dev.irsa.performance.bench;

import dev.irsa.fixtures.docs.ReportFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;

/**
 * Records the operator with JDK Flight Recorder while it creates and deletes resources, and reports CPU time and
 * allocation by part.
 */
final class Profile {
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance.md"));
    private static final Path RECORDING = Path.of("target", "profile.jfr").toAbsolutePath();
    private static final int METHODS = 25;

    /** Records only the two events. The plus signs add settings that "none" does not have. */
    private static final String OPTIONS =
            "-XX:FlightRecorderOptions=stackdepth=200 -XX:StartFlightRecording=settings=none,"
                    + "+" + ProfileSamples.CPU + "#enabled=true,+" + ProfileSamples.CPU + "#throttle=2ms,"
                    + "+" + ProfileSamples.ALLOCATION + "#enabled=true,+" + ProfileSamples.ALLOCATION
                    + "#throttle=2000/s,"
                    + "dumponexit=true,filename=" + RECORDING;

    /** The last batch is warm: the JVM has compiled what the first two used. */
    private static final List<String> BATCHES = List.of("cold", "warming", "warm");

    private Profile() {}

    /** {@link BenchOptions} lists the arguments. The first size is the number of resources. */
    public static void main(String[] args) throws IOException {
        var options = BenchOptions.of(args);
        var environment = HostDescription.describe(options, LocalDate.now(ZoneOffset.UTC));
        List<Span> spans;
        try (var machine = BenchMachine.start(options)) {
            machine.resetAws(options.latency());
            spans = record(machine, options);
        }
        var cpu = spans.stream().map(span -> span.samples(ProfileSamples.CPU)).toList();
        var allocation = spans.stream()
                .map(span -> span.samples(ProfileSamples.ALLOCATION))
                .toList();
        REPORT.replace("profile-machine", environment);
        System.out.println("CPU time by part, ms:\n" + table(spans, cpu).markdown());
        System.out.println(
                "Allocation by part, MiB:\n" + table(spans, allocation).markdown());
        write("performance-profile-cpu.svg", bars("CPU time of the Java code, ms", cpu));
        write("performance-profile-allocation.svg", bars("Allocation, MiB", allocation));
        System.out.println("CPU time by method, ms:\n" + methods(spans, cpu));
        System.out.println("Allocation by method, MiB:\n" + methods(spans, allocation));
    }

    /** A phase of the recorded process. */
    private record Span(String name, Instant from, Instant to) {
        ProfileSamples samples(String event) {
            var samples = new ProfileSamples();
            try (var recording = new RecordingFile(RECORDING)) {
                while (recording.hasMoreEvents()) {
                    var sample = recording.readEvent();
                    if (sample.getEventType().getName().equals(event)
                            && sample.getStartTime().isAfter(from)
                            && sample.getStartTime().isBefore(to)) {
                        samples.add(sample);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + RECORDING, e);
            }
            if (samples.total() == 0) {
                throw new IllegalStateException(RECORDING + " has no " + event + " of the phase \"" + name + "\"");
            }
            return samples;
        }
    }

    private static List<Span> record(BenchMachine machine, BenchOptions options) throws IOException {
        Files.deleteIfExists(RECORDING);
        var spans = new ArrayList<Span>();
        var began = Instant.now();
        try (var operator = machine.launch()
                .withEnvironment("JDK_JAVA_OPTIONS", OPTIONS + " " + options.jvmOptions())
                .startReady()) {
            var meter = new Meter(machine.proxy, machine.audit, operator);
            meter.awaitRest();
            spans.add(new Span("start", began, Instant.now()));
            for (var name : BATCHES) {
                var batch = new ResourceBatch(
                        machine.controlPlane.client(),
                        "profile-" + name,
                        options.sizes().getFirst());
                spans.add(span(name + ": create", meter, batch::createUntilReady));
                spans.add(span(name + ": delete", meter, batch::deleteAndAwait));
                batch.awaitNoServiceAccounts();
            }
        }
        return spans;
    }

    private static Span span(String name, Meter meter, Runnable work) {
        var began = Instant.now();
        work.run();
        meter.awaitRest();
        return new Span(name, began, Instant.now());
    }

    private static Table table(List<Span> spans, List<ProfileSamples> samples) {
        var rows = new ArrayList<List<String>>();
        Arrays.stream(ProfilePart.values())
                .forEach(part -> rows.add(row(
                        part.title(),
                        samples.stream()
                                .map(phase -> phase.parts().getOrDefault(part, 0.0))
                                .toList())));
        rows.add(row("sum", samples.stream().map(ProfileSamples::total).toList()));
        return new Table(
                Stream.concat(Stream.of(""), spans.stream().map(Span::name)).toList(), rows);
    }

    private static List<String> row(String name, List<Double> amounts) {
        return Stream.concat(
                        Stream.of(name), amounts.stream().map(amount -> String.format(Locale.ROOT, "%.0f", amount)))
                .toList();
    }

    /** Returns the methods with the highest amounts in the last creation and the last deletion. */
    private static String methods(List<Span> spans, List<ProfileSamples> samples) {
        var text = new StringBuilder();
        for (var i = spans.size() - 2; i < spans.size(); i++) {
            text.append(spans.get(i).name()).append('\n');
            samples.get(i).methods().entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .limit(METHODS)
                    .forEach(method ->
                            text.append(String.format(Locale.ROOT, "%8.1f  %s%n", method.getValue(), method.getKey())));
        }
        return text.toString();
    }

    /** Compares the first batch with the last, each with its creation and its deletion. */
    private static Bars bars(String title, List<ProfileSamples> samples) {
        var ofBatches = samples.subList(1, samples.size());
        return new Bars(
                title,
                List.of(BATCHES.getFirst(), BATCHES.getLast()),
                Arrays.stream(ProfilePart.values())
                        .map(part -> new Bars.Group(
                                part.title(),
                                List.of(
                                        sum(part, ofBatches.subList(0, 2)),
                                        sum(part, ofBatches.subList(ofBatches.size() - 2, ofBatches.size())))))
                        .toList());
    }

    private static double sum(ProfilePart part, List<ProfileSamples> samples) {
        return samples.stream()
                .mapToDouble(phase -> phase.parts().getOrDefault(part, 0.0))
                .sum();
    }

    private static void write(String name, Bars bars) throws IOException {
        Files.writeString(Path.of("docs", name), bars.svg());
    }
}
