package dev.irsa.core.desired;

import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.core.failure.Failure;

/** What a resource stands for. */
public sealed interface Desired {
    /** The role and the ServiceAccount that the resource asks for. */
    record Wanted(DesiredRole role, DesiredServiceAccount serviceAccount) implements Desired {}

    /** The resource asks for what can never be. */
    record Refused(Failure.InvalidSpec failure) implements Desired {}

    /** What the resource {@code namespace/name} with this spec asks for in this cluster. */
    static Desired of(
            String namespace,
            String name,
            IamServiceAccountSpec spec,
            ClusterIdentity cluster,
            DeliveryTerms delivery) {
        return new SpecReader(namespace, name, spec, cluster).read(delivery);
    }

    /** Which role belongs to the resource; it needs no valid policies, as deletion must work without them. */
    static RoleIdentity identity(String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
        return new SpecReader(namespace, name, spec, cluster).identity();
    }

    /** The name of the ServiceAccount that the resource is for. */
    static String serviceAccountName(String name, IamServiceAccountSpec spec) {
        String given = spec.serviceAccount().name();
        return given == null ? name : given;
    }
}
