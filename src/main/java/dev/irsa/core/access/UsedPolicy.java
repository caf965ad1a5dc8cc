package dev.irsa.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.policy.PolicyDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Leaves out of a policy what a role has not used. An action stays if IAM does not track it, as long as its service is used, and so does a
 * pattern of actions, which may include such an action. What denies access always stays.
 */
public final class UsedPolicy {
    private final Map<String, ServiceUse> uses;
    private final Instant since;

    /**
     * Decides by this use.
     *
     * @param uses of the services that the policies of the role name
     * @param since when the period begins
     */
    public UsedPolicy(Collection<ServiceUse> uses, Instant since) {
        this.uses = uses.stream()
                .collect(Collectors.toMap(
                        use -> use.service().toLowerCase(Locale.ROOT), Function.identity(), (one, other) -> one));
        this.since = since;
    }

    /** Returns the policy without what was not used. It has no statement that allows anything if nothing was used. */
    public PolicyDocument of(PolicyDocument policy) {
        ObjectNode document = policy.json();
        ArrayNode kept = document.arrayNode();
        PolicyDocument.elements(document.path("Statement")).forEach(statement -> {
            if (!isReducible(statement)) {
                kept.add(statement);
                return;
            }
            ArrayNode actions = document.arrayNode();
            PolicyDocument.elements(statement.path("Action")).stream()
                    .filter(action -> !isUnused(action.asText()))
                    .forEach(actions::add);
            if (!actions.isEmpty()) {
                kept.add(((ObjectNode) statement).<ObjectNode>set("Action", actions));
            }
        });
        document.set("Statement", kept);
        return PolicyDocument.of(document);
    }

    /** Returns whether the policy allows anything. */
    public static boolean allowsAnything(PolicyDocument policy) {
        return PolicyDocument.elements(policy.json().path("Statement")).stream().anyMatch(UsedPolicy::isAllow);
    }

    private static boolean isReducible(JsonNode statement) {
        return isAllow(statement) && statement.has("Action");
    }

    private static boolean isAllow(JsonNode statement) {
        return statement.path("Effect").asText().equals("Allow");
    }

    private boolean isUnused(String action) {
        int colon = action.indexOf(':');
        if (colon < 0) {
            return false;
        }
        // A service that IAM does not name is not tracked, and a pattern of services has no such name.
        ServiceUse use = uses.get(action.substring(0, colon).toLowerCase(Locale.ROOT));
        return use != null && (use.isUnusedSince(since) || use.isUnusedSince(action.substring(colon + 1), since));
    }
}
