package dev.irsa.desired;

/**
 * Which cluster this is, to AWS and to itself.
 *
 * @param name as configured: part of the names and tags of all roles
 * @param id the UID of the kube-system namespace
 * @param issuer who issues its ServiceAccount tokens
 * @param account the account its roles live in
 * @param rolePath the path of its roles; begins and ends with a slash
 */
public record ClusterIdentity(String name, String id, Issuer issuer, AwsAccount account, String rolePath) {}
