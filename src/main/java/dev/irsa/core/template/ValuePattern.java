package dev.irsa.core.template;

import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A regular expression in RE2 syntax, which takes linear time. It has to match the whole value. */
final class ValuePattern {
    /**
     * Maximum size after the expansion of counted repetitions. RE2/J expands them when it compiles a pattern, so that
     * nested ones exhaust the memory or the stack: {@code ((a{1000}){1000})} becomes a million instructions.
     */
    static final long MAX_SIZE = 4_000;

    private static final Pattern REPETITION = Pattern.compile("(.?)\\{([0-9]{1,4})(?:,([0-9]{0,4}))?}", Pattern.DOTALL);

    private final com.google.re2j.Pattern compiled;

    private ValuePattern(com.google.re2j.Pattern compiled) {
        this.compiled = compiled;
    }

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException if {@link #problemOf} returns a problem
     */
    static ValuePattern of(String text) {
        problemOf(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new ValuePattern(com.google.re2j.Pattern.compile(text));
    }

    /** Returns why the pattern cannot be used, to be read after the pattern; empty if it can. */
    static Optional<String> problemOf(String text) {
        if (sizeOf(text) > MAX_SIZE) {
            return Optional.of("repeats too much; use smaller or fewer counts");
        }
        try {
            com.google.re2j.Pattern.compile(text);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is not a regular expression in RE2 syntax (" + e.getDescription() + "); correct it");
        }
    }

    /**
     * Returns an upper bound of the expanded size. A repetition of one character adds its count. One of a group
     * multiplies the size of the group, which is at most the size of everything.
     */
    private static long sizeOf(String text) {
        long sum = text.length();
        long product = 1;
        for (MatchResult repetition : REPETITION.matcher(text).results().toList()) {
            long count = Math.max(number(repetition.group(2)), number(repetition.group(3)));
            if (")}?*+".contains(repetition.group(1))) {
                product = Math.min(MAX_SIZE + 1, product * Math.max(1, count));
            } else {
                sum += count;
            }
        }
        return sum * product;
    }

    private static long number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    boolean matches(String value) {
        return compiled.matcher(value).matches();
    }
}
