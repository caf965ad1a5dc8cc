package dev.irsa.core.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.core.policy.Glob;
import dev.irsa.core.policy.PolicyDocument;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * A statement of a trust policy.
 *
 * @param principals of AWS accounts, without a star for all of them
 * @param anyPrincipal whether a star admits everybody
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
    private static final ObjectMapper JSON = new ObjectMapper();

    public TrustStatement {
        federated = Collections.unmodifiableSet(new TreeSet<>(federated));
        services = Collections.unmodifiableSet(new TreeSet<>(services));
        principals = Collections.unmodifiableSet(new TreeSet<>(principals));
        actions = List.copyOf(actions);
        conditions = List.copyOf(conditions);
    }

    /** Returns the statements of a trust policy in order. */
    public static List<TrustStatement> of(PolicyDocument document) {
        try {
            return elements(JSON.readTree(document.text()).path("Statement")).stream()
                    .map(TrustStatement::of)
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a policy document is JSON", e);
        }
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

    /** Returns the elements of a list; a value without a list is its only element. */
    static List<JsonNode> elements(JsonNode node) {
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false).toList();
        }
        return node.isMissingNode() ? List.of() : List.of(node);
    }

    static Set<String> texts(JsonNode node) {
        return new TreeSet<>(elements(node).stream().map(JsonNode::asText).toList());
    }

    /** Returns whether a statement denies this action to some principal. Its conditions are not evaluated. */
    public static boolean mayDeny(List<TrustStatement> statements, String action) {
        return statements.stream()
                .anyMatch(statement -> !statement.allows() && (!statement.isDecidable() || statement.covers(action)));
    }
}
