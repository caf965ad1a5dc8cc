package dev.irsa.performance.bench;

import dev.irsa.fixtures.process.OperatorLaunch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures several builds of the operator in turn, so that other load affects them equally. Each process starts, creates
 * one resource and then a batch, deletes the batch, and creates it again.
 */
final class SideBySide {
    private final BenchMachine machine;
    private final BenchOptions options;
    private final Map<String, OperatorLaunch> builds;
    private int batches;

    /** @param builds the builds by name, in the order of the columns */
    SideBySide(BenchMachine machine, BenchOptions options, Map<String, OperatorLaunch> builds) {
        this.machine = machine;
        this.options = options;
        this.builds = new LinkedHashMap<>(builds);
    }

    /** What a figure is about. */
    private enum Figure {
        START("start to ready, s", true),
        START_CPU("CPU of the operator until ready, s", true),
        IDLE("resident when idle, MiB", true),
        IDLE_FILES("file-backed when idle, MiB", false),
        ONE("1 resource Ready, s", true),
        ONE_CPU("CPU of the operator until 1 resource Ready, s", true),
        COLD("all Ready, s", true),
        COLD_CPU("CPU of the operator until all Ready, s", true),
        COLD_COMPILER("of it, the JIT compiler, s", true),
        COLD_MEMORY("resident after all Ready, MiB", false),
        COLD_FILES("file-backed after all Ready, MiB", false),
        DELETION("all deleted, s", true),
        DELETION_CPU("CPU of the operator for the deletion, s", true),
        WARM("all Ready again, s", false),
        WARM_CPU("CPU of the operator until all Ready again, s", false),
        PEAK("peak resident, MiB", true),
        CHARGED("peak charged to the control group, MiB", false),
        ANONYMOUS("anonymous at the end, MiB", false);

        private final String title;
        private final boolean isMain;

        /** @param isMain whether it is in the report */
        Figure(String title, boolean isMain) {
            this.title = title;
            this.isMain = isMain;
        }
    }

    /**
     * Returns the medians for this number of resources, one column for each build, and the ratios to the first.
     *
     * @param isBrief whether to return only the main figures
     */
    Table measure(int size, boolean isBrief) {
        var runs = new LinkedHashMap<String, List<Map<Figure, Double>>>();
        for (var round = 1; round <= options.rounds(); round++) {
            for (var build : builds.entrySet()) {
                var figures = run(build.getValue(), size);
                runs.computeIfAbsent(build.getKey(), _ -> new ArrayList<>()).add(figures);
                System.out.println("n = " + size + ", round " + round + ", " + build.getKey() + ": " + figures);
            }
        }
        return table(
                size, isBrief, runs.values().stream().map(SideBySide::medians).toList());
    }

    private Map<Figure, Double> run(OperatorLaunch launch, int size) {
        machine.resetAws(options.latency());
        var cgroup = MemoryCgroup.create();
        try {
            return run(cgroup.map(group -> group.around(launch)).orElse(launch), size, cgroup);
        } finally {
            cgroup.ifPresent(MemoryCgroup::close);
        }
    }

    private Map<Figure, Double> run(OperatorLaunch launch, int size, Optional<MemoryCgroup> cgroup) {
        var figures = new LinkedHashMap<Figure, Double>();
        var began = System.nanoTime();
        try (var operator = launch.startReady()) {
            figures.put(Figure.START, seconds(Duration.ofNanos(System.nanoTime() - began)));
            figures.put(Figure.START_CPU, seconds(operator.cpu()));
            var meter = new Meter(machine.proxy, machine.audit, operator);
            meter.awaitRest();
            figures.put(Figure.IDLE, mebibytes(operator.residentKiB()));
            figures.put(Figure.IDLE_FILES, mebibytes(operator.fileBackedKiB()));
            var first = batch(1);
            meter.begin();
            var one = meter.endAtRest(first.createUntilReady());
            figures.put(Figure.ONE, one.seconds());
            figures.put(Figure.ONE_CPU, seconds(one.cpu()));
            remove(first);
            meter.awaitRest();
            var batch = batch(size);
            var compilerBefore = operator.compilerCpu();
            var cold = create(meter, batch);
            figures.put(Figure.COLD, cold.seconds());
            figures.put(Figure.COLD_CPU, seconds(cold.cpu()));
            figures.put(Figure.COLD_COMPILER, seconds(operator.compilerCpu().minus(compilerBefore)));
            figures.put(Figure.COLD_MEMORY, mebibytes(operator.residentKiB()));
            figures.put(Figure.COLD_FILES, mebibytes(operator.fileBackedKiB()));
            meter.begin();
            var deletion = meter.endAtRest(batch.deleteAndAwait());
            figures.put(Figure.DELETION, deletion.seconds());
            figures.put(Figure.DELETION_CPU, seconds(deletion.cpu()));
            batch.awaitNoServiceAccounts();
            var again = batch(size);
            var warm = create(meter, again);
            figures.put(Figure.WARM, warm.seconds());
            figures.put(Figure.WARM_CPU, seconds(warm.cpu()));
            figures.put(Figure.PEAK, mebibytes(operator.peakResidentKiB()));
            cgroup.ifPresent(group -> {
                figures.put(Figure.CHARGED, group.peakMebibytes());
                figures.put(Figure.ANONYMOUS, group.anonymousMebibytes());
            });
            remove(again);
        }
        return figures;
    }

    private ResourceBatch batch(int size) {
        batches++;
        return new ResourceBatch(machine.controlPlane.client(), "side-by-side-" + batches, size);
    }

    private static void remove(ResourceBatch batch) {
        batch.deleteAndAwait();
        batch.awaitNoServiceAccounts();
    }

    private static Phase create(Meter meter, ResourceBatch batch) {
        meter.begin();
        return meter.endAtRest(batch.createUntilReady());
    }

    private Table table(int size, boolean isBrief, List<Map<Figure, Double>> medians) {
        var head = new ArrayList<>(List.of("n = " + size));
        head.addAll(builds.keySet());
        builds.keySet().stream().skip(1).forEach(name -> head.add(name + ", ratio"));
        var rows = Arrays.stream(Figure.values())
                .filter(figure -> medians.getFirst().containsKey(figure))
                .filter(figure -> figure.isMain || !isBrief)
                .map(figure -> row(figure, medians))
                .toList();
        return new Table(head, rows);
    }

    private static List<String> row(Figure figure, List<Map<Figure, Double>> medians) {
        var values = medians.stream().map(each -> each.get(figure)).toList();
        var ratios = values.stream().skip(1).map(value -> value / values.getFirst());
        return Stream.of(
                        Stream.of(figure.title),
                        values.stream().map(SideBySide::decimal),
                        ratios.map(SideBySide::decimal))
                .flatMap(cells -> cells)
                .toList();
    }

    private static Map<Figure, Double> medians(List<Map<Figure, Double>> runs) {
        var medians = new LinkedHashMap<Figure, Double>();
        runs.getFirst()
                .keySet()
                .forEach(figure -> medians.put(
                        figure,
                        Median.of(runs.stream().map(run -> run.get(figure)).toList())));
        return medians;
    }

    private static double mebibytes(long kibibytes) {
        return kibibytes / 1024.0;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
