package dev.irsa.reconcile.role;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.RoleIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.plan.RoleDeletionDecision;
import dev.irsa.reconcile.association.AssociationCleanup;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.role.RoleInspector.Inspection;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.run.StepFailures;
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.ReconcileResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes or retains the role of a resource that is being deleted, and removes the finalizer once IAM's answer can be trusted. */
public record RoleCleanup(
        RoleInspector inspector,
        AssociationCleanup associations,
        RoleDeleter deleter,
        EntitlementAuthorizer authorizer,
        FinalizerGuard finalizers,
        InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(RoleCleanup.class);

    /**
     * Cleans up the role. The finalizer is removed only when the role is proven to be deleted, retained, or never ours.
     *
     * @param before what was found before the ServiceAccounts were released. It is looked up again if that took long
     */
    public ReconcileResult cleanUp(Run run, ClusterIdentity identity, RoleIdentity role, Inspection before) {
        try {
            Inspection now = before.isOutdated(run.role().history().window(), clock.instant())
                    ? inspector.inspect(run, identity, role)
                    : before;
            return now.found().isPresent()
                    ? deleteShown(run, identity, role, now.found().get(), now.asked())
                    : confirmAbsence(
                            role,
                            mayLearn(run) ? "IAM returns no role " + role.name() : undisclosed(role),
                            "",
                            now.asked(),
                            run);
        } catch (RuntimeException e) {
            return ReconcileResult.failed(StepFailures.of(e));
        }
    }

    private ReconcileResult deleteShown(
            Run run, ClusterIdentity identity, RoleIdentity role, Inspection.Found found, Instant asked) {
        ObservedRole shown = found.role().role();
        RoleDeletionDecision decision = found.decision();
        Duration untrusted =
                RoleInspector.isKnown(shown, run) ? Duration.ZERO : run.role().untrustedFor(Answer.CONTENT, asked);
        boolean neverOurs = decision instanceof RoleDeletionDecision.NeverOurs;
        boolean certain = neverOurs || untrusted.isZero();
        if (certain) {
            recordAge(run, found.role().createdAt());
        }
        // Also while the role is uncertain: if another cluster takes it over meanwhile, its trust policy no longer
        // shows them.
        Applied withdrawn =
                neverOurs ? Applied.NONE : associations.cleanUpUnnamed(run, run.desired(identity), shown.trust());
        return withdrawn.followedBy(() -> certain
                ? apply(decision, found.policies(), identity, role, asked, run)
                : waitFor(
                        "IAM returns role " + role.name() + ", possibly in a state from before this resource",
                        untrusted));
    }

    private ReconcileResult apply(
            RoleDeletionDecision decision,
            ObservedPolicies policies,
            ClusterIdentity identity,
            RoleIdentity role,
            Instant asked,
            Run run) {
        return switch (decision) {
            case RoleDeletionDecision.Removed(var changes) -> {
                RoleDeleter.Deleted deleted = deleter.delete(
                        role.name(),
                        changes,
                        policies,
                        run.role().policyMemory().protection(identity, run.previous()),
                        run);
                yield deleted.applied()
                        .followedBy(() -> confirmAbsence(
                                role, "role " + role.name() + " was deleted", deleted.remark(), clock.instant(), run));
            }
            case RoleDeletionDecision.Retained(var changes) -> {
                Applied applied = deleter.release(changes, run);
                authorizer.existingRoles().add(run.ref(), role.name());
                // A role that seems to be released already may be one that was adopted a moment ago.
                Answer proof = changes.isEmpty() ? Answer.CONTENT : Answer.FINAL_STATE;
                yield applied.followedBy(() -> finish("role " + role.name() + " is retained", "", proof, asked, run));
            }
            case RoleDeletionDecision.NeverOurs(String why) ->
                finish(
                        mayLearn(run) ? why : undisclosed(role),
                        mayLearn(run) ? why : "",
                        run.notOwned(Answer.CONTENT),
                        asked,
                        run);
            case RoleDeletionDecision.Blocked(String why) -> ReconcileResult.failed(new Failure.DeletionBlocked(why));
        };
    }

    /** A user can name any role. A namespace that may not use the account does not learn whether that role exists. */
    private boolean mayLearn(Run run) {
        return run.hasRole() || authorizer.selects(run.resource());
    }

    private static String undisclosed(RoleIdentity role) {
        return "role " + role.name() + " does not belong to this resource";
    }

    private void recordAge(Run run, Instant roleCreated) {
        run.previous()
                .readySince()
                .map(ready -> ready.isAfter(roleCreated) ? ready : roleCreated)
                .ifPresent(since -> run.role().record(before -> before.knownSince(since, clock.instant())));
    }

    private ReconcileResult confirmAbsence(RoleIdentity role, String answer, String remark, Instant asked, Run run) {
        run.role().record(before -> before.absent(asked));
        Answer kind = run.notOwned(Answer.ABSENCE);
        if (run.role().trusts(kind, asked)) {
            authorizer.existingRoles().remove(run.ref(), role.name());
        }
        return finish(answer, remark, kind, asked, run);
    }

    /** Removes the finalizer once this answer can be trusted. */
    private ReconcileResult finish(String answer, String remark, Answer kind, Instant asked, Run run) {
        Duration untrusted = run.role().untrustedFor(kind, asked);
        if (!untrusted.isZero()) {
            return waitFor(answer, untrusted);
        }
        finalizers.remove(run);
        return ReconcileResult.of(new Ending.Gone(remark));
    }

    private static ReconcileResult waitFor(String answer, Duration wait) {
        LOG.info("the deletion waits to rule out a stale IAM read: {}", answer);
        return ReconcileResult.of(new Ending.Failed(
                new Failure.DeletionBlocked(answer + "; waiting to rule out a stale IAM read; no action needed"),
                Optional.of(wait)));
    }
}
