package dev.irsa.reconcile.serviceaccount;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.delivery.ServiceAccountPlanner;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.Successor;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.status.PreviousStatus;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which of several resources that name the same ServiceAccount owns it. The resource that created it comes first, then
 * the one with whose role it is annotated, then the one with an association for it. Then comes the resource that has its name.
 * Among the rest, the oldest precedes, and then the first by name. Age alone is not enough:
 * creation times have whole seconds, so that a later resource could displace the current owner. A resource that is
 * being deleted owns the ServiceAccount until it has released it, and is never a successor.
 */
public record SharedServiceAccountResolver(ClusterReads cluster) {
    /** An ARN that no ServiceAccount is annotated with. */
    static final String NO_ROLE = "";

    private static final Comparator<IamServiceAccount> BY_AGE = Comparator.comparing(
                    (IamServiceAccount resource) -> resource.getMetadata().getCreationTimestamp())
            .thenComparing(resource -> resource.getMetadata().getName());

    /** The claim that a resource already has to a ServiceAccount, the strongest first. */
    private enum Claim {
        CREATED,
        ANNOTATED,
        ASSOCIATED,
        NONE
    }

    /** Returns why this resource may not own one of its ServiceAccounts; empty if it may own all. */
    public Optional<Failure> conflict(IamServiceAccount resource, ClusterIdentity identity) {
        return Desired.serviceAccountNames(resource.getMetadata().getName(), resource.getSpec()).stream()
                .flatMap(name -> conflict(resource, name, identity).stream())
                .findFirst();
    }

    private Optional<Failure> conflict(IamServiceAccount resource, String serviceAccount, ClusterIdentity identity) {
        ObservedServiceAccount account =
                cluster.serviceAccount(resource.getMetadata().getNamespace(), serviceAccount);
        Comparator<IamServiceAccount> byPrecedence = Comparator.comparing(
                        (IamServiceAccount claimant) -> claim(claimant, serviceAccount, account, identity))
                .thenComparing(byTurn(serviceAccount));
        return others(resource, serviceAccount)
                .filter(other ->
                        !other.isMarkedForDeletion() || unreleased(other, resource, serviceAccount, account, identity))
                .filter(other -> byPrecedence.compare(other, resource) < 0)
                .min(byPrecedence)
                .map(first -> Failure.of(
                        Reason.ServiceAccountConflict,
                        "IamServiceAccount "
                                + first.getMetadata().getName()
                                + explain(resource, first, serviceAccount)));
    }

    private static String explain(IamServiceAccount resource, IamServiceAccount owner, String serviceAccount) {
        if (owner.isMarkedForDeletion()) {
            return " is being deleted and has not released the ServiceAccount " + serviceAccount
                    + " yet; no action needed";
        }
        return " already owns the ServiceAccount " + serviceAccount + "; remove it from spec.serviceAccounts of "
                + wayOut(resource, owner, serviceAccount);
    }

    /** A resource whose list names it precedes others for the ServiceAccount of its own name. */
    private static String wayOut(IamServiceAccount resource, IamServiceAccount owner, String serviceAccount) {
        if (isNamed(owner, serviceAccount)) {
            return "this resource";
        }
        return isNamed(resource, serviceAccount) ? "that resource" : "one of the two resources";
    }

    private static boolean isNamed(IamServiceAccount resource, String serviceAccount) {
        return resource.getMetadata().getName().equals(serviceAccount);
    }

    /** Orders resources without a claim: a ServiceAccount belongs to the resource of its name before all others. */
    private static Comparator<IamServiceAccount> byTurn(String serviceAccount) {
        return Comparator.comparingInt((IamServiceAccount claimant) -> isNamed(claimant, serviceAccount) ? 0 : 1)
                .thenComparing(BY_AGE);
    }

