package dev.irsa.core.desired;

import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.PreviousClusters;
import java.util.List;
import java.util.SortedMap;

/**
 * Identifies the cluster, in AWS and in Kubernetes.
 *
 * @param name the configured name, which is part of the names and tags of all roles
 * @param id the UID of the kube-system namespace
 * @param issuer the issuer of its ServiceAccount tokens
 * @param account the account of its roles
 * @param oidcProvider the name of the IAM OIDC provider for the issuer: host and path, in IAM's spelling
 * @param rolePath the path of its roles; begins and ends with a slash
 * @param adoption the roles elsewhere that may be adopted
 * @param previousClusters the clusters that it replaces, and the issuers that it had
 * @param roleTags the tags that each of its roles has by configuration
 * @param protectedPolicies the managed policies that are never detached from its roles
 * @param delivery how its pods can obtain credentials
 */
public record ClusterIdentity(
        String name,
        String id,
        Issuer issuer,
        AwsAccount account,
        String oidcProvider,
        String rolePath,
        AdoptionScope adoption,
        PreviousClusters previousClusters,
        ConfiguredRoleTags roleTags,
        ProtectedPolicies protectedPolicies,
        DeliverySettings delivery) {
    /** Returns the cluster with this spelling of its provider. */
    public ClusterIdentity withOidcProvider(String spelled) {
        return new ClusterIdentity(
                name,
                id,
                issuer,
                account,
                spelled,
                rolePath,
                adoption,
                previousClusters,
                roleTags,
                protectedPolicies,
                delivery);
    }

    /** Returns the same cluster for roles in another account, below this path. */
    public ClusterIdentity in(AwsAccount other, String path) {
        return new ClusterIdentity(
                name,
                id,
                issuer,
                other,
                oidcProvider,
                path,
                adoption,
                previousClusters,
                roleTags,
                protectedPolicies,
                delivery.inAnotherAccount());
    }

    /** Returns the names of the OIDC providers of the issuers that it had before, whose tokens its pods may still have. */
    public List<String> previousProviders() {
        return previousClusters.issuers().stream()
                .filter(url -> !url.equals(issuer.url()))
                .map(url -> new Issuer(url).hostAndPath())
                .toList();
    }

    /** Returns the tags of what belongs to the cluster and to no single resource. */
    public SortedMap<String, String> tags() {
        return OwnershipTags.ofCluster(name, id, issuer.url());
    }

    /** Returns the owner of the role of one of its resources. */
    public Owner owner(String namespace, String resource) {
        return new Owner(name, id, issuer.url(), namespace + "/" + resource, previousClusters);
    }
}
