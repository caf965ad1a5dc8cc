package dev.irsa.port;

/**
 * What the operator reads and writes in one AWS account.
 *
 * @param roles single roles
 * @param associations the EKS Pod Identity associations of the cluster
 * @param listing all roles in bulk
 * @param providers the OIDC providers
 * @param policies the managed policies
 */
public record AccountPorts(
        Roles roles,
        Associations associations,
        RoleListing listing,
        OidcProviders providers,
        ManagedPolicyReads policies) {}
