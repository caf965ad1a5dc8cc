package dev.irsa.reconcile.association;

import dev.irsa.core.delivery.AssociationPlanner;
import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.failure.AwsFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.plan.AssociationChange;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.UpdatePodIdentityAssociation;
import dev.irsa.port.Associations;
import dev.irsa.reconcile.run.Run;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Writes the EKS Pod Identity association of a resource, but only to one that belongs to the resource by its tags. */
public final class AssociationWriter {
    /** EKS refuses to create an association for a while after the deletion of another. An earlier retry costs calls and cannot succeed. */
    private static final Duration UNTIL_FREE = Duration.ofMinutes(1);

    private static final Duration UNTIL_SEEN = Duration.ofSeconds(5);

    private final Associations associations;
    private final AssociationReader reader;
    private final InstantSource clock;

    public AssociationWriter(Associations associations, AssociationReader reader, InstantSource clock) {
        this.associations = associations;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Applies the change.
     *
     * @param owner the owner of the resource's role
     */
    public void apply(AssociationChange change, Owner owner, Run run) {
        switch (change) {
            case CreatePodIdentityAssociation create -> {
                // If the response is lost, there may be one.
                run.delivery().update(before -> before.withUnknownAssociation(create.serviceAccount()));
                AssociationState created = create(create, owner, run);
                run.delivery().update(before -> before.with(create.serviceAccount(), created));
                if (created instanceof AssociationState.Foreign foreign) {
                    throw new FailureException(AssociationPlanner.conflict(foreign, create.serviceAccount()));
                }
            }
            case UpdatePodIdentityAssociation update -> {
                AssociationState.Ours ours = requireOurs(update.id(), update.serviceAccount(), owner, run);
                // If EKS does not find it, it is read again.
                run.delivery()
                        .update(before -> before.with(
                                update.serviceAccount(), new AssociationState.Ours(ours.association(), false)));
                try {
                    associations.update(update);
                } catch (FailureException e) {
                    throw explained(e, ours, update.serviceAccount(), owner, run);
                }
                run.delivery()
                        .update(before -> before.with(
                                update.serviceAccount(),
                                new AssociationState.Ours(ours.association().withRoleAlone(update.roleArn()), true)));
            }
            case DeletePodIdentityAssociation delete -> {
                try {
                    delete(delete, owner, run);
                } catch (FailureException e) {
                    if (!(e.failure() instanceof AwsFailure.NotFound)) {
                        throw e;
                    }
                    // Another may have replaced it: a creation without a response can take effect late.
                    run.delivery().update(before -> before.withUnknownAssociation(delete.serviceAccount()));
                }
            }
        }
    }

    /**
     * Deletes the association.
     *
     * @throws FailureException with {@link AwsFailure.NotFound} if EKS does not see it
     */
    void delete(DeletePodIdentityAssociation change, Owner owner, Run run) {
        AssociationState.Ours ours = requireOurs(change.id(), change.serviceAccount(), owner, run);
        // If the response is lost, it may no longer exist.
        run.delivery()
                .update(before ->
                        before.with(change.serviceAccount(), new AssociationState.Ours(ours.association(), false)));
        try {
            associations.delete(change);
        } catch (FailureException e) {
            if (e.failure().reason() == Reason.AwsUnavailable) {
                run.delivery().update(before -> before.deletionLostAt(clock.instant()));
            }
            throw explained(e, ours, change.serviceAccount(), owner, run);
        }
        reader.hide(change.id());
        run.delivery().update(before -> before.withConfirmed(change.serviceAccount(), new AssociationState.None()));
    }

    /**
     * Explains why a change failed. IAM may deny it because the tags of the association have changed since it was read, and it belongs
     * to another owner now.
     */
    private FailureException explained(
            FailureException e, AssociationState.Ours ours, String serviceAccount, Owner owner, Run run) {
        if (e.failure().reason() != Reason.AccessDenied
                || !(readNow(ours, serviceAccount, owner) instanceof AssociationState.Foreign foreign)) {
            return e;
        }
        run.delivery().update(before -> before.with(serviceAccount, foreign));
        return new FailureException(AssociationPlanner.conflict(foreign, serviceAccount));
    }

    /** Returns the association as EKS shows it now; what is known if EKS does not show it. */
    private AssociationState readNow(AssociationState.Ours known, String serviceAccount, Owner owner) {
        try {
            return reader.read(known.association().id(), serviceAccount, owner).orElse(known);
        } catch (FailureException e) {
            return known;
        }
    }

    private AssociationState create(CreatePodIdentityAssociation change, Owner owner, Run run) {
        String namespace = run.memory().ref().namespace();
        try {
            return new AssociationState.Ours(associations.create(change), false);
        } catch (FailureException e) {
            if (e.failure().reason() == Reason.AwsUnavailable) {
                run.delivery().update(before -> before.creationLostAt(clock.instant()));
            }
            return switch (e.failure()) {
                case AwsFailure.AssociationExists(String id, String detail) ->
                    existing(id, change.serviceAccount(), owner, namespace);
                case AwsFailure.Refused(Reason reason, String action, String detail)
                when reason != Reason.QuotaExceeded && isPropagating(run) -> throw notSeenYet(change.roleArn());
                case AwsFailure.NotFound(String action, String detail) ->
                    throw isPropagating(run)
                            ? notSeenYet(change.roleArn())
                            : new FailureException(
                                    new AwsFailure.Refused(Reason.PodIdentityUnavailable, action, detail));
                default -> throw e;
            };
        }
    }

    /** For a while, EKS rejects a new role as missing, or its trust policy as invalid. */
    private static FailureException notSeenYet(String roleArn) {
        return new FailureException(new Failure.Waiting(
                Reason.Reconciling, "EKS does not find role " + roleArn + " yet; no action needed", UNTIL_SEEN));
    }

    private boolean isPropagating(Run run) {
        return run.delivery()
                .history()
                .propagating(run.role().history(), clock.instant())
                .isPositive();
    }

    /** Reads what prevented the creation: perhaps an earlier process created it, and its response was lost. */
    private AssociationState existing(String id, String serviceAccount, Owner owner, String namespace) {
        Optional<String> found = id.isEmpty() ? reader.find(namespace, serviceAccount) : Optional.of(id);
        return found.flatMap(known -> reader.read(known, serviceAccount, owner))
                .orElseThrow(() -> new FailureException(new Failure.Waiting(
                        Reason.Reconciling,
                        "EKS has not finished deleting an earlier association of ServiceAccount " + serviceAccount
                                + "; no action needed",
                        UNTIL_FREE)));
    }

    /** What this process created or read is proven; an ID from the status is not. */
    private AssociationState.Ours requireOurs(String id, String serviceAccount, Owner owner, Run run) {
        AssociationState known = run.delivery()
                .history()
                .association(serviceAccount)
                .filter(remembered -> remembered instanceof AssociationState.Ours(var ours, var shown)
                        && ours.id().equals(id))
                .or(() -> reader.read(id, serviceAccount, owner))
                .orElse(new AssociationState.None());
        return switch (known) {
            case AssociationState.Ours ours -> ours;
            case AssociationState.Foreign foreign -> {
                run.delivery().update(before -> before.with(serviceAccount, known));
                throw new FailureException(AssociationPlanner.conflict(foreign, serviceAccount));
            }
            default -> {
                run.delivery().update(before -> before.with(serviceAccount, new AssociationState.None()));
                throw FailureException.reconciling("association " + id + " of ServiceAccount " + serviceAccount
                        + " no longer exists; the operator retries");
            }
        };
    }
}
