package dev.irsa.core.desired;

import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.PreviousClusters;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Which cluster this is, to AWS and to itself.
 *
 * @param name as configured: part of the names and tags of all roles
 * @param id the UID of the kube-system namespace
 * @param issuer who issues its ServiceAccount tokens
 * @param account the account its roles live in
 * @param oidcProvider the name of the IAM OIDC provider for the issuer: host and path, as IAM spells them
 * @param rolePath the path of its roles; begins and ends with a slash
 * @param adoptionPaths paths beside it under which roles may be adopted
 * @param past what it was before
 */
public record ClusterIdentity(
        String name,
        String id,
        Issuer issuer,
        AwsAccount account,
        String oidcProvider,
        String rolePath,
        Set<String> adoptionPaths,
        PreviousClusters past) {
    public ClusterIdentity {
        adoptionPaths = Collections.unmodifiableSet(new TreeSet<>(adoptionPaths));
    }

    /** A cluster without a past, which adopts under its own path only and whose provider is spelled like its issuer. */
    public ClusterIdentity(String name, String id, Issuer issuer, AwsAccount account, String rolePath) {
        this(name, id, issuer, account, issuer.hostAndPath(), rolePath, Set.of(), PreviousClusters.NONE);
    }

    /** The same cluster, whose provider IAM spells like this. */
    public ClusterIdentity withOidcProvider(String spelled) {
        return new ClusterIdentity(name, id, issuer, account, spelled, rolePath, adoptionPaths, past);
    }

    /** The tags of what is the cluster's and no single resource's. */
    public SortedMap<String, String> tags() {
        return Owner.clusterTags(name, id, issuer.url());
    }

    /** Who owns the roles of one of its resources. */
    public Owner owner(String namespace, String resource) {
        return new Owner(name, id, issuer.url(), namespace + "/" + resource, past);
    }
}
