package dev.irsa.reconcile.role;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.plan.DenyPolicies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** States which policies stay on a role although they are not in its spec, and why. */
public final class PolicyRemarks {
    private PolicyRemarks() {}

    public static List<String> of(DesiredRole desired, RoleObservation observed) {
        return observed.shown().map(shown -> of(desired, shown.policies())).orElse(List.of());
    }

    private static List<String> of(DesiredRole desired, ObservedPolicies policies) {
        Set<String> denies = DenyPolicies.retained(desired, policies);
        Set<String> configured = new TreeSet<>(denies);
        configured.retainAll(policies.attached());
        configured.removeIf(ProtectedPolicies::isOfAws);
        denies.removeAll(configured);
        List<String> remarks = new ArrayList<>();
        if (!denies.isEmpty()) {
            remarks.add("policies kept because they only deny: " + String.join(", ", denies));
        }
        if (!configured.isEmpty()) {
            remarks.add("policies kept because --protected-policies matches them: " + String.join(", ", configured));
        }
        return remarks;
    }
}
