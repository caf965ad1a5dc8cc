package dev.irsa.reconcile;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.Associations;
import dev.irsa.port.Cluster;
import dev.irsa.port.KnownPolicies;
import dev.irsa.port.Roles;
import java.util.function.Supplier;

/**
 * The ports of the reconcile.
 *
 * @param accounts gives the identity of the cluster in the account
 * @param provider the state of the cluster's OIDC provider, as last observed
 * @param roles reads and writes single roles
 * @param associations the EKS Pod Identity associations of the cluster
 * @param podIdentity whether the cluster has EKS Pod Identity, as last observed
 * @param cluster the cluster
 * @param policies the managed policies that are known
 */
public record ReconcilePorts(
        AccountGuard accounts,
        Supplier<OidcProviderState> provider,
        Roles roles,
        Associations associations,
        Supplier<PodIdentityAvailability> podIdentity,
        Cluster cluster,
        KnownPolicies policies) {}
