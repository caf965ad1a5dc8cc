package dev.irsa.kubectl.get;

import dev.irsa.core.observed.RoleUse;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of days without a use of a role. */
public record UnusedPeriod(int days) {
    /** Source: "RoleLastUsed" of the IAM API reference. */
    private static final int REMEMBERED = 400;

    /** What users have to know about the times of IAM. */
    public static final String NOTE =
            "IAM shows a use up to four hours late, and remembers it for " + REMEMBERED + " days.";

    /** Returns whether a role was created longer ago than the period, and has not been used since. */
    public boolean covers(RoleUse use, Instant now) {
        return use.isUnusedSince(start(now));
    }

    /** Returns when the period begins if it ends now. */
    public Instant start(Instant now) {
        return now.minus(Duration.ofDays(days));
    }

    @Override
    public String toString() {
        return days == 1 ? "1 day" : days + " days";
    }

    /** Reads the value of the flag, such as {@code 90d}. */
    public static final class Converter implements ITypeConverter<UnusedPeriod> {
        private static final Pattern VALUE = Pattern.compile("([0-9]{1,4})d");

        @Override
        public UnusedPeriod convert(String value) {
            if (!VALUE.matcher(value).matches()) {
                throw new TypeConversionException("'" + value + "' is not a number of days; write it as in 90d");
            }
            int days = Integer.parseInt(value.substring(0, value.length() - 1));
            if (days > REMEMBERED) {
                throw new TypeConversionException("'" + value + "' is too long, because IAM remembers a use for "
                        + REMEMBERED + " days; use at most " + REMEMBERED + "d");
            }
            return new UnusedPeriod(days);
        }
    }
}
