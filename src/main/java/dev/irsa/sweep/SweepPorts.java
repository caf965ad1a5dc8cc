package dev.irsa.sweep;

import dev.irsa.port.ChangeListener;
import dev.irsa.port.Cloud;
import dev.irsa.port.Cluster;
import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.port.OperatorEvents;
import dev.irsa.port.RoleListing;

/**
 * What a sweep needs of the outside.
 *
 * @param identities who we are
 * @param roles all roles in bulk
 * @param cloud one role, to remove it
 * @param cluster which resources there are
 * @param events where to tell of what concerns no single resource
 * @param changes is told of what is removed
 */
public record SweepPorts(
        ClusterIdentitySource identities,
        RoleListing roles,
        Cloud cloud,
        Cluster cluster,
        OperatorEvents events,
        ChangeListener changes) {}
