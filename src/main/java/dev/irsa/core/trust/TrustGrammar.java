package dev.irsa.core.trust;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.core.policy.PolicyGrammar;
import java.util.Optional;
import java.util.Set;

/**
 * The elements of a trust policy that this program understands. What it does not understand might admit other principals.
 *
 * <p>Source: "Grammar of the IAM JSON policy language". IAM rejects most of what is refused here.
 */
final class TrustGrammar {

    private static final Set<String> OF_DOCUMENT = Set.of("Version", "Id", "Statement");
    private static final Set<String> OF_STATEMENT = Set.of("Sid", "Effect", "Principal", "Action", "Condition");
    private static final Set<String> OF_PRINCIPAL = Set.of("AWS", "Service", "Federated", "CanonicalUser");

    private TrustGrammar() {}

    /** Returns the first element that is not understood, in words; empty if all are. */
    static Optional<String> unknownElement(PolicyDocument trust) {
        JsonNode document = trust.json();
        return unknown(document, OF_DOCUMENT)
                .or(() -> PolicyDocument.elements(document.path("Statement")).stream()
                        .flatMap(statement -> ofStatement(statement).stream())
                        .findFirst());
    }

    private static Optional<String> ofStatement(JsonNode statement) {
        String effect = statement.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            return Optional.of("a statement without a valid Effect");
        }
        JsonNode principal = statement.path("Principal");
        if (!principal.isObject() && !principal.asText().equals("*")) {
            return unknown(statement, OF_STATEMENT).or(() -> Optional.of("a statement without a valid Principal"));
        }
        return unknown(statement, OF_STATEMENT)
                .or(() -> unknown(principal, OF_PRINCIPAL))
                .or(() -> values(principal, "Principal"))
                .or(() -> ofCondition(statement.path("Condition")));
    }

    private static Optional<String> ofCondition(JsonNode condition) {
        if (!condition.isMissingNode() && !condition.isObject()) {
            return Optional.of("a Condition that is no object");
        }
        return condition.properties().stream()
                .flatMap(operator -> operator.getValue().isObject()
                        ? values(operator.getValue(), "Condition").stream()
                        : Optional.of("a Condition with no object under " + operator.getKey()).stream())
                .findFirst();
    }

    /** Each value must be a text, or a list of texts. */
    private static Optional<String> values(JsonNode object, String element) {
        return object.properties().stream()
                .filter(entry -> !PolicyGrammar.isTexts(entry.getValue()))
                .findFirst()
                .map(entry -> "a " + element + " whose " + entry.getKey() + " is no text and no list of texts");
    }

    private static Optional<String> unknown(JsonNode object, Set<String> known) {
        return object.properties().stream()
                .map(entry -> entry.getKey())
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> "the element " + name);
    }
}
