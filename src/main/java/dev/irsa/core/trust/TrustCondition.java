package dev.irsa.core.trust;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.policy.Glob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A condition of a trust policy: one operator on one key.
 *
 * <p>Source: "IAM JSON policy elements: Condition operators". Keys are not case-sensitive. StringEquals has no wildcards.
 */
public record TrustCondition(String operator, String key, Set<String> values) {
    /** The keys that a web identity token has. Before them is the name of its provider. */
    private static final List<String> TOKEN_KEYS = List.of(":sub", ":aud", ":amr");

    public TrustCondition {
        values = Collections.unmodifiableSet(new TreeSet<>(values));
    }

    /** How a condition decides about a request. */
    public enum Verdict {
        MET,
        NOT_MET,
        /** Not met, but it would be if the wildcards in its values worked. */
        WILDCARD_IS_LITERAL,
        /** Not met, because the key belongs to a token of another issuer, so that the request does not have it. */
        KEY_OF_OTHER_ISSUER,
        UNDECIDED
    }

    static List<TrustCondition> of(JsonNode block) {
        List<TrustCondition> conditions = new ArrayList<>();
        block.properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key -> conditions.add(new TrustCondition(
                                operator.getKey(), key.getKey(), TrustStatement.texts(key.getValue())))));
        return List.copyOf(conditions);
    }

    /**
     * Evaluates the condition.
     *
     * @param request the known keys of the request in lower case, with their values
     */
    public Verdict evaluate(Map<String, String> request) {
        if (isOfOtherIssuer(request.keySet())) {
            return isMetWithoutKey() ? Verdict.MET : Verdict.KEY_OF_OTHER_ISSUER;
        }
        String actual = request.get(lowerCaseKey());
        if (actual == null || values.stream().anyMatch(value -> value.contains("${"))) {
            return Verdict.UNDECIDED;
        }
        Stream<String> wanted = values.stream();
        return switch (plainOperator()) {
            case "stringequals" -> equal(actual);
            case "stringequalsignorecase" -> met(wanted.anyMatch(actual::equalsIgnoreCase));
            case "stringlike" -> met(wanted.anyMatch(value -> Glob.of(value).matches(actual)));
            case "stringnotequals" -> met(wanted.noneMatch(actual::equals));
            case "stringnotlike" -> met(wanted.noneMatch(value -> Glob.of(value).matches(actual)));
            default -> Verdict.UNDECIDED;
        };
    }

    private boolean isOfOtherIssuer(Set<String> request) {
        String wanted = lowerCaseKey();
        String prefix = wanted.substring(0, wanted.lastIndexOf(':') + 1);
        return TOKEN_KEYS.stream().anyMatch(wanted::endsWith)
                && request.stream().noneMatch(known -> known.startsWith(prefix));
    }

    /** Source: "Condition operators" and "Set operators for multi-valued context keys" of the IAM user guide. */
    private boolean isMetWithoutKey() {
        String name = operator.toLowerCase(Locale.ROOT);
        if (name.equals("null")) {
            return values.contains("true");
        }
        boolean negated = plainOperator().contains("not") && !name.startsWith("foranyvalue:");
        return negated || name.endsWith("ifexists") || name.startsWith("forallvalues:");
    }

    private Verdict equal(String actual) {
        if (values.contains(actual)) {
            return Verdict.MET;
        }
        return values.stream().anyMatch(value -> Glob.of(value).matches(actual))
                ? Verdict.WILDCARD_IS_LITERAL
                : Verdict.NOT_MET;
    }

    private static Verdict met(boolean met) {
        return met ? Verdict.MET : Verdict.NOT_MET;
    }

    String lowerCaseKey() {
        return key.toLowerCase(Locale.ROOT);
    }

    /** Every known key has exactly one value, for which the set operators and IfExists change nothing. */
    private String plainOperator() {
        return operator.toLowerCase(Locale.ROOT)
                .replaceFirst("^for(anyvalue|allvalues):", "")
                .replaceFirst("ifexists$", "");
    }

    /** Returns a map with the keys in lower case. */
    public static Map<String, String> request(Map<String, String> keys) {
        Map<String, String> request = new TreeMap<>();
        keys.forEach((key, value) -> request.put(key.toLowerCase(Locale.ROOT), value));
        return request;
    }

    @Override
    public String toString() {
        return operator + " " + key + " " + String.join(", ", values);
    }
}
