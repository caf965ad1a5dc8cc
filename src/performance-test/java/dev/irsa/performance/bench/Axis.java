package dev.irsa.performance.bench;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An axis between round numbers.
 *
 * @param scale linear or logarithmic
 * @param low the first value
 * @param top the last value
 * @param step between two marks of a linear axis
 */
public record Axis(Scale scale, double low, double top, double step) {
    /** The scale of an axis. */
    public enum Scale {
        /** Linear from zero. */
        Linear,
        /** Logarithmic: each mark is ten times the previous one. */
        Logarithmic
    }

    /** Returns an axis that includes the smallest and the largest value. */
    static Axis of(Scale scale, double least, double most) {
        return switch (scale) {
            case Linear -> {
                var step = step(most);
                yield new Axis(scale, 0, Math.ceil(most / step) * step, step);
            }
            case Logarithmic -> {
                var low = Math.pow(10, Math.floor(Math.log10(least)));
                yield new Axis(scale, low, Math.max(10 * low, Math.pow(10, Math.ceil(Math.log10(most)))), 10);
            }
        };
    }

    /** Returns 1, 2 or 5 times a power of ten, so that there are four to ten steps. */
    private static double step(double most) {
        var power = Math.pow(10, Math.floor(Math.log10(most / 4)));
        return Stream.of(5, 2, 1)
                .map(times -> times * power)
                .filter(step -> most / step >= 4)
                .findFirst()
                .orElse(power);
    }

    /** Returns the values of the marks. */
    DoubleStream ticks() {
        return switch (scale) {
            case Linear ->
                IntStream.rangeClosed(0, (int) Math.round(top / step)).mapToDouble(i -> i * step);
            case Logarithmic ->
                IntStream.rangeClosed((int) Math.round(Math.log10(low)), (int) Math.round(Math.log10(top)))
                        .mapToDouble(power -> Math.pow(10, power));
        };
    }

    /** Returns the position of a value: 0 at the start of the axis, 1 at its end. */
    double part(double value) {
        return switch (scale) {
            case Linear -> value / top;
            case Logarithmic -> Math.log10(value / low) / Math.log10(top / low);
        };
    }
}
