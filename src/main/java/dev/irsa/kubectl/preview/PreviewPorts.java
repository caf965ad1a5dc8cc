package dev.irsa.kubectl.preview;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.RoleReads;
import java.util.function.Supplier;

/**
 * What a preview reads.
 *
 * @param provider the state of the cluster's OIDC provider
 * @param podIdentity whether the cluster has EKS Pod Identity; read only if that may change the plan
 */
public record PreviewPorts(
        RoleReads roles,
        AssociationReads associations,
        ClusterReads cluster,
        EntitlementSource entitlements,
        OidcProviderState provider,
        Supplier<PodIdentityAvailability> podIdentity) {}
