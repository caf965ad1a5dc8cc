package dev.irsa.reconcile.role;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.Ownership;
import dev.irsa.core.plan.MissingRequirements;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.ReconcileResult;
import java.util.List;
import java.util.Optional;

/**
 * Reports what an entitlement requires of a role and the role does not have, by what is known after a reconcile. It calls neither
 * AWS nor the API server.
 */
public record RequirementsReport(EntitlementAuthorizer authorizer) {
    /** Returns what is missing; empty if it is as before, as far as is known. */
    public Optional<List<String>> of(Run run, ReconcileResult result, ClusterIdentity identity) {
        boolean complete =
                result.ending() instanceof Ending.Ready || run.externalRole().isPresent();
        if (complete || result.role().absent()) {
            return Optional.of(List.of());
        }
        Optional<RoleState> own = own(run, result, identity);
        if (own.isEmpty() && run.role().isAbsent()) {
            return Optional.of(List.of());
        }
        // A deletion takes away what was required, and a provisional state may lack policies that the role has.
        if (run.resource().isMarkedForDeletion() || run.role().known().provisional()) {
            return Optional.empty();
        }
        return own.flatMap(role -> authorizer
                .requirements(run.resource(), result.entitlementAfter(run.previous()), identity.account())
                .map(required -> MissingRequirements.of(role, required)));
    }

    private static Optional<RoleState> own(Run run, ReconcileResult result, ClusterIdentity identity) {
        RoleIdentity own = Desired.identity(
                run.ref().namespace(), run.ref().name(), run.resource().getSpec(), identity);
        return result.role().state().or(() -> run.role().lastObserved().filter(known -> isOwn(known.role(), own)));
    }

    private static boolean isOwn(ObservedRole role, RoleIdentity own) {
        return role.arn().equals(own.arn()) && Ownership.of(own.owner(), role.tags()) instanceof Ownership.Ours;
    }
}
