package dev.irsa.reconcile.role;

import dev.irsa.api.v1beta1.DeletionPolicy;
import dev.irsa.core.consistency.Answer;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Failure.InvalidSpec;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.plan.RetentionChanges;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.plan.RoleDeletionPlanner;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.role.RoleInspector.Inspection;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Decides, before a deletion changes anything, whether its resource may leave a role behind. One entitlement must allow all that
 * the role grants and that the role outlives its resource. Therefore what the spec no longer asks for is removed from the role
 * first: another entitlement may have allowed that. A role that was adopted always stays.
 *
 * @param provider the state of the cluster's OIDC provider, as last observed
 */
public record RoleRetention(RoleWriter writer, EntitlementAuthorizer authorizer, Supplier<OidcProviderState> provider) {
    private static final String OR_DELETE = "; or set spec.deletionPolicy to Delete";

    /**
     * Prepares the role for a deletion that may retain it.
     *
     * @param inspected the role as it was just read
     * @return the changes that were made, and why the deletion may not go on
     */
    public Applied prepare(Run run, ClusterIdentity identity, RoleIdentity role, Inspection inspected) {
        if (run.resource().getSpec().deletionPolicy() != DeletionPolicy.Retain) {
            return Applied.NONE;
        }
        return Applied.attempt(() -> narrowed(run, identity, role, inspected));
    }

    private Applied narrowed(Run run, ClusterIdentity identity, RoleIdentity role, Inspection inspected) {
        if (inspected.found().isEmpty()) {
            requireAbsence(run, role, inspected.asked());
            return Applied.NONE;
        }
        Inspection.Found found = inspected.found().get();
        if (!isToBeAllowed(found.role().role(), run, role)) {
            return Applied.NONE;
        }
        DesiredRole desired = authorized(run, provider.get().spelled(identity), role);
        boolean asDesired = run.role()
                        .known()
                        .role()
                        .filter(known -> !run.role().known().isUncertain()
                                && RetentionChanges.of(desired, known).isEmpty())
                        .isPresent()
                && RetentionChanges.of(desired, new RoleState(found.role().role(), found.policies()))
                        .isEmpty();
        if (asDesired) {
            return Applied.NONE;
        }
        List<RoleChange> changes = changes(desired, found, inspected.asked(), run);
        if (!changes.isEmpty()) {
            requireThawed(run, role);
            // If the deletion then removes the role after all, required policies go last.
            run.role().remember(before -> before.requiring(desired.required().current()));
        }
        return writer.applyAll(changes, run);
    }

    /** A role that IAM does not show yet must not be retained unseen. */
    private static void requireAbsence(Run run, RoleIdentity role, Instant asked) {
        if (!run.role().history().deletionAccepted()) {
            run.role().record(before -> before.absent(asked));
            awaitTrust("IAM returns no role " + role.name(), run.notOwned(Answer.ABSENCE), asked, run);
        }
    }

    private static boolean isToBeAllowed(ObservedRole shown, Run run, RoleIdentity role) {
        return RoleDeletionPlanner.isOwned(role, shown, run.previous().roleId())
                && !Owner.isAdoptedFromOthers(shown.tags());
    }

    /**
     * Returns what the role may be when it outlives its resource.
     *
     * @throws FailureException if it may not outlive its resource, or if what it may be is unknown
     */
    private DesiredRole authorized(Run run, ClusterIdentity identity, RoleIdentity role) {
        DesiredRole wanted = switch (run.desired(identity)) {
            case Desired.Valid valid ->
                run.role()
                        .policyMemory()
                        .applyTo(
                                valid,
                                run.previous(),
                                run.resource().getMetadata().getGeneration())
                        .role();
            case Desired.Invalid(var failure) -> throw blocked(invalid(failure, role));
            case Desired.External external -> throw new IllegalStateException("the role is managed by others");
        };
        DesiredRole allowed;
        try {
            allowed = authorizer.authorizeRetention(run.resource(), wanted, identity);
        } catch (FailureException e) {
            throw e.failure().reason() == Reason.NotEntitled
                    ? blocked("role " + role.name() + " may not outlive this resource (spec.deletionPolicy is Retain): "
                            + e.failure().message()
                            + "; set spec.deletionPolicy to Delete, or ask a platform engineer for an IamEntitlement that allows"
                            + " the resource and has Retain in allow.deletionPolicies")
                    : e;
        }
        allowed.templates().invalid().ifPresent(invalid -> {
            throw blocked(invalid(invalid, role));
        });
        allowed.templates().freeze().ifPresent(freeze -> {
            throw blocked(freeze.reason() + ": " + freeze.message() + OR_DELETE);
        });
        return allowed;
    }

    private static String invalid(InvalidSpec failure, RoleIdentity role) {
        return failure.reason() + ": " + failure.message()
                + "; correct the spec, so that an entitlement can allow that role " + role.name() + " is retained"
                + OR_DELETE;
    }

    /** Returns what is to be taken from the role, as it was just read. A responder may have changed a policy before. */
    private List<RoleChange> changes(DesiredRole desired, Inspection.Found found, Instant asked, Run run) {
        ObservedRole role = found.role().role();
        awaitTrust("IAM may return role " + role.name() + " in an older state", Answer.CONTENT, asked, run);
        List<RoleChange> changes = RetentionChanges.of(desired, new RoleState(role, found.policies()));
        if (provider.get().isAssumed() && changes.stream().anyMatch(UpdateAssumeRolePolicy.class::isInstance)) {
            throw FailureException.reconciling("the trust policy of role " + role.name()
                    + " cannot be compared until the OIDC provider has been read; no action needed");
        }
        return changes;
    }

    /** A spec that was edited in a frozen namespace must not reach the role through its deletion. */
    private void requireThawed(Run run, RoleIdentity role) {
        authorizer.freeze(run.resource()).ifPresent(freeze -> {
            throw blocked("role " + role.name() + " differs from the spec and may not change before it outlives this"
                    + " resource: " + freeze.message() + OR_DELETE);
        });
    }

    private static void awaitTrust(String answer, Answer kind, Instant asked, Run run) {
        Duration untrusted = run.role().untrustedFor(kind, asked);
        if (!untrusted.isZero()) {
            throw new FailureException(new Failure.Waiting(
                    Reason.Reconciling,
                    answer + "; waiting to rule out a stale IAM read; no action needed",
                    untrusted));
        }
    }

    private static FailureException blocked(String message) {
        return new FailureException(new Failure.DeletionBlocked(message));
    }
}
