package dev.irsa.reconcile.role;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import dev.irsa.core.plan.RoleOwnershipCheck;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.port.Roles;
import dev.irsa.reconcile.memory.FinalizerState;
import dev.irsa.reconcile.memory.KnownRole;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.run.StepFailures;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a role, change by change, and finds out what a refusal means. */
public final class RoleWriter {
    private final Roles roles;
    private final RoleReader reader;
    private final InstantSource clock;

    public RoleWriter(Roles roles, RoleReader reader, InstantSource clock) {
        this.roles = roles;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Applies one change of a plan.
     *
     * @throws FailureException if IAM refuses it or does not respond
     */
    public void apply(RoleChange change, DesiredRole desired, Run run) {
        if (change instanceof PutRolePolicy put && isWrittenByAnother(put, desired, run)) {
            run.role().update(before -> before.changed(change));
            return;
        }
        Instant asked = clock.instant();
        try {
            if (change instanceof RoleChange.CreateRole create) {
                String id = roles.create(create);
                run.role().created(ChangeEffect.created(desired, id), clock.instant());
                run.memory().finalizer(FinalizerState.USED);
                return;
            }
            write(change, run);
        } catch (FailureException e) {
            recordLostWrite(e.failure(), run);
            if (e.failure() instanceof AwsFailure.AlreadyExists) {
                run.role().record(before -> before.nameTaken(clock.instant()));
            }
            requireObsolete(change, e, desired, run, asked);
        }
        // A change that is no longer needed leaves the role as if it had been made.
        run.role().written(change, asked, clock.instant());
    }

    /**
     * Returns whether another writer has given the role exactly this policy, which only denies. Users may copy the policy of a
     * responder into the spec. If the operator wrote the copy, the policy would be its own, and the next spec could replace it.
     *
     * @throws FailureException if another writer has given the role a different policy of that name that only denies
     */
    private boolean isWrittenByAnother(PutRolePolicy put, DesiredRole desired, Run run) {
        boolean known = run.role()
                .known()
                .role()
                .filter(role -> role.policies().inline().containsKey(put.policyName()))
                .isPresent();
        if (known || !put.document().fingerprint().onlyDenies()) {
            return false;
        }
        Optional<PolicyFingerprint> found = reader.inlinePolicy(desired.name(), put.policyName(), run)
                .filter(PolicyFingerprint::onlyDenies)
                .filter(document -> !desired.protection().isWritten(put.policyName(), document));
        if (found.isEmpty()) {
            return false;
        }
        if (!found.get().equals(put.document().fingerprint())) {
            throw new FailureException(RoleFailure.policyProtected(desired.name(), put.policyName()));
        }
        return true;
    }

    /**
     * Requires that a change that failed is no longer needed. IAM answers NoSuchEntity for a while after a role was created.
     * With permissions limited to a path and tags, it answers AccessDenied for a role that does not exist or whose tags have
     * not propagated. Only GetRole distinguishes these cases.
     *
     * @throws FailureException what the failure really means, if the change is still needed
     */
    private void requireObsolete(
            RoleChange change, FailureException thrown, DesiredRole desired, Run run, Instant asked) {
        Failure failure = thrown.failure();
        boolean ambiguous = failure instanceof AwsFailure.NotFound || failure instanceof Failure.AccessDenied;
        if (!ambiguous || change instanceof RoleChange.CreateRole) {
            throw RefusalExplanation.of(change, thrown, desired, Optional.empty());
        }
        if (!run.role().trusts(Answer.REFUSAL, asked)) {
            throw FailureException.reconciling("IAM has not propagated role " + desired.name()
                    + " yet and rejects writes to it; no action needed");
        }
        Optional<ObservedRole> role = roles.role(desired.name());
        if (role.isEmpty()) {
            run.role().update(KnownRole::dropped);
            throw FailureException.reconciling("role " + desired.name() + " no longer exists; no action needed");
        }
        Optional<Failure> conflict = RoleOwnershipCheck.conflict(desired, role.get());
        if (conflict.isPresent()) {
            run.role().update(KnownRole::dropped);
            throw new FailureException(conflict.get());
        }
        if (!(failure instanceof AwsFailure.NotFound) || !change.removesPolicy()) {
            throw RefusalExplanation.of(change, thrown, desired, role.get().boundary());
        }
    }

    /** Applies the changes of a deletion, until one fails. A policy that no longer exists need not be removed. */
    Applied applyAll(List<RoleChange> changes, Run run) {
        List<Change> done = new ArrayList<>();
        for (RoleChange change : changes) {
            Instant asked = clock.instant();
            try {
                write(change, run);
                run.role().written(change, asked, clock.instant());
                done.add(change);
            } catch (RuntimeException e) {
                Failure failure = StepFailures.of(e);
                recordLostWrite(failure, run);
                boolean missing = failure instanceof AwsFailure.NotFound;
                if (missing) {
                    run.role().record(before -> before.mayHaveWritten(clock.instant()));
                }
                if (!missing || !change.removesPolicy()) {
                    return new Applied(done, Optional.of(failure));
                }
            }
        }
        return new Applied(done, Optional.empty());
    }

    private void write(RoleChange change, Run run) {
        run.role().remember(before -> before.attempting(change));
        roles.apply(change);
    }

    /** A write that got no answer may have been made, so that the policies of the role are no longer known. */
    private void recordLostWrite(Failure failure, Run run) {
        if (failure.reason() == Reason.AwsUnavailable) {
            run.role().record(before -> before.lostWrite(clock.instant()));
            run.role().update(KnownRole::dropped);
        }
    }
}
