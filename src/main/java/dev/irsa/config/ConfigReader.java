package dev.irsa.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses values and collects their problems. An invalid value is replaced by a harmless one, so that one run reports all
 * problems.
 */
final class ConfigReader {
    /** The names of namespaces. Source: "Object Names and IDs" of Kubernetes, "RFC 1123 Label Names". */
    static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m|h)");

    private final List<String> problems = new ArrayList<>();

    /** Returns the value, or empty if it is blank: an environment variable may be set but empty. */
    static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isBlank());
    }

    /** Returns the distinct values of a repeatable flag, without the empty one. */
    static Set<String> values(List<String> given) {
        TreeSet<String> values = new TreeSet<>(given);
        values.remove("");
        return values;
    }

    /** Throws with all problems, if there are any. */
    void throwIfInvalid() throws InvalidConfiguration {
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
    }

    void problem(String flag, String value, String remedy) {
        problems.add(flag + (value.isEmpty() ? " is missing; " : "=" + value + ": ") + remedy);
    }

    String matching(String flag, @Nullable String value, String pattern, String remedy) {
        String text = Objects.requireNonNullElse(value, "");
        if (!text.matches(pattern)) {
            problem(flag, text, remedy);
            return "invalid";
        }
        return text;
    }

    void namespace(String flag, String value) {
        matching(flag, value, LABEL, "it must be the name of a namespace");
    }

    String choice(String flag, String value, List<String> choices) {
        if (!choices.contains(value)) {
            problem(flag, value, "it must be " + String.join(" or ", choices));
            return choices.getFirst();
        }
        return value;
    }

    /** Returns the constant of that name. */
    <E extends Enum<E>> E choice(String flag, String value, Class<E> choices) {
        List<String> names =
                Arrays.stream(choices.getEnumConstants()).map(Enum::name).toList();
        return Enum.valueOf(choices, choice(flag, value, names));
    }

    boolean flag(String flag, String value) {
        String _ = choice(flag, value, List.of("true", "false"));
        return value.equals("true");
    }

    int number(String flag, String value, int least, int most) {
        return number(flag, value, least, most, "");
    }

    /** Returns empty if the value is the given word, which stands for no number. */
    OptionalInt numberUnless(String word, String flag, String value, int least, int most) {
        return value.equals(word)
                ? OptionalInt.empty()
                : OptionalInt.of(number(flag, value, least, most, word + " or "));
    }

    private int number(String flag, String value, int least, int most, String orElse) {
        if (value.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        problem(flag, value, "it must be " + orElse + "a number from " + least + " to " + most);
        return least;
    }

    /** Returns a duration of at least so many hours. */
    Duration durationFromHours(String flag, String value, int least) {
        int before = problems.size();
        Duration duration = duration(flag, value);
        if (duration.compareTo(Duration.ofHours(least)) < 0 && problems.size() == before) {
            problem(flag, value, "it must be at least " + least + "h");
        }
        return duration;
    }

    Duration positiveDuration(String flag, String value) {
        int before = problems.size();
        Duration duration = duration(flag, value);
        if (duration.isZero() && problems.size() == before) {
            problem(flag, value, "it must be greater than zero");
        }
        return duration;
    }

    Duration duration(String flag, String value) {
        Matcher parts = DURATION.matcher(value);
        if (!parts.matches()) {
            problem(flag, value, "it must be a number and a unit (ms, s, m, h), such as 60s");
            return Duration.ZERO;
        }
        long number = Long.parseLong(Objects.requireNonNull(parts.group(1)));
        return switch (Objects.requireNonNull(parts.group(2))) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
