package dev.irsa.core.permissions;

import dev.irsa.core.policy.PolicyDocument;

/**
 * What is made once in the account, before the operator starts.
 *
 * @param role that the operator runs as
 * @param cluster it works for
 * @param permissions what the role may do
 * @param trust who may have the role
 */
public record Installation(OperatorRole role, String cluster, PolicyDocument permissions, PolicyDocument trust) {
    String description() {
        return "What irsa-operator may do for cluster " + cluster;
    }
}
