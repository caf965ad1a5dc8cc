package dev.irsa.reconcile.role;

import dev.irsa.api.v1beta1.DeletionPolicy;
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
import dev.irsa.reconcile.memory.ResourceMemoryStore;
import dev.irsa.reconcile.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Inspects the role of a resource that is being deleted before anything is withdrawn, and refuses the deletion while the role is
 * quarantined.
 */
public record RoleInspector(
        RecentRoleWrites roles, RoleReader reader, ResourceMemoryStore memories, InstantSource clock) {
    /**
     * What a deletion found under the name of its role, before it withdraws anything.
     *
     * @param found empty if IAM returns no role
     * @param asked when the call began: an answer counts from then, however long this process was stopped since
     */
    public record Inspection(Optional<Found> found, Instant asked) {
        /**
         * A role.
         *
         * @param role the role
         * @param policies its policies; none if the role is neither deleted nor released
         * @param decision what happens to it
         */
        record Found(CreatedRole role, ObservedPolicies policies, RoleDeletionDecision decision) {}

        /** Returns whether the role may have changed since, so that it is inspected again before it is changed. */
        boolean isOutdated(Duration window, Instant now) {
            return asked.plus(window).isBefore(now);
        }
    }

    /**
     * Inspects the role with as few calls as possible: GetRole, and one more for each inline policy that was last read more than
     * a window ago. A policy that was attached since the last sweep is found when IAM refuses to delete the role. All policies are
     * read if this process knows nothing of them, if it knows of a quarantine, and before a role is released, which IAM does not
     * refuse.
     *
     * @throws FailureException if the role is quarantined, or cannot be read
     */
    public Inspection inspect(Run run, ClusterIdentity identity, RoleIdentity role) {
        recordWrites(run, role);
        acceptSweep(role, run);
        Instant asked = clock.instant();
        Optional<CreatedRole> shown =
                run.role().history().deletionAccepted() ? Optional.empty() : roles.roleWithCreationTime(role.name());
        shown.ifPresent(_ -> run.role().record(WriteHistory::present));
        return new Inspection(shown.map(found -> inspected(run, identity, role, found, asked)), asked);
    }

    /** Returns whether the role is the one that the resource is known to have, and not a previous one of that name. */
    static boolean isKnown(ObservedRole shown, Run run) {
        return run.previous().roleId().equals(shown.id())
                || run.role().known().policies(shown.id()).isPresent();
    }

    /** Records what is known about writes for this resource, and for others whose role had the same name. */
    private void recordWrites(Run run, RoleIdentity role) {
        roles.lastWrite(role.name()).ifPresent(write -> run.role().record(before -> before.mayHaveWritten(write)));
        Instant created = Instant.parse(run.resource().getMetadata().getCreationTimestamp());
        run.role().record(before -> before.resourceCreated(created));
    }

    /** Accepts what sweeps observed of the role, unless they may have missed a write of an earlier process. */
    private void acceptSweep(RoleIdentity role, Run run) {
        memories.assign(run.role(), role.name(), true, roles.lastWrite(role.name()));
        run.role().acceptOffer(false);
    }

    private Inspection.Found inspected(
            Run run, ClusterIdentity identity, RoleIdentity role, CreatedRole shown, Instant asked) {
        RoleDeletionDecision first = decide(run, identity, role, shown.role(), ObservedPolicies.NONE);
        boolean released = first instanceof RoleDeletionDecision.Retained(var changes) && !changes.isEmpty();
        if (!released && !(first instanceof RoleDeletionDecision.Removed)) {
            return new Inspection.Found(shown, ObservedPolicies.NONE, first);
        }
        PolicyProtection protection = run.role().policyMemory().protection(identity, run.previous());
        ObservedPolicies policies = policies(shown.role(), released, protection, run);
        boolean trusted = run.role().trusts(Answer.CONTENT, asked);
        boolean isThisRole = trusted || isKnown(shown.role(), run);
        boolean knowsBetter = run.role().mayPredateOurWrite(asked)
                && !run.role().known().isUncertain()
                && run.role().known().policies(shown.role().id()).isPresent();
        if (isThisRole && !knowsBetter) {
            run.role().seen(new RoleState(shown.role(), policies), asked);
            run.role().update(before -> before.withProvisional(!trusted));
        }
        Quarantine.of(policies, protection).obstacle(role.name()).ifPresent(quarantined -> {
            throw new FailureException(quarantined);
        });
        return new Inspection.Found(shown, policies, decide(run, identity, role, shown.role(), policies));
    }

    private ObservedPolicies policies(ObservedRole role, boolean released, PolicyProtection protection, Run run) {
        return run.role()
                .known()
                .policies(role.id())
                .filter(known -> !released
                        && !run.role().known().provisional()
                        && Quarantine.of(known, protection)
                                .obstacle(role.name())
                                .isEmpty())
                .map(known -> reader.recent(role.name(), known, run))
                .orElseGet(() -> reader.policies(role.name(), run));
    }

    private static RoleDeletionDecision decide(
            Run run, ClusterIdentity identity, RoleIdentity role, ObservedRole shown, ObservedPolicies policies) {
        Optional<DeletionPolicy> policy =
                Optional.ofNullable(run.resource().getSpec().deletionPolicy());
        return RoleDeletionPlanner.of(
                role,
                policy,
                shown,
                policies,
                identity.protectedPolicies(),
                run.role().policyMemory().requiredBefore(run.previous()),
                run.previous().roleId());
    }
}
