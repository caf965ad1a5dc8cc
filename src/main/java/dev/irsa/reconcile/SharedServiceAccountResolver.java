package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.delivery.CredentialDelivery;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.Successor;
import dev.irsa.port.Cluster;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.status.PreviousStatus;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which of several resources that name the same ServiceAccount owns it. The order is: the resource that created it,
 * the resource with whose role it is annotated, the oldest resource, the first by name. Age alone is not enough: creation
 * times have whole seconds, so that a later resource could displace the current owner. A resource that is being deleted
 * owns the ServiceAccount until it has released it, and is never a successor.
 */
final class SharedServiceAccountResolver {
    private static final Comparator<IamServiceAccount> BY_AGE = Comparator.comparing(
                    (IamServiceAccount resource) -> resource.getMetadata().getCreationTimestamp())
            .thenComparing(resource -> resource.getMetadata().getName());

    /** The claim that a resource already has to a ServiceAccount, the strongest first. */
    private enum Claim {
        CREATED,
        ANNOTATED,
        NONE
    }

    private final Cluster cluster;
    private final CredentialDelivery delivery;

    SharedServiceAccountResolver(Cluster cluster, CredentialDelivery delivery) {
        this.cluster = cluster;
        this.delivery = delivery;
    }

    /** Returns why this resource may not own its ServiceAccount; empty if it may. */
    Optional<Failure> conflict(IamServiceAccount resource, ClusterIdentity identity) {
        ObservedServiceAccount account =
                cluster.serviceAccount(resource.getMetadata().getNamespace(), serviceAccount(resource));
        Comparator<IamServiceAccount> byPrecedence = Comparator.comparing(
                        (IamServiceAccount claimant) -> claim(claimant, account, identity))
                .thenComparing(BY_AGE);
        return others(resource)
                .filter(other -> !other.isMarkedForDeletion() || unreleased(other, resource, account, identity))
                .filter(other -> byPrecedence.compare(other, resource) < 0)
                .min(byPrecedence)
                .map(first -> new Failure.ServiceAccountConflict("IamServiceAccount "
                        + first.getMetadata().getName() + explain(first, serviceAccount(resource))));
    }

    private static String explain(IamServiceAccount first, String serviceAccount) {
        return first.isMarkedForDeletion()
                ? " is being deleted and has not released the ServiceAccount " + serviceAccount
                        + " yet; no action needed"
                : " already owns the ServiceAccount " + serviceAccount
                        + "; delete that resource, or create a new resource that names another ServiceAccount";
    }

    /** Returns whether a resource that is being deleted has not yet released the ServiceAccount to this resource. */
    private boolean unreleased(
            IamServiceAccount deleted,
            IamServiceAccount resource,
            ObservedServiceAccount account,
            ClusterIdentity identity) {
        return deleted.hasFinalizer(IamServiceAccount.FINALIZER)
                && claim(deleted, account, identity) != Claim.NONE
                && !delivery.withdraw(
                                serviceAccount(deleted),
                                deliveredRole(deleted, account, identity).orElseGet(() -> roleArn(deleted, identity)),
                                account,
                                deleted.getMetadata().getUid(),
                                Optional.of(successorOf(resource)))
                        .isEmpty();
    }

    private Claim claim(IamServiceAccount claimant, ObservedServiceAccount account, ClusterIdentity identity) {
        if (!(account instanceof ObservedServiceAccount.Present present)) {
            return Claim.NONE;
        }
        if (present.owners().contains(claimant.getMetadata().getUid())) {
            return Claim.CREATED;
        }
        return deliveredRole(claimant, present, identity).isPresent() ? Claim.ANNOTATED : Claim.NONE;
    }

    /** Returns the resource that owns the ServiceAccount after this one. */
    Optional<Successor> successor(IamServiceAccount resource) {
        return others(resource)
                .filter(other -> !other.isMarkedForDeletion())
                .min(BY_AGE)
                .map(SharedServiceAccountResolver::successorOf);
    }

    private static Successor successorOf(IamServiceAccount next) {
        return new Successor(next.getMetadata().getName(), next.getMetadata().getUid());
    }

    private Stream<IamServiceAccount> others(IamServiceAccount resource) {
        return cluster.claimants(resource.getMetadata().getNamespace(), serviceAccount(resource)).stream()
                .filter(other -> !other.getMetadata()
                        .getUid()
                        .equals(resource.getMetadata().getUid()));
    }

    private static String roleArn(IamServiceAccount resource, ClusterIdentity identity) {
        ResourceRef ref = ResourceRef.of(resource);
        return Desired.roleArn(ref.namespace(), ref.name(), resource.getSpec(), identity);
    }

    /** Returns the role of a resource that the ServiceAccount is annotated with. Its spec may name another role of others by now. */
    private Optional<String> deliveredRole(
            IamServiceAccount resource, ObservedServiceAccount account, ClusterIdentity identity) {
        return Stream.concat(
                        Stream.of(roleArn(resource, identity)), PreviousStatus.of(resource).externalRole().stream())
                .filter(arn -> delivery.isDelivered(arn, account))
                .findFirst();
    }

    private static String serviceAccount(IamServiceAccount resource) {
        return Desired.serviceAccountName(resource.getMetadata().getName(), resource.getSpec());
    }
}
