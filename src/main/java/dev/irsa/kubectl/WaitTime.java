package dev.irsa.kubectl;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long a command waits, in the form of {@code kubectl wait --timeout}. */
final class WaitTime implements ITypeConverter<Duration> {
    private static final Pattern VALUE = Pattern.compile("([1-9][0-9]{0,5})([smh])");

    @Override
    public Duration convert(String value) {
        Matcher parts = VALUE.matcher(value);
        if (!parts.matches()) {
            throw new TypeConversionException(
                    "'" + value + "' is not a duration; write a number and s, m, or h, as in 90s or 10m");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
