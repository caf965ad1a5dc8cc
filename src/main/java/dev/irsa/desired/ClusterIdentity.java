package dev.irsa.desired;

import dev.irsa.ownership.Owner;

/**
 * Which cluster this is, to AWS and to itself.
 *
 * @param name as configured: part of the names and tags of all roles
 * @param id the UID of the kube-system namespace
 * @param issuer who issues its ServiceAccount tokens
 * @param account the account its roles live in
 * @param rolePath the path of its roles; begins and ends with a slash
 */
public record ClusterIdentity(String name, String id, Issuer issuer, AwsAccount account, String rolePath) {
    /** Who owns the roles of one of its resources. */
    public Owner owner(String namespace, String resource) {
        return new Owner(name, id, issuer.url(), namespace + "/" + resource);
    }
}
