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
import java.util.stream.Stream;

/**
 * Measures the size of the image on each base, and its start with and without the AOT cache, and writes
 * docs/performance.md.
 */
final class ImageBench {
    private static final int STARTS = 7;
    private static final ReportFile REPORT = new ReportFile(Path.of("docs", "performance.md"));

    private ImageBench() {}

    public static void main(String[] args) throws IOException {
        var sizes = new ArrayList<List<String>>();
        var starts = new ArrayList<List<String>>();
        try (var controlPlane = ControlPlane.start();
                var moto = Moto.start();
                var proxy = FaultProxy.before(moto.endpoint())) {
            var kubectl = new Kubectl(controlPlane.kubeconfig());
            var env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
            for (var base : List.of(RunBase.C_LIBRARY, RunBase.DEBIAN_PACKAGES)) {
                var image = BuiltImage.on(base);
                sizes.add(sizes(base, image));
                starts.add(starts(base, image, env, kubectl));
            }
        }
        report(
                "image-size",
                new Table(
                        List.of(
                                "MiB, on a base with",
                                "Java runtime",
                                "libraries",
                                "ahead-of-time cache",
                                "program",
                                "everything with the base",
                                "the same, compressed"),
                        sizes));
        report(
                "image-start",
                new Table(
                        List.of(
                                "medians of " + STARTS + ", on a base with",
                                "ready, s",
                                "without the cache",
                                "CPU, s",
                                "without it",
                                "memory, MiB",
                                "without it"),
                        starts));
        System.exit(0);
    }

    private static List<String> sizes(RunBase base, BuiltImage image) throws IOException {
        return List.of(
                base.contents(),
                mebibytes(image.bytesBelow("opt/jre")),
                mebibytes(image.bytesBelow("app/lib")),
                mebibytes(image.bytesBelow("app/irsa-operator.aot")),
                mebibytes(image.bytesBelow("app/irsa-operator.jar")),
                mebibytes(image.bytesBelow("")),
                mebibytes(image.compressedBytes()));
    }

    /** Alternates between both, so that other load affects them equally. */
    private static List<String> starts(RunBase base, BuiltImage image, TestEnvironment env, Kubectl kubectl)
            throws IOException {
        var with = new ArrayList<Start>();
        var without = new ArrayList<Start>();
        for (var round = 0; round < STARTS; round++) {
            with.add(Start.of(image.inContainer(env.launch(), kubectl, "-XX:AOTMode=on")));
            without.add(Start.of(image.inContainer(env.launch(), kubectl, "-XX:AOTMode=off")));
        }
        return Stream.of(
                        Stream.of(base.contents()),
                        compared(with, without, Start::seconds),
                        compared(with, without, Start::cpuSeconds),
                        compared(with, without, Start::mebibytes))
                .flatMap(cells -> cells)
                .toList();
    }

    private static Stream<String> compared(List<Start> with, List<Start> without, ToDoubleFunction<Start> figure) {
        return Stream.of(median(with, figure), median(without, figure)).map(ImageBench::decimal);
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
