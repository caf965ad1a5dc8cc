package dev.irsa.core.policy;

import dev.irsa.core.policy.PermissionsBoundary.DeniedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Warns which actions the policies of a role allow in vain, because its permissions boundary does not allow them. */
public final class BoundaryWarning {
    private static final int LISTED_POLICIES = 5;
    private static final int LISTED_ACTIONS = 5;

    /** What users can do about it. */
    public static final String REMEDY =
            "ask your platform team to add it to the boundary, or remove it from the policy";

    private BoundaryWarning() {}

    /** Returns what is denied and what to do; empty if nothing surely is denied. */
    public static Optional<String> of(PermissionsBoundary boundary, SortedMap<String, PolicyDocument> policies) {
        return denial(boundary, policies).map(denied -> denied + "; " + REMEDY);
    }

    /**
     * Returns what is denied; empty if nothing surely is.
     *
     * @param policies the documents of the policies by name or ARN
     */
    public static Optional<String> denial(PermissionsBoundary boundary, SortedMap<String, PolicyDocument> policies) {
        List<String> denied = new ArrayList<>();
        policies.forEach((name, policy) -> {
            List<DeniedAction> actions = boundary.deniedActions(policy);
            if (!actions.isEmpty()) {
                denied.add(listed(actions.stream().map(BoundaryWarning::text).toList(), LISTED_ACTIONS, ", ")
                        + " of policy " + name);
            }
        });
        return denied.isEmpty()
                ? Optional.empty()
                : Optional.of("the permissions boundary " + boundary.arn() + " does not allow "
                        + listed(denied, LISTED_POLICIES, ", or ") + ", so the role does not get it");
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
