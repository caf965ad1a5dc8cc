package dev.irsa.performance.soak;

import dev.irsa.integration.machine.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is left in a heap when all that nobody needs is taken out: what a leak would let grow. */
final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)$");

    private LiveHeap() {}

    /** Has the JVM collect, then count, by the JDK's own tool; in MiB. */
    static double of(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String histogram = new Command(List.of(jcmd.toString(), Long.toString(pid), "GC.class_histogram"), Map.of())
                .run("")
                .orThrow()
                .stdout();
        return total(histogram) / 1048576;
    }

    /** By the last line: {@code Total <objects> <bytes>}. */
    static double total(String histogram) {
        return TOTAL.matcher(histogram)
                .results()
                .map(found -> Double.parseDouble(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no class histogram: " + histogram));
    }
}
