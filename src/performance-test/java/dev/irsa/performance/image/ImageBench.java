package dev.irsa.performance.image;

import dev.irsa.fixtures.docs.ReportFile;
import dev.irsa.integration.e2e.TestEnvironment;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.performance.bench.Median;
import dev.irsa.performance.bench.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Measures the size of the image and its start with and without the AOT cache, and writes docs/performance.md. */
final class ImageBench {
    private static final int STARTS = 7;
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance.md"));

    private ImageBench() {}

    public static void main(String[] args) throws IOException {
        var image = BuiltImage.build();
        report("image-size", sizes(image));
        try (var controlPlane = ControlPlane.start();
                var moto = Moto.start();
                var proxy = FaultProxy.before(moto.endpoint())) {
            var kubectl = new Kubectl(controlPlane.kubeconfig());
            report("image-start", starts(image, TestEnvironment.with(controlPlane, moto, proxy, kubectl), kubectl));
        }
        System.exit(0);
    }

    private static Table sizes(BuiltImage image) throws IOException {
        return new Table(
                List.of("", "MiB"),
                List.of(
                        List.of("Java runtime", mebibytes(image.bytesBelow("opt/jre"))),
                        List.of("libraries", mebibytes(image.bytesBelow("app/lib"))),
                        List.of("ahead-of-time cache", mebibytes(image.bytesBelow("app/irsa-operator.aot"))),
                        List.of("the program", mebibytes(image.bytesBelow("app/irsa-operator.jar"))),
                        List.of("what a registry keeps, compressed", mebibytes(image.compressedBytes()))));
    }

    /** Alternates between both, so that other load affects them equally. */
    private static Table starts(BuiltImage image, TestEnvironment env, Kubectl kubectl) throws IOException {
        var with = new ArrayList<Start>();
        var without = new ArrayList<Start>();
        for (var round = 0; round < STARTS; round++) {
            with.add(Start.of(image.inContainer(env.launch(), kubectl, "-XX:AOTMode=on")));
            without.add(Start.of(image.inContainer(env.launch(), kubectl, "-XX:AOTMode=off")));
        }
        return new Table(
                List.of("medians of " + STARTS, "with the cache", "without", "ratio"),
                List.of(
                        row("until ready, s", median(with, Start::seconds), median(without, Start::seconds)),
                        row("CPU until ready, s", median(with, Start::cpuSeconds), median(without, Start::cpuSeconds)),
                        row(
                                "memory when ready, MiB",
                                median(with, Start::mebibytes),
                                median(without, Start::mebibytes))));
    }

    private static List<String> row(String what, double with, double without) {
        return List.of(what, decimal(with), decimal(without), decimal(with / without));
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
        return Median.of(starts.stream().mapToDouble(figure).boxed().toList());
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1048576.0);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static void report(String part, Table table) throws IOException {
        System.out.println("\n" + table.markdown());
        REPORT.replace(part, table.markdown());
    }
}
