package dev.irsa.simulation;

import dev.irsa.port.Cloud;
import dev.irsa.port.Cluster;
import dev.irsa.port.RoleListing;

/** What the operator's parts meet of the outside, and where a defect can be put between. */
record Outside(Cloud cloud, RoleListing listing, Cluster cluster) {
    Outside with(Cloud other) {
        return new Outside(other, listing, cluster);
    }

    Outside with(RoleListing other) {
        return new Outside(cloud, other, cluster);
    }

    Outside with(Cluster other) {
        return new Outside(cloud, listing, other);
    }
}
