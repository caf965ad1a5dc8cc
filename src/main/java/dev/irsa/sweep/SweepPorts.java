package dev.irsa.sweep;

import dev.irsa.port.AccountPorts;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.Cluster;
import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.port.OperatorEvents;
import dev.irsa.port.Requeuer;
import dev.irsa.port.Timing;

/**
 * The ports of the sweep.
 *
 * @param identities the identity of the cluster
 * @param account the AWS account whose roles and associations are listed
 * @param cluster reads which resources exist
 * @param events records what concerns no single resource
 * @param activity receives the changes of deleted roles, and a report of each complete sweep
 * @param requeuer requeues a resource whose role or association differs from what is known
 * @param timing spreads the sweeps of many clusters, and the reads of single associations
 */
public record SweepPorts(
        ClusterIdentitySource identities,
        AccountPorts account,
        Cluster cluster,
        OperatorEvents events,
        ActivityListener activity,
        Requeuer requeuer,
        Timing timing) {}
