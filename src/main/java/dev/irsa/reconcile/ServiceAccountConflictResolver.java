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
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of several resources that name the same ServiceAccount has it: the one that made it, else the one at whose
 * role it points, else the oldest, then the first by name. Ages are counted in whole seconds, so that age alone could
 * take it from who has it already. One that is being deleted has it until it has released it, and is nobody's heir.
 */
final class ServiceAccountConflictResolver {
    private static final Comparator<IamServiceAccount> BY_AGE = Comparator.comparing(
                    (IamServiceAccount resource) -> resource.getMetadata().getCreationTimestamp())
            .thenComparing(resource -> resource.getMetadata().getName());

    /** What a resource has of a ServiceAccount already, the strongest first. */
    private enum Hold {
        MADE,
        POINTED,
        NONE
    }

    private final Cluster cluster;
    private final CredentialDelivery delivery;

    ServiceAccountConflictResolver(Cluster cluster, CredentialDelivery delivery) {
        this.cluster = cluster;
        this.delivery = delivery;
    }

    /** Why this resource may not have its ServiceAccount. */
    Optional<Failure> conflict(IamServiceAccount resource, ClusterIdentity identity) {
        ObservedServiceAccount account =
                cluster.serviceAccount(resource.getMetadata().getNamespace(), serviceAccount(resource));
        Comparator<IamServiceAccount> byClaim = Comparator.comparing(
                        (IamServiceAccount claimant) -> hold(claimant, account, identity))
                .thenComparing(BY_AGE);
        return others(resource)
                .filter(other -> !other.isMarkedForDeletion() || unreleased(other, resource, account, identity))
                .filter(other -> byClaim.compare(other, resource) < 0)
                .min(byClaim)
                .map(first -> new Failure.ServiceAccountConflict(
                        "IamServiceAccount " + first.getMetadata().getName() + taken(first, serviceAccount(resource))));
    }

    private static String taken(IamServiceAccount first, String serviceAccount) {
        return first.isMarkedForDeletion()
                ? " is being deleted and has not released the ServiceAccount " + serviceAccount + " yet"
                : " was first and has the ServiceAccount " + serviceAccount
                        + "; delete it, or make a new object that names another";
    }

    /** Whether one that is being deleted has yet to give up the ServiceAccount, which this resource would inherit. */
    private boolean unreleased(
            IamServiceAccount going,
            IamServiceAccount resource,
            ObservedServiceAccount account,
            ClusterIdentity identity) {
        return going.hasFinalizer(IamServiceAccount.FINALIZER)
                && hold(going, account, identity) != Hold.NONE
                && !delivery.withdraw(
                                serviceAccount(going),
                                roleArn(going, identity),
                                account,
                                going.getMetadata().getUid(),
                                Optional.of(successorOf(resource)))
                        .isEmpty();
    }

    private Hold hold(IamServiceAccount claimant, ObservedServiceAccount account, ClusterIdentity identity) {
        if (!(account instanceof ObservedServiceAccount.Present present)) {
            return Hold.NONE;
        }
        if (present.owners().contains(claimant.getMetadata().getUid())) {
            return Hold.MADE;
        }
        return delivery.isDelivered(roleArn(claimant, identity), present) ? Hold.POINTED : Hold.NONE;
    }

    /** Who has the ServiceAccount after this resource. */
    Optional<Successor> successor(IamServiceAccount resource) {
        return others(resource)
                .filter(other -> !other.isMarkedForDeletion())
                .min(BY_AGE)
                .map(ServiceAccountConflictResolver::successorOf);
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
        return Desired.identity(ref.namespace(), ref.name(), resource.getSpec(), identity)
                .arn();
    }

    private static String serviceAccount(IamServiceAccount resource) {
        return Desired.serviceAccountName(resource.getMetadata().getName(), resource.getSpec());
    }
}
