package dev.irsa.runtime;

import dev.irsa.kubernetes.FieldManager;
import dev.irsa.port.Cloud;
import dev.irsa.port.Gate;
import dev.irsa.port.OidcProviders;
import dev.irsa.port.RoleListing;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * The outside as the operator meets it.
 *
 * @param client reaches the cluster; its user agent should be {@link FieldManager#USER_AGENT}
 * @param cloud the roles of the account, one by one
 * @param roles the same, in bulk
 * @param providers its OIDC providers
 * @param identities who we are, once AWS has said so
 * @param gate every call to the API server that changes something passes it
 */
public record ExternalDependencies(
        KubernetesClient client,
        Cloud cloud,
        RoleListing roles,
        OidcProviders providers,
        ClusterIdentityResolver identities,
        Gate gate) {}
