package dev.irsa.reconcile.role;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredDelivery;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.desired.SessionTagSize;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.DenyPolicies;
import dev.irsa.core.plan.RoleOwnershipCheck;
import dev.irsa.reconcile.status.Drift;
import dev.irsa.reconcile.status.RoleReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reports what was observed of a role. */
public final class RoleReporter {
    private RoleReporter() {}

    /**
     * Returns the report.
     *
     * @param drifted whether a sweep has found drift that is not repaired yet
     * @param propagating whether IAM may still show the role as it was before it became the resource's
     */
    public static RoleReport of(Desired.Valid desired, RoleObservation observed, boolean drifted, boolean propagating) {
        Optional<RoleState> owned =
                observed.trusted().filter(known -> RoleOwnershipCheck.isOurs(desired.role(), known.role()));
        boolean offered = !propagating
                && observed.trusted()
                        .filter(known -> RoleOwnershipCheck.isOffered(desired.role(), known.role()))
                        .isPresent();
        List<String> remarks = new ArrayList<>();
        observed.shown().ifPresent(shown -> remarks.addAll(keptPolicies(desired.role(), shown.policies())));
        remarks.addAll(longSessionTags(desired));
        Drift drift = drifted ? Drift.FOUND : observed.unchanged() ? Drift.NONE : Drift.POSSIBLE;
        return new RoleReport(owned, observed.shown().isEmpty() && !observed.assumed(), offered, drift, remarks);
    }

    /** States which policies stay on the role although they are not in its spec, and why. */
    private static List<String> keptPolicies(DesiredRole desired, ObservedPolicies policies) {
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

    /** States that pods may get no credentials because the names in the session tags of EKS Pod Identity are too long. */
    private static List<String> longSessionTags(Desired.Valid desired) {
        DesiredDelivery delivery = desired.delivery();
        if (!delivery.uses(Delivery.PodIdentity)) {
            return List.of();
        }
        return delivery.terms().eksClusterArn().stream()
                .flatMap(cluster -> desired.serviceAccounts().stream()
                        .flatMap(account -> SessionTagSize.warning(
                                cluster, delivery.terms().namespace(), account.name(), SessionTagSize.USUAL_POD_NAME)
                                .stream()))
                .map(warning ->
                        warning + "; if pods get no credentials, choose shorter names or set spec.delivery to [IRSA]")
                .toList();
    }
}
