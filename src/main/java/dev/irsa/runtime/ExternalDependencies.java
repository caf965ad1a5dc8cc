package dev.irsa.runtime;

import dev.irsa.kubernetes.FieldManager;
import dev.irsa.port.Associations;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OidcProviders;
import dev.irsa.port.RoleListing;
import dev.irsa.port.Roles;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * The systems outside of the operator: the cluster and AWS.
 *
 * @param client the client for the cluster; its user agent should be {@link FieldManager#USER_AGENT}
 * @param roles reads and writes single roles of the AWS account
 * @param associations the EKS Pod Identity associations of the cluster
 * @param listing lists the roles of the AWS account in bulk
 * @param providers the OIDC providers of the AWS account
 * @param identities resolves the identity of the cluster; needs AWS
 * @param interceptor intercepts every write to the API server
 */
public record ExternalDependencies(
        KubernetesClient client,
        Roles roles,
        Associations associations,
        RoleListing listing,
        OidcProviders providers,
        ClusterIdentityResolver identities,
        CallInterceptor interceptor) {}
