package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredDelivery;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.authorization.Authorized;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.serviceaccount.SharedServiceAccountResolver;
import dev.irsa.reconcile.status.PreviousStatus;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks what must hold before anything is done for a resource. The spec must be valid, an entitlement must allow it, and the
 * OIDC provider must accept its tokens. No other resource may own the ServiceAccount. The role must be the same as before.
 */
final class Preconditions {
    private final EntitlementAuthorizer authorizer;
    private final Supplier<OidcProviderState> provider;
    private final SharedServiceAccountResolver serviceAccounts;

    Preconditions(
            EntitlementAuthorizer authorizer,
            Supplier<OidcProviderState> provider,
            SharedServiceAccountResolver serviceAccounts) {
        this.authorizer = authorizer;
        this.provider = provider;
        this.serviceAccounts = serviceAccounts;
    }

    /**
     * Returns what the resource asks for.
     *
     * @return empty if the resource waits until more is known of the OIDC provider, and is requeued then
     * @throws FailureException if a precondition does not hold
     */
    Optional<Permitted> check(Run run, ClusterIdentity identity) {
        // Read once: the spelling of the provider and what it is missing must be of the same observation.
        OidcProviderState observed = provider.get();
        Permitted permitted = authorized(run.resource(), observed.spelled(identity));
        if (permitted instanceof Permitted.Frozen frozen) {
            requireRole(run, frozen.freeze());
            requireSameRole(run.previous(), frozen.desired().roleArn());
            return Optional.of(permitted);
        }
        Desired.Accepted wanted = permitted.accepted();
        if (needsProvider(wanted, identity) && waitsForProvider(run, observed, identity)) {
            return Optional.empty();
        }
        serviceAccounts.conflict(run.resource(), identity).ifPresent(Preconditions::fail);
        switch (wanted) {
            case Desired.Valid valid -> {
                requireSameRole(run.previous(), valid.roleArn());
                requireSameExternalRole(run.previous(), valid.roleArn());
            }
            case Desired.External external -> requireNoRole(run.previous(), external.roleArn());
        }
        requireSameCluster(run.previous(), identity);
        return Optional.of(permitted);
    }

    /** Requires that a resource has a role that can stay as it is. No role is created while it would be frozen. */
    private static void requireRole(Run run, Failure freeze) {
        if (!run.hasRole()) {
            fail(freeze);
        }
    }

    /**
     * Returns whether the trust policy would name the OIDC provider by a guess, although the spec does not ask for IRSA. Pods
     * that still use IRSA would be locked out if IAM spells the provider in another way.
     */
    boolean guessesProvider(DesiredDelivery delivered) {
        return !delivered.uses(Delivery.IRSA)
                && delivered.statements().contains(Delivery.IRSA)
                && provider.get().isAssumed();
    }

    /** A role in another account needs a provider of that account. */
    private static boolean needsProvider(Desired.Accepted wanted, ClusterIdentity identity) {
        return switch (wanted) {
            case Desired.Valid valid -> valid.delivery().uses(Delivery.IRSA);
            case Desired.External external -> external.role().isIn(identity.account());
        };
    }

    private Permitted authorized(IamServiceAccount resource, ClusterIdentity identity) {
        ResourceRef ref = ResourceRef.of(resource);
        return switch (Desired.of(ref.namespace(), ref.name(), resource.getSpec(), identity)) {
            case Desired.Valid valid -> {
                Authorized authorized = authorizer.authorize(resource, valid.role(), identity);
                Desired.Valid desired = valid.withRole(authorized.role());
                yield authorized
                        .freeze()
                        .<Permitted>map(why -> new Permitted.Frozen(desired, why))
                        .orElseGet(() -> new Permitted.Managed(desired, authorized.grant()));
            }
            case Desired.External external -> {
                authorizer.authorize(resource, external, identity);
                yield new Permitted.External(external);
            }
            case Desired.Invalid(var failure) -> {
                authorizer.deny(resource);
                throw new FailureException(failure);
            }
        };
    }

    /** While the spelling of the provider is unknown, a resource that is up to date is left alone. */
    private static boolean waitsForProvider(Run run, OidcProviderState observed, ClusterIdentity identity) {
        boolean waits = observed.isAssumed() && run.previous().isUpToDate();
        if (!waits) {
            String audience = run.resource().getSpec().token().effectiveAudience();
            observed.obstacle(identity, audience).ifPresent(Preconditions::fail);
        }
        return waits;
    }

    /**
     * Requires that the role is the one that was created before. Another cluster name, role path or account would leave every
     * role behind and create each a second time.
     *
     * @throws FailureException if it is not
     */
    static void requireSameRole(PreviousStatus previous, String arn) {
        previous.roleArn()
                .filter(known -> !known.equals(arn))
                .ifPresent(known -> fail(Failure.roleConflict(
                        known,
                        "was created for this resource, but the operator would now create " + arn
                                + "; the cluster name, the role path, the AWS account or the partition has changed;"
                                + " restore --cluster-name and --role-path, or use credentials for the account of the"
                                + " role")));
    }

    /**
     * Requires that a role to adopt is the one that the ServiceAccount is annotated with. A role of the same path and name in
     * the operator's account may be another.
     *
     * @throws FailureException if it is not
     */
    private static void requireSameExternalRole(PreviousStatus previous, String arn) {
        previous.externalRole()
                .filter(known -> previous.roleArn().isEmpty() && !known.equals(arn))
                .ifPresent(known -> fail(Failure.roleConflict(
                        arn,
                        "is not " + known
                                + ", the role of spec.role.external that the ServiceAccount is annotated with;"
                                + " a role of another account cannot be adopted; delete this resource and create"
                                + " another")));
    }

    /**
     * Requires that the operator manages no role for a resource that now names one of others. It would be abandoned.
     *
     * @throws FailureException if it manages one
     */
    static void requireNoRole(PreviousStatus previous, String arn) {
        previous.roleArn()
                .ifPresent(known -> fail(Failure.roleConflict(
                        arn,
                        "cannot replace role " + known + ", which the operator manages for this resource; remove"
                                + " spec.role.external, or delete this resource without it and create another")));
    }

    /**
     * Requires that the association is one of the configured EKS cluster. For another one, every trust policy would be
     * rewritten, and every association left behind and created again.
     *
     * @throws FailureException if it is not
     */
    static void requireSameCluster(PreviousStatus previous, ClusterIdentity identity) {
        String cluster = identity.delivery().eksClusterArn().orElse("unknown");
        previous.associations().stream()
                .filter(recorded -> !AssociationState.isInCluster(recorded.arn(), cluster))
                .findFirst()
                .ifPresent(recorded -> fail(Failure.of(
                        Reason.AssociationConflict,
                        "association " + recorded.arn()
                                + " was created for this resource, but the operator's EKS cluster is now " + cluster
                                + "; restore --eks-cluster-name and --region")));
    }

    private static void fail(Failure failure) {
        throw new FailureException(failure);
    }
}
