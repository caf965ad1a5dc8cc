package dev.irsa.drift;

import dev.irsa.port.Changes;
import dev.irsa.port.Cloud;
import dev.irsa.port.Cluster;
import dev.irsa.port.Identities;
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
        Identities identities,
        RoleListing roles,
        Cloud cloud,
        Cluster cluster,
        OperatorEvents events,
        Changes changes) {}
