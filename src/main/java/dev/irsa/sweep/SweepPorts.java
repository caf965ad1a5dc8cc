package dev.irsa.sweep;

import dev.irsa.port.ChangeListener;
import dev.irsa.port.Cluster;
import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.port.OperatorEvents;
import dev.irsa.port.RoleListing;
import dev.irsa.port.Roles;

/**
 * The ports of the sweep.
 *
 * @param identities the identity of the cluster
 * @param listing lists all roles
 * @param roles reads and deletes a role
 * @param cluster reads which resources exist
 * @param events records what concerns no single resource
 * @param changes receives the changes of deleted roles
 */
public record SweepPorts(
        ClusterIdentitySource identities,
        RoleListing listing,
        Roles roles,
        Cluster cluster,
        OperatorEvents events,
        ChangeListener changes) {}
