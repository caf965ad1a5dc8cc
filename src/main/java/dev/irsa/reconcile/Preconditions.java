package dev.irsa.reconcile;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.authorization.Authorized;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.authorization.Permitted;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.serviceaccount.SharedServiceAccountResolver;
import dev.irsa.reconcile.status.RecordedStateCheck;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks what must hold before anything is done for a resource. The spec must be valid, an entitlement must allow it, and the
 * OIDC provider must accept its tokens. No other resource may own the ServiceAccount. The role must be the same as before.
 */
record Preconditions(
        EntitlementAuthorizer authorizer,
        Supplier<OidcProviderState> provider,
        SharedServiceAccountResolver serviceAccounts) {
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
            RecordedStateCheck.requireSameRole(run.previous(), frozen.desired().roleArn());
            return Optional.of(permitted);
        }
        Desired.Accepted wanted = permitted.accepted();
        if (needsProvider(wanted, identity) && waitsForProvider(run, observed, identity)) {
            return Optional.empty();
        }
        serviceAccounts.conflict(run.resource(), identity).ifPresent(Preconditions::fail);
        switch (wanted) {
            case Desired.Valid valid -> {
                RecordedStateCheck.requireSameRole(run.previous(), valid.roleArn());
                RecordedStateCheck.requireSameExternalRole(run.previous(), valid.roleArn());
            }
            case Desired.External external -> RecordedStateCheck.requireNoRole(run.previous(), external.roleArn());
        }
        RecordedStateCheck.requireSameCluster(run.previous(), identity);
        return Optional.of(permitted);
    }

    /** Requires that a resource has a role that can stay as it is. No role is created while it would be frozen. */
    private static void requireRole(Run run, Failure freeze) {
        if (!run.hasRole()) {
            fail(freeze);
        }
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
                        .<Permitted>map(why -> new Permitted.Frozen(
                                desired, authorized.grant().by().name(), why))
                        .orElseGet(() -> new Permitted.Managed(desired, authorized.grant()));
            }
            case Desired.External external ->
                new Permitted.External(external, authorizer.authorize(resource, external, identity));
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

    private static void fail(Failure failure) {
        throw new FailureException(failure);
    }
}
