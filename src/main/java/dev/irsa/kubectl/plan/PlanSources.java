package dev.irsa.kubectl.plan;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ManagedPolicyReads;
import dev.irsa.port.RoleReads;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a plan is compared with.
 *
 * @param aws what AWS shows; empty if the user cannot read it
 * @param podIdentity whether the cluster has EKS Pod Identity
 */
public record PlanSources(
        ClusterReads cluster,
        EntitlementSource entitlements,
        Optional<Aws> aws,
        Supplier<PodIdentityAvailability> podIdentity) {
    /**
     * The reads of AWS.
     *
     * @param provider the state of the cluster's OIDC provider
     */
    public record Aws(
            RoleReads roles, AssociationReads associations, OidcProviderState provider, ManagedPolicyReads policies) {}
}
