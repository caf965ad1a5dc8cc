package dev.irsa.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the values of flags and collects their problems. An invalid value is replaced by a harmless one, so that one run
 * reports all problems.
 */
final class FlagReader {
    /** The names of namespaces. Source: "Object Names and IDs" of Kubernetes, "RFC 1123 Label Names". */
    static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    static final String LABEL_RULE = "it must be the name of a namespace";

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m|h)");

    private record Problem(Flag flag, String text) {}

    private final Function<Flag, List<String>> texts;
    private final List<Problem> problems = new ArrayList<>();

    /** @param texts the values of each flag */
    FlagReader(Function<Flag, List<String>> texts) {
        this.texts = texts;
    }

    /** Throws with all problems, if there are any. */
    void throwIfInvalid() throws InvalidConfiguration {
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems.stream().map(Problem::text).toList());
        }
    }

    /** Throws with all problems in the order of their flags, if there are any. */
    void throwIfInvalid(List<Flag> order) throws InvalidConfiguration {
        problems.sort(Comparator.comparingInt(problem -> order.indexOf(problem.flag())));
        throwIfInvalid();
    }

    void problem(Flag flag, String value, String remedy) {
        problems.add(
                new Problem(flag, flag.name() + (value.isEmpty() ? " is missing; " : "=" + value + ": ") + remedy));
    }

    List<String> texts(Flag flag) {
        return texts.apply(flag);
    }

    String text(Flag flag) {
        return textOr(flag, "");
    }

    String textOr(Flag flag, String orElse) {
        List<String> given = texts(flag);
        return given.isEmpty() ? orElse : given.getFirst();
    }

    /** Returns the value, or empty if it is blank: an environment variable may be set but empty. */
    Optional<String> given(Flag flag) {
        return Optional.of(text(flag)).filter(text -> !text.isBlank());
    }

    /** Returns the distinct values of a repeatable flag, without the empty one. */
    Set<String> values(Flag flag) {
        TreeSet<String> values = new TreeSet<>(texts(flag));
        values.remove("");
        return values;
    }

    String matching(Flag flag, String value, String pattern, String remedy) {
        if (!value.matches(pattern)) {
            problem(flag, value, remedy);
            return "invalid";
        }
        return value;
    }

    String matching(Flag flag, String pattern, String remedy) {
        return matching(flag, text(flag), pattern, remedy);
    }

    Optional<String> givenMatching(Flag flag, String pattern, String remedy) {
        Optional<String> given = given(flag);
        given.ifPresent(value -> matching(flag, value, pattern, remedy));
        return given;
    }

    Set<String> valuesMatching(Flag flag, String pattern, String remedy) {
        Set<String> values = values(flag);
        values.forEach(value -> matching(flag, value, pattern, remedy));
        return values;
    }

    private String choice(Flag flag, String value, List<String> choices) {
        if (!choices.contains(value)) {
            problem(flag, value, "it must be " + String.join(" or ", choices));
            return choices.getFirst();
        }
        return value;
    }

    String choice(Flag flag, List<String> choices) {
        return choice(flag, text(flag), choices);
    }

    /** Returns the constant of that name. */
    <E extends Enum<E>> E choice(Flag flag, String value, Class<E> choices) {
        List<String> names =
                Arrays.stream(choices.getEnumConstants()).map(Enum::name).toList();
        return Enum.valueOf(choices, choice(flag, value, names));
    }

    boolean trueOrFalse(Flag flag) {
        String _ = choice(flag, List.of("true", "false"));
        return text(flag).equals("true");
    }

    int number(Flag flag, int least, int most) {
        return number(flag, least, most, "");
    }

    /** Returns empty if the value is the given word, which stands for no number. */
    OptionalInt numberUnless(String word, Flag flag, int least, int most) {
        return text(flag).equals(word) ? OptionalInt.empty() : OptionalInt.of(number(flag, least, most, word + " or "));
    }

    private int number(Flag flag, int least, int most, String orElse) {
        String value = text(flag);
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
    Duration durationFromHours(Flag flag, int least) {
        int before = problems.size();
        Duration duration = duration(flag);
        if (duration.compareTo(Duration.ofHours(least)) < 0 && problems.size() == before) {
            problem(flag, text(flag), "it must be at least " + least + "h");
        }
        return duration;
    }

    Duration positiveDuration(Flag flag) {
        int before = problems.size();
        Duration duration = duration(flag);
        if (duration.isZero() && problems.size() == before) {
            problem(flag, text(flag), "it must be greater than zero");
        }
        return duration;
    }

    Duration duration(Flag flag) {
        String value = text(flag);
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
