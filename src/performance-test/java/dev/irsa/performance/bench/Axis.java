package dev.irsa.performance.bench;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An axis of values between round numbers.
 *
 * @param scale how values lie on it
 * @param low where it begins
 * @param top where it ends
 * @param step between two marks of a linear one
 */
public record Axis(Scale scale, double low, double top, double step) {
    /** How values lie on an axis. */
    public enum Scale {
        /** From nothing up. */
        Linear,
        /** Each mark is ten times the last one. */
        Logarithmic
    }

    /** An axis that has room for all from the least to the most. */
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

    /** 1, 2 or 5 of some power of ten, so that there are from four to ten of them. */
    private static double step(double most) {
        var power = Math.pow(10, Math.floor(Math.log10(most / 4)));
        return Stream.of(5, 2, 1)
                .map(times -> times * power)
                .filter(step -> most / step >= 4)
                .findFirst()
                .orElse(power);
    }

    /** Where marks stand. */
    DoubleStream ticks() {
        return switch (scale) {
            case Linear ->
                IntStream.rangeClosed(0, (int) Math.round(top / step)).mapToDouble(i -> i * step);
            case Logarithmic ->
                IntStream.rangeClosed((int) Math.round(Math.log10(low)), (int) Math.round(Math.log10(top)))
                        .mapToDouble(power -> Math.pow(10, power));
        };
    }

    /** 0 for the beginning of the axis, 1 for its end. */
    double part(double value) {
        return switch (scale) {
            case Linear -> value / top;
            case Logarithmic -> Math.log10(value / low) / Math.log10(top / low);
        };
    }
}
