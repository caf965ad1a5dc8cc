package dev.irsa.performance.soak;

import dev.irsa.integration.machine.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Measures the live objects of a heap, which a leak lets grow. */
final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)$");

    private LiveHeap() {}

    /** Runs a full collection and returns the size of the live objects in MiB. */
    static double of(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String histogram = new Command(List.of(jcmd.toString(), Long.toString(pid), "GC.class_histogram"), Map.of())
                .run("")
                .orThrow()
                .stdout();
        return total(histogram) / 1048576;
    }

    /** Reads the last line: {@code Total <objects> <bytes>}. */
    static double total(String histogram) {
        return TOTAL.matcher(histogram)
                .results()
                .map(found -> Double.parseDouble(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not a class histogram: " + histogram));
    }
}
