package dev.irsa.core.policy;

import dev.irsa.core.policy.PermissionsBoundary.DeniedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Warns which actions the policies of a role allow in vain, because its permissions boundary does not allow them. */
public final class BoundaryWarning {
    /** So few that what to do is not cut off at the end of a message. */
    private static final int LISTED_POLICIES = 2;

    private static final int LISTED_ACTIONS = 3;

    /** What users can do about it. */
    public static final String REMEDY =
            "ask your platform team to allow what you need in the boundary, or remove it from the policy";

    private BoundaryWarning() {}

    /** Returns what is denied and what to do; empty if nothing surely is denied. */
    public static Optional<String> of(PermissionsBoundary boundary, SortedMap<String, PolicyDocument> policies) {
        return denial(boundary, policies)
                .map(denied -> denied + "; " + REMEDY + "; the operator reads the boundary once a day");
    }

    /**
     * Returns what is denied; empty if nothing surely is.
     *
     * @param policies the documents of the policies by name or ARN
     */
    public static Optional<String> denial(PermissionsBoundary boundary, SortedMap<String, PolicyDocument> policies) {
        List<String> denied = new ArrayList<>();
        SearchBudget effort = SearchBudget.forOneRole();
        policies.forEach((name, policy) -> {
            List<DeniedAction> actions = boundary.deniedActions(policy, effort);
            if (!actions.isEmpty()) {
                denied.add(listed(actions.stream().map(BoundaryWarning::text).toList(), LISTED_ACTIONS, ", ")
                        + " of policy " + name);
            }
        });
        return denied.isEmpty()
                ? Optional.empty()
                : Optional.of("the permissions boundary " + boundary.arn() + " does not allow "
                        + listed(denied, LISTED_POLICIES, ", or ") + ", so the role does not have these permissions");
    }

    private static String text(DeniedAction denied) {
        return QuotedValue.of(denied.action())
                + denied.resource().map(arn -> " on " + QuotedValue.of(arn)).orElse("");
    }

    private static String listed(List<String> all, int most, String separator) {
        int more = all.size() - most;
        return all.stream().limit(most).collect(Collectors.joining(separator))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
