package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.DeletionPolicy;
import dev.irsa.core.consistency.Answer;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleDeletionDecision;
import dev.irsa.core.plan.RoleDeletionPlanner;
import dev.irsa.port.RoleReads.CreatedRole;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.ReconcileResult.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Deletes or retains the role of a resource that is being deleted, and then removes the finalizer. */
final class RoleCleanup {
    private final RecentRoleWrites roles;
    private final AssociationCleanup associations;
    private final RoleDeleter deleter;
    private final FinalizerGuard finalizers;
    private final InstantSource clock;

    RoleCleanup(
            RecentRoleWrites roles,
            AssociationCleanup associations,
            RoleDeleter deleter,
            FinalizerGuard finalizers,
            InstantSource clock) {
        this.roles = roles;
        this.associations = associations;
        this.deleter = deleter;
        this.finalizers = finalizers;
        this.clock = clock;
    }

    /** Cleans up the role. The finalizer is removed only when the role is proven to be deleted, retained, or never ours. */
    ReconcileResult cleanUp(
            ReconcileRequest request, ClusterIdentity identity, RoleIdentity role, ResourceState state) {
        try {
            recordWrites(request, role, state);
            // An answer counts from when it was asked for, however long this process was stopped since.
            Instant asked = clock.instant();
            Optional<CreatedRole> shown =
                    state.history().deletionAccepted() ? Optional.empty() : roles.roleWithCreationTime(role.name());
            return shown.isPresent()
                    ? deleteShown(request, identity, role, shown.get(), asked, state)
                    : confirmAbsence("IAM returns no role " + role.name(), "", asked, request, state);
        } catch (RuntimeException e) {
            return ReconcileResult.failed(StepFailures.of(e));
        }
    }

    /** Records what is known about writes for this resource, and for others whose role had the same name. */
    private void recordWrites(ReconcileRequest request, RoleIdentity role, ResourceState state) {
        roles.lastWrite(role.name()).ifPresent(write -> state.record(before -> before.mayHaveWritten(write)));
        Instant created = Instant.parse(request.resource().getMetadata().getCreationTimestamp());
        state.record(before -> before.resourceCreated(created));
    }

    private ReconcileResult deleteShown(
            ReconcileRequest request,
            ClusterIdentity identity,
            RoleIdentity role,
            CreatedRole shown,
            Instant asked,
            ResourceState state) {
        state.record(WriteHistory::present);
        ObservedPolicies policies =
                state.known().policies(shown.role().id()).orElseGet(() -> specPolicies(request, identity));
        Optional<DeletionPolicy> policy =
                Optional.ofNullable(request.resource().getSpec().deletionPolicy());
        RoleDeletionDecision decision = RoleDeletionPlanner.of(
                role,
                policy,
                shown.role(),
                policies,
                identity.protectedPolicies(),
                request.previous().roleId());
        Duration untrusted =
                isKnown(shown.role(), request, state) ? Duration.ZERO : state.untrustedFor(Answer.CONTENT, asked);
        if (!untrusted.isZero() && !(decision instanceof RoleDeletionDecision.NeverOurs)) {
            return waitFor(
                    "IAM returns role " + role.name() + ", possibly in a state from before this resource", untrusted);
        }
        recordAge(request, shown.createdAt(), state);
        Applied withdrawn = decision instanceof RoleDeletionDecision.NeverOurs
                ? Applied.NONE
                : associations.cleanUpUnnamed(
                        request, request.desired(identity), shown.role().trust(), state);
        return withdrawn
                .failure()
                .map(ReconcileResult::failed)
                .orElseGet(() -> apply(decision, policies, identity, role, asked, request, state))
                .after(withdrawn.changes());
    }

    private ReconcileResult apply(
            RoleDeletionDecision decision,
            ObservedPolicies policies,
            ClusterIdentity identity,
            RoleIdentity role,
            Instant asked,
            ReconcileRequest request,
            ResourceState state) {
        return switch (decision) {
            case RoleDeletionDecision.Removed(var changes) -> {
                RoleDeleter.Deleted deleted =
                        deleter.delete(role.name(), changes, policies, identity.protectedPolicies(), state);
                yield (deleted.failure().isPresent()
                                ? ReconcileResult.failed(deleted.failure().get())
                                : confirmAbsence(
                                        "role " + role.name() + " was deleted",
                                        deleted.remark(),
                                        clock.instant(),
                                        request,
                                        state))
                        .after(deleted.changes());
            }
            case RoleDeletionDecision.Retained(var changes) -> {
                Applied applied = deleter.release(changes, state);
                // A role that seems to be released already may be one that was adopted a moment ago.
                Answer proof = changes.isEmpty() ? Answer.CONTENT : Answer.FINAL_STATE;
                yield (applied.failure().isPresent()
                                ? ReconcileResult.failed(applied.failure().get())
                                : finish("role " + role.name() + " is retained", "", proof, asked, request, state))
                        .after(applied.changes());
            }
            case RoleDeletionDecision.NeverOurs(String why) ->
                finish(why, why, notOwned(request, Answer.CONTENT), asked, request, state);
            case RoleDeletionDecision.Blocked(String why) -> ReconcileResult.failed(new Failure.DeletionBlocked(why));
        };
    }

    /** Returns what the answer is taken as: a resource without a known role may never have had one. */
    private static Answer notOwned(ReconcileRequest request, Answer otherwise) {
        return request.previous().roleId().isEmpty() ? Answer.NOT_OWNED : otherwise;
    }

    /** Returns whether the role is the one that the resource is known to have, and not a previous one of that name. */
    private static boolean isKnown(ObservedRole shown, ReconcileRequest request, ResourceState state) {
        return request.previous().roleId().equals(shown.id())
                || state.known().policies(shown.id()).isPresent();
    }

    private void recordAge(ReconcileRequest request, Instant roleCreated, ResourceState state) {
        request.previous()
                .readySince()
                .map(ready -> ready.isAfter(roleCreated) ? ready : roleCreated)
                .ifPresent(since -> state.record(before -> before.knownSince(since, clock.instant())));
    }

    private ReconcileResult confirmAbsence(
            String answer, String remark, Instant asked, ReconcileRequest request, ResourceState state) {
        state.record(before -> before.absent(asked));
        return finish(answer, remark, notOwned(request, Answer.ABSENCE), asked, request, state);
    }

    /** Removes the finalizer once this answer can be trusted. */
    private ReconcileResult finish(
            String answer, String remark, Answer kind, Instant asked, ReconcileRequest request, ResourceState state) {
        Duration untrusted = state.untrustedFor(kind, asked);
        if (!untrusted.isZero()) {
            return waitFor(answer, untrusted);
        }
        finalizers.remove(request, state);
        return ReconcileResult.of(new Ending.Gone(remark));
    }

    private static ReconcileResult waitFor(String answer, Duration wait) {
        return ReconcileResult.of(new Ending.Failed(
                new Failure.DeletionBlocked(answer + "; waiting to rule out a stale IAM read; no action needed"),
                Optional.of(wait)));
    }

    /** After a restart the policies are those of the spec. IAM refuses the deletion if there are others. */
    private ObservedPolicies specPolicies(ReconcileRequest request, ClusterIdentity identity) {
        return switch (request.desired(identity)) {
            case Desired.Valid valid -> ChangeEffect.policies(valid.role());
            case Desired.External external -> ObservedPolicies.NONE;
            case Desired.Invalid(var failure) -> ObservedPolicies.NONE;
        };
    }
}
