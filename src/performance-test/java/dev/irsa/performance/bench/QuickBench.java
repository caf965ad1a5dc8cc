package dev.irsa.performance.bench;

import java.io.IOException;

/** Measures this checkout, beside an earlier one if it is given, and prints ratios. Takes some minutes. */
final class QuickBench {
    private QuickBench() {}

    /** {@link BenchOptions} lists the arguments. */
    public static void main(String[] args) throws IOException {
        var options = BenchOptions.of(args);
        try (var machine = BenchMachine.start(options)) {
            var builds =
                    new SideBySide(machine, options, machine.launches(OperatorBuild.entrypoints(options.before())));
            for (var size : options.sizes()) {
                System.out.println("\n" + builds.measure(size, false).markdown());
            }
        }
    }
}
