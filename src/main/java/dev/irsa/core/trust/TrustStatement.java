package dev.irsa.core.trust;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.policy.Glob;
import dev.irsa.core.policy.OidcProviderArn;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A statement of a trust policy.
 *
 * @param principals of AWS accounts, without a star for all of them
 * @param anyPrincipal whether a star admits every principal
 * @param isDecidable whether it has no element that this program does not evaluate, such as NotAction
 */
public record TrustStatement(
        boolean allows,
        boolean isDecidable,
        Set<String> federated,
        Set<String> services,
        Set<String> principals,
        boolean anyPrincipal,
        List<Glob> actions,
        List<TrustCondition> conditions) {

    public TrustStatement {
        federated = Collections.unmodifiableSet(new TreeSet<>(federated));
        services = Collections.unmodifiableSet(new TreeSet<>(services));
        principals = Collections.unmodifiableSet(new TreeSet<>(principals));
        actions = List.copyOf(actions);
        conditions = List.copyOf(conditions);
    }

    /** Returns the statements of a trust policy in order. */
    public static List<TrustStatement> of(PolicyDocument document) {
        return PolicyDocument.elements(document.json().path("Statement")).stream()
                .map(TrustStatement::of)
                .toList();
    }

    private static TrustStatement of(JsonNode statement) {
        JsonNode principal = statement.path("Principal");
        return new TrustStatement(
                "Allow".equals(statement.path("Effect").asText()),
                !statement.has("NotAction") && !statement.has("NotPrincipal"),
                texts(principal.path("Federated")),
                texts(principal.path("Service")),
                principals(principal),
                "*".equals(principal.asText()) || texts(principal.path("AWS")).contains("*"),
                texts(statement.path("Action")).stream().map(Glob::ignoringCase).toList(),
                TrustCondition.of(statement.path("Condition")));
    }

    /** Returns the principals of AWS and the canonical users, without a star for all of them. */
    private static Set<String> principals(JsonNode principal) {
        TreeSet<String> all = new TreeSet<>(texts(principal.path("AWS")));
        all.addAll(texts(principal.path("CanonicalUser")));
        all.remove("*");
        return all;
    }

    /** Returns whether the statement names this action. */
    public boolean covers(String action) {
        return actions.stream().anyMatch(pattern -> pattern.matches(action));
    }

    /** Returns whether it names this OIDC provider as a principal. */
    public boolean names(String provider) {
        return federated.stream().anyMatch(named -> OidcProviderArn.mayBeSame(named, provider));
    }

    /** Returns whether its principal, whatever its conditions, may be a token of this OIDC provider. */
    public boolean mayAdmitTokensOf(String provider) {
        return allows && (!isDecidable || anyPrincipal || names(provider));
    }

    /**
     * Returns the values that a key of the token must be equal to; empty without such a condition. The condition may also be met by a
     * request without the key.
     *
     * @param key such as {@code sub}
     */
    public Optional<Set<String>> literalValues(String provider, String key) {
        String wanted = (provider.substring(provider.indexOf('/') + 1) + ":" + key).toLowerCase(Locale.ROOT);
        return conditions.stream()
                .filter(condition -> condition.operator().equalsIgnoreCase("StringEquals")
                        && condition.lowerCaseKey().equals(wanted)
                        && condition.values().stream().noneMatch(value -> value.contains("${")))
                .findFirst()
                .map(TrustCondition::values);
    }

    static Set<String> texts(JsonNode node) {
        return new TreeSet<>(
                PolicyDocument.elements(node).stream().map(JsonNode::asText).toList());
    }

    /** Returns whether a statement denies this action to some principal. Its conditions are not evaluated. */
    public static boolean mayDeny(List<TrustStatement> statements, String action) {
        return statements.stream()
                .anyMatch(statement -> !statement.allows() && (!statement.isDecidable() || statement.covers(action)));
    }
}
