package dev.irsa.reconcile.association;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.consistency.WriteHistory;
import dev.irsa.core.consistency.WriteHistory.EarlierWrites;
import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deletes the EKS Pod Identity associations of a resource that is being deleted, before its role is deleted or retained, and of
 * ServiceAccounts that were removed from its spec.
 */
public record AssociationCleanup(AssociationReader reader, AssociationWriter writer, InstantSource clock) {
    private static final Duration UNTIL_SEEN = Duration.ofSeconds(5);

    /**
     * Deletes the association of a ServiceAccount, if the resource has one. One of another owner is left alone.
     *
     * @param ways that may have been set up for it
     * @throws FailureException if it is not certain yet that there is none
     */
    public Applied cleanUp(Run run, String serviceAccount, Set<Delivery> ways, Owner owner) {
        AssociationState before = association(run, serviceAccount);
        boolean certain = run.delivery().history().confirmed(serviceAccount);
        if (before instanceof AssociationState.None && (certain || !ways.contains(Delivery.PodIdentity))) {
            return Applied.NONE;
        }
        AssociationState known = switch (before) {
            case AssociationState.Ours ours -> ours;
            case AssociationState.Foreign foreign -> certain ? foreign : find(run, serviceAccount, owner);
            case AssociationState.Recorded(String id, var arn) ->
                reader.read(id, serviceAccount, owner)
                        .filter(AssociationState.Ours.class::isInstance)
                        .orElseGet(() -> find(run, serviceAccount, owner));
            case AssociationState.None none -> find(run, serviceAccount, owner);
        };
        return delete(run, known, serviceAccount, owner);
    }

    /**
     * Deletes associations that the trust policy of the role still admits, although neither the spec nor the status indicates them. The
     * spec was changed before the creating process wrote the status, or the status was lost.
     */
    public Applied cleanUpUnnamed(Run run, Desired desired, PolicyFingerprint trust) {
        Applied deleted = Applied.NONE;
        if (run.previous().usedIrsaAlone()
                || !(desired instanceof Desired.Valid valid)
                || valid.delivery().terms().eksClusterArn().isEmpty()
                || !trust.namesPodIdentity()) {
            return deleted;
        }
        Owner owner = valid.role().identity().owner();
        TreeSet<String> unnamed = new TreeSet<>(run.delivery().history().ways().keySet());
        valid.serviceAccounts().forEach(account -> unnamed.add(account.name()));
        unnamed.removeIf(name -> run.delivery().history().association(name).isPresent());
        // What is uncertain about one of them does not keep the others from being found.
        for (String name : unnamed) {
            deleted = deleted.and(() -> delete(run, find(run, name, owner), name, owner));
        }
        return deleted;
    }

    private static AssociationState association(Run run, String serviceAccount) {
        return run.delivery()
                .history()
                .association(serviceAccount)
                .or(() -> AssociationObserver.recorded(run.previous(), serviceAccount))
                .orElseGet(AssociationState.None::new);
    }

    private Applied delete(Run run, AssociationState known, String serviceAccount, Owner owner) {
        run.delivery()
                .update(before -> known instanceof AssociationState.Ours
                        ? before.with(serviceAccount, known)
                        : before.withConfirmed(serviceAccount, known));
        if (known instanceof AssociationState.None) {
            return Applied.NONE;
        }
        // Once the association is deleted, also by another owner, an earlier creation could still take effect.
        requireAnswered(run, serviceAccount);
        if (!(known instanceof AssociationState.Ours(var ours, var shown))) {
            return Applied.NONE;
        }
        DeletePodIdentityAssociation deletion = new DeletePodIdentityAssociation(ours.id(), serviceAccount);
        try {
            writer.delete(deletion, owner, run);
            return Applied.of(deletion);
        } catch (FailureException e) {
            if (!(e.failure() instanceof AwsFailure.NotFound)) {
                throw e;
            }
            // Another may have replaced it: a creation without a response can take effect late.
            run.delivery().update(before -> before.withUnknownAssociation(serviceAccount));
            throw FailureException.reconciling("association " + ours.id() + " of ServiceAccount " + serviceAccount
                    + " no longer exists; the operator checks whether there is another");
        }
    }

    /** While an association exists, EKS rejects a late creation. An earlier process may have sent one. */
    private void requireAnswered(Run run, String serviceAccount) {
        Duration unsettled = run.delivery()
                .history()
                .mayBeCreated(
                        sentBefore(run, serviceAccount), run.role().history().window(), clock.instant());
        if (unsettled.isPositive()) {
            throw new FailureException(new Failure.Waiting(
                    reason(run),
                    "an earlier request to create an association for ServiceAccount " + serviceAccount
                            + " may have had no response; waiting until it can no longer take effect; no action needed",
                    unsettled));
        }
    }

    /**
     * Returns until when an earlier process may have sent a creation. It sends none after the resource is Ready, except to replace
     * an association that was deleted by hand.
     */
    private static Instant sentBefore(Run run, String serviceAccount) {
        WriteHistory history = run.role().history();
        Instant working = history.workingSince();
        return run.previous()
                .association(serviceAccount)
                .flatMap(_ -> run.previous().readySince())
                .map(ready -> history.earlierWrites() == EarlierWrites.NONE ? Instant.MIN : ready)
                .filter(ready -> ready.isBefore(working))
                .orElse(working);
    }

    /** EKS may not see for a while what a process has created. */
    private static void requirePropagated(Run run, String serviceAccount, Instant asked) {
        Duration propagating = run.delivery().history().propagating(run.role().history(), asked);
        if (propagating.isPositive()) {
            throw new FailureException(new Failure.Waiting(
                    reason(run),
                    "EKS returns no association of this resource for ServiceAccount " + serviceAccount
                            + "; waiting to rule out a stale EKS read; no action needed",
                    propagating.compareTo(UNTIL_SEEN) < 0 ? propagating : UNTIL_SEEN));
        }
    }

    private static Reason reason(Run run) {
        return run.resource().isMarkedForDeletion() ? Reason.DeletionBlocked : Reason.Reconciling;
    }

    /** Finds an association that the status does not name: its process ended, or the response was lost. */
    private AssociationState find(Run run, String serviceAccount, Owner owner) {
        // An answer counts from when it was asked for, however long this process was stopped since.
        Instant asked = clock.instant();
        Optional<AssociationState> found = reader.findUnrecorded(run.ref().namespace(), serviceAccount)
                .flatMap(id -> reader.read(id, serviceAccount, owner));
        // EKS may still show an earlier association of another owner instead of ours.
        if (found.filter(AssociationState.Ours.class::isInstance).isEmpty()) {
            requirePropagated(run, serviceAccount, asked);
        }
        return found.orElseGet(AssociationState.None::new);
    }
}
