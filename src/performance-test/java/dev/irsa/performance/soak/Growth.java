package dev.irsa.performance.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Something that must not grow while the work stays the same.
 *
 * @param first before
 * @param last after
 */
record Growth(String what, double first, double last) {
    private static final double ALLOWED = 0.10;

    /** From the median of some samples to the median of others. */
    static Growth between(String what, List<Sample> first, List<Sample> last, ToDoubleFunction<Sample> value) {
        return new Growth(what, median(first, value), median(last, value));
    }

    /** The middle one, or NaN of none. */
    static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Not of what was never measured. */
    boolean isAllowed() {
        return last <= first * (1 + ALLOWED);
    }

    String percent() {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * (last / first - 1));
    }
}
