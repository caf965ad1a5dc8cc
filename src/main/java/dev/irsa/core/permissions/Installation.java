package dev.irsa.core.permissions;

import dev.irsa.core.policy.PolicyDocument;

/**
 * The IAM resources that an administrator creates once in the account, before the operator starts.
 *
 * @param role the role that the operator runs as
 * @param cluster the cluster whose roles the operator manages
 * @param permissions the permissions of the role
 * @param trust the trust policy of the role
 */
public record Installation(OperatorRole role, String cluster, PolicyDocument permissions, PolicyDocument trust) {
    String description() {
        return "Permissions of irsa-operator for cluster " + cluster;
    }
}
