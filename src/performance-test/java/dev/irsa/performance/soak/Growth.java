package dev.irsa.performance.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A value that must not grow under constant load.
 *
 * @param first the earlier value
 * @param last the later value
 */
record Growth(String what, double first, double last) {
    private static final double ALLOWED = 0.10;

    /** Compares the medians of two series of samples. */
    static Growth between(String what, List<Sample> first, List<Sample> last, ToDoubleFunction<Sample> value) {
        return new Growth(what, median(first, value), median(last, value));
    }

    /** Returns the median, or NaN without samples. */
    static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Returns whether the growth is within the limit; false if a value is NaN. */
    boolean isAllowed() {
        return last <= first * (1 + ALLOWED);
    }

    String percent() {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * (last / first - 1));
    }
}
