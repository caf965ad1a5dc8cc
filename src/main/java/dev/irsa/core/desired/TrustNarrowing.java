package dev.irsa.core.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes ServiceAccounts out of a trust policy, and adds nothing. It removes values of StringEquals, so that the result admits at
 * most what the trust policy admitted, even if another user wrote it.
 */
public final class TrustNarrowing {
    private static final String TOKEN = ":sub";
    private static final String ASSOCIATION = "aws:RequestTag/kubernetes-service-account";

    private TrustNarrowing() {}

    /**
     * Returns the trust policy without the ServiceAccounts of the namespace that these terms do not name.
     *
     * @return empty if it names no such ServiceAccount, or no other principal
     */
    public static Optional<PolicyDocument> of(PolicyDocument trust, TrustTerms terms) {
        ObjectNode document = trust.json();
        ArrayNode statements = JsonNodeFactory.instance.arrayNode();
        for (JsonNode statement : PolicyDocument.elements(document.path("Statement"))) {
            narrowed(statement, terms).ifPresent(statements::add);
        }
        if (statements.isEmpty()) {
            return Optional.empty();
        }
        document.set("Statement", statements);
        PolicyDocument narrower = PolicyDocument.of(document);
        return narrower.fingerprint().equals(trust.fingerprint()) ? Optional.empty() : Optional.of(narrower);
    }

    /** Returns the statement without those ServiceAccounts; empty if it admits no others. */
    private static Optional<JsonNode> narrowed(JsonNode statement, TrustTerms terms) {
        if (!statement.path("Effect").asText().equals("Allow")) {
            // Less of a statement that denies is more access.
            return Optional.of(statement);
        }
        JsonNode equal = statement.path("Condition").path("StringEquals");
        for (String key : keys(equal)) {
            Predicate<String> removed = key.endsWith(TOKEN)
                    ? claim -> claim.startsWith(terms.subject("")) && !isNamed(claim, terms)
                    : claim -> !terms.serviceAccounts().contains(claim);
            ArrayNode rest = JsonNodeFactory.instance.arrayNode();
            PolicyDocument.elements(equal.path(key)).stream()
                    .filter(value -> !removed.test(value.asText()))
                    .forEach(rest::add);
            if (rest.isEmpty()) {
                return Optional.empty();
            }
            ((ObjectNode) equal).set(key, rest.size() == 1 ? rest.get(0) : rest);
        }
        return Optional.of(statement);
    }

    private static boolean isNamed(String claim, TrustTerms terms) {
        return terms.serviceAccounts().stream().map(terms::subject).anyMatch(claim::equals);
    }

    private static List<String> keys(JsonNode equal) {
        return equal.propertyStream()
                .map(Map.Entry::getKey)
                .filter(key -> key.endsWith(TOKEN) || key.equals(ASSOCIATION))
                .toList();
    }
}