    /** Returns whether a resource that is being deleted has not yet released the ServiceAccount to this resource. */
    private boolean unreleased(
            IamServiceAccount deleted,
            IamServiceAccount resource,
            String serviceAccount,
            ObservedServiceAccount account,
            ClusterIdentity identity) {
        Claim claim = claim(deleted, serviceAccount, account, identity);
        String role = deliveredRole(deleted, account, identity).orElseGet(() -> roleArn(deleted, identity));
        return deleted.hasFinalizer(IamServiceAccount.FINALIZER)
                && claim != Claim.NONE
                // Nothing but its status shows an association, until the resource no longer exists.
                && (claim == Claim.ASSOCIATED
                        || !ServiceAccountPlanner.withdraw(
                                        serviceAccount,
                                        isDeliveredByAnother(deleted, serviceAccount, role) ? NO_ROLE : role,
                                        account,
                                        deleted.getMetadata().getUid(),
                                        Optional.of(successorOf(resource)))
                                .isEmpty());
    }

    private Claim claim(
            IamServiceAccount claimant,
            String serviceAccount,
            ObservedServiceAccount account,
            ClusterIdentity identity) {
        if (account instanceof ObservedServiceAccount.Present present
                && present.owners().contains(claimant.getMetadata().getUid())) {
            return Claim.CREATED;
        }
        if (deliveredRole(claimant, account, identity).isPresent()) {
            return Claim.ANNOTATED;
        }
        return PreviousStatus.of(claimant).association(serviceAccount).isPresent() ? Claim.ASSOCIATED : Claim.NONE;
    }

    /**
     * Returns whether another resource, which is not being deleted, delivers this role of others. Two resources may name the same
     * one. The annotation then belongs to the resource that stays, although it has the value that this one wrote before.
     */
    boolean isDeliveredByAnother(IamServiceAccount resource, String serviceAccount, String roleArn) {
        return others(resource, serviceAccount)
                .filter(other -> !other.isMarkedForDeletion())
                .anyMatch(other -> PreviousStatus.of(other)
                        .externalRole()
                        .filter(roleArn::equals)
                        .isPresent());
    }

    /** Returns the resource that owns the ServiceAccount after this one. */
    Optional<Successor> successor(IamServiceAccount resource, String serviceAccount) {
        return others(resource, serviceAccount)
                .filter(other -> !other.isMarkedForDeletion())
                .min(byTurn(serviceAccount))
                .map(SharedServiceAccountResolver::successorOf);
    }

    private static Successor successorOf(IamServiceAccount next) {
        return new Successor(next.getMetadata().getName(), next.getMetadata().getUid());
    }

    private Stream<IamServiceAccount> others(IamServiceAccount resource, String serviceAccount) {
        return cluster.claimants(resource.getMetadata().getNamespace(), serviceAccount).stream()
                .filter(other -> !other.getMetadata()
                        .getUid()
                        .equals(resource.getMetadata().getUid()));
    }

    /** Returns the role of a resource. Only the status shows the account id of a role in another account. */
    private static String roleArn(IamServiceAccount resource, ClusterIdentity identity) {
        ResourceRef ref = ResourceRef.of(resource);
        return resource.getSpec().accountName().equals(identity.account().name())
                ? Desired.roleArn(ref.namespace(), ref.name(), resource.getSpec(), identity)
                : PreviousStatus.of(resource).roleArn().orElse(NO_ROLE);
    }

    /**
     * Returns the role of a resource that the ServiceAccount is annotated with. Its spec or its account may name another role by
     * now. Two resources that compare their claims must not come to different results.
     */
    private Optional<String> deliveredRole(
            IamServiceAccount resource, ObservedServiceAccount account, ClusterIdentity identity) {
        PreviousStatus previous = PreviousStatus.of(resource);
        return Stream.of(Optional.of(roleArn(resource, identity)), previous.roleArn(), previous.externalRole())
                .flatMap(Optional::stream)
                .filter(arn -> !arn.equals(NO_ROLE) && ServiceAccountPlanner.isDelivered(arn, account))
                .findFirst();
    }
}
