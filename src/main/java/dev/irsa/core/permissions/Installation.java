package dev.irsa.core.permissions;

import dev.irsa.core.policy.PolicyDocument;
import java.util.Optional;

/**
 * The IAM resources that an administrator creates once in the account, before the operator starts.
 *
 * @param role the role that the operator runs as
 * @param cluster the cluster whose roles the operator manages
 * @param permissions the permissions of the role
 * @param trust the trust policy of the role
 * @param boundary ARN of the permissions boundary of the role; empty: none
 */
public record Installation(
        OperatorRole role,
        String cluster,
        PolicyDocument permissions,
        PolicyDocument trust,
        Optional<String> boundary) {
    String description() {
        return "Permissions of irsa-operator for cluster " + cluster;
    }
}
