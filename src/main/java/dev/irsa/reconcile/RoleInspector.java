package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.DeletionPolicy;
import dev.irsa.core.consistency.Answer;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.PolicyProtection;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.Quarantine;
import dev.irsa.core.plan.RoleDeletionDecision;
import dev.irsa.core.plan.RoleDeletionPlanner;
import dev.irsa.port.RoleReads.CreatedRole;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Inspects the role of a resource that is being deleted before anything is withdrawn, and refuses the deletion while the role is
 * quarantined.
 */
final class RoleInspector {
    private final RecentRoleWrites roles;
    private final RoleReader reader;
    private final ResourceStateStore states;
    private final InstantSource clock;

    RoleInspector(RecentRoleWrites roles, RoleReader reader, ResourceStateStore states, InstantSource clock) {
        this.roles = roles;
        this.reader = reader;
        this.states = states;
        this.clock = clock;
    }

    /**
     * Inspects the role with as few calls as possible: GetRole, and one more for each inline policy that was last read more than
     * a window ago. A policy that was attached since the last sweep is found when IAM refuses to delete the role. All policies are
     * read if this process knows nothing of them, if it knows of a quarantine, and before a role is released, which IAM does not
     * refuse.
     *
     * @throws FailureException if the role is quarantined, or cannot be read
     */
    RoleInspection inspect(ReconcileRequest request, ClusterIdentity identity, RoleIdentity role, ResourceState state) {
        recordWrites(request, role, state);
        acceptSweep(role, state);
        Instant asked = clock.instant();
        Optional<CreatedRole> shown =
                state.history().deletionAccepted() ? Optional.empty() : roles.roleWithCreationTime(role.name());
        shown.ifPresent(_ -> state.record(WriteHistory::present));
        return new RoleInspection(shown.map(found -> inspected(request, identity, role, found, asked, state)), asked);
    }

    /** Returns which policies on the role of this resource belong to responders. */
    static PolicyProtection protection(ReconcileRequest request, ClusterIdentity identity, ResourceState state) {
        return PolicyProtection.of(
                        identity.protectedPolicies(), identity.account().managedPoliciesPerRole())
                .remembering(
                        request.previous().writtenDenies(), state.policyMemory().attemptedDenies(), false);
    }

    /** Returns whether the role is the one that the resource is known to have, and not a previous one of that name. */
    static boolean isKnown(ObservedRole shown, ReconcileRequest request, ResourceState state) {
        return request.previous().roleId().equals(shown.id())
                || state.known().policies(shown.id()).isPresent();
    }

    /** Records what is known about writes for this resource, and for others whose role had the same name. */
    private void recordWrites(ReconcileRequest request, RoleIdentity role, ResourceState state) {
        roles.lastWrite(role.name()).ifPresent(write -> state.record(before -> before.mayHaveWritten(write)));
        Instant created = Instant.parse(request.resource().getMetadata().getCreationTimestamp());
        state.record(before -> before.resourceCreated(created));
    }

    /** Accepts what sweeps observed of the role, unless they may have missed a write of an earlier process. */
    private void acceptSweep(RoleIdentity role, ResourceState state) {
        states.assign(state, role.name(), true, roles.lastWrite(role.name()));
        state.acceptOffer(false);
    }

    private RoleInspection.Found inspected(
            ReconcileRequest request,
            ClusterIdentity identity,
            RoleIdentity role,
            CreatedRole shown,
            Instant asked,
            ResourceState state) {
        RoleDeletionDecision first = decide(request, identity, role, shown.role(), ObservedPolicies.NONE);
        boolean released = first instanceof RoleDeletionDecision.Retained(var changes) && !changes.isEmpty();
        if (!released && !(first instanceof RoleDeletionDecision.Removed)) {
            return new RoleInspection.Found(shown, ObservedPolicies.NONE, first);
        }
        PolicyProtection protection = protection(request, identity, state);
        ObservedPolicies policies = policies(shown.role(), released, protection, state);
        boolean trusted = state.trusts(Answer.CONTENT, asked);
        boolean isThisRole = trusted || isKnown(shown.role(), request, state);
        boolean knowsBetter = state.mayPredateOurWrite(asked)
                && !state.known().isUncertain()
                && state.known().policies(shown.role().id()).isPresent();
        if (isThisRole && !knowsBetter) {
            state.read(new RoleState(shown.role(), policies), asked);
            state.update(before -> before.withProvisional(!trusted));
        }
        Quarantine.of(policies, protection).obstacle(role.name()).ifPresent(quarantined -> {
            throw new FailureException(quarantined);
        });
        return new RoleInspection.Found(shown, policies, decide(request, identity, role, shown.role(), policies));
    }

    private ObservedPolicies policies(
            ObservedRole role, boolean released, PolicyProtection protection, ResourceState state) {
        return state.known()
                .policies(role.id())
                .filter(known -> !released
                        && !state.known().provisional()
                        && Quarantine.of(known, protection)
                                .obstacle(role.name())
                                .isEmpty())
                .map(known -> reader.recent(role.name(), known, state))
                .orElseGet(() -> reader.policies(role.name(), state));
    }

    private static RoleDeletionDecision decide(
            ReconcileRequest request,
            ClusterIdentity identity,
            RoleIdentity role,
            ObservedRole shown,
            ObservedPolicies policies) {
        Optional<DeletionPolicy> policy =
                Optional.ofNullable(request.resource().getSpec().deletionPolicy());
        return RoleDeletionPlanner.of(
                role,
                policy,
                shown,
                policies,
                identity.protectedPolicies(),
                request.previous().roleId());
    }
}
