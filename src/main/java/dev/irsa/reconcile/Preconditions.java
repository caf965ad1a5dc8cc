package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What must hold before anything is done for a resource: its spec can work, an entitlement allows it, the OIDC provider
 * takes its tokens, the ServiceAccount is not another's, and the role is the one that it had before.
 */
final class Preconditions {
    private final EntitlementAuthorizer guardrails;
    private final Supplier<OidcProviderState> provider;
    private final ServiceAccountConflictResolver claims;

    Preconditions(
            EntitlementAuthorizer guardrails,
            Supplier<OidcProviderState> provider,
            ServiceAccountConflictResolver claims) {
        this.guardrails = guardrails;
        this.provider = provider;
        this.claims = claims;
    }

    /**
     * What the resource is to have; empty when it is called again, once more is known of the provider.
     *
     * @throws FailureException when something does not hold
     */
    Optional<Desired.Wanted> of(IamServiceAccount resource, ClusterIdentity identity) {
        // Read once: how the provider is spelled and what it lacks must be of the same look.
        OidcProviderState seen = provider.get();
        Desired.Wanted wanted = wanted(resource, seen.spelled(identity));
        if (waitsForProvider(resource, seen, identity)) {
            return Optional.empty();
        }
        claims.conflict(resource, identity).ifPresent(PreviousStatus::fail);
        PreviousStatus.requireSameRole(resource, wanted.role().identity().arn());
        return Optional.of(wanted);
    }

    private Desired.Wanted wanted(IamServiceAccount resource, ClusterIdentity identity) {
        var ref = PreviousStatus.ref(resource);
        return switch (Desired.of(ref.namespace(), ref.name(), resource.getSpec(), identity)) {
            case Desired.Wanted(var role, var account) ->
                new Desired.Wanted(guardrails.within(resource, role, identity), account);
            case Desired.Refused(var failure) -> {
                guardrails.deny(ref);
                throw new FailureException(failure);
            }
        };
    }

    /**
     * As long as it is not known how the provider is spelled, a resource at rest is left in peace. Fails where the provider lacks
     * what the resource needs.
     */
    private static boolean waitsForProvider(
            IamServiceAccount resource, OidcProviderState seen, ClusterIdentity identity) {
        Optional<Failure> obstacle =
                seen.obstacle(identity, resource.getSpec().token().effectiveAudience());
        boolean waits = seen.isGuess() && PreviousStatus.isAtRest(resource);
        obstacle.filter(failure -> !waits).ifPresent(PreviousStatus::fail);
        return waits;
    }
}
