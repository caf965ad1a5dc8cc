package dev.irsa.core.desired;

import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.core.failure.Failure;

/** What a resource asks for. */
public sealed interface Desired {
    /**
     * The role and the ServiceAccount that the resource asks for.
     *
     * @param delivery how pods are to obtain the credentials of the role
     */
    record Valid(DesiredRole role, DesiredServiceAccount serviceAccount, DesiredDelivery delivery) implements Desired {
        /** Returns this with another desired state of the role. */
        public Valid withRole(DesiredRole other) {
            return new Valid(other, serviceAccount, delivery);
        }
    }

    /** The spec of the resource is invalid. */
    record Invalid(Failure.InvalidSpec failure) implements Desired {}

    /** Returns what the resource {@code namespace/name} with this spec asks for in this cluster. */
    static Desired of(String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
        return new SpecReader(namespace, name, spec, cluster).read();
    }

    /** Returns the identity of the resource's role. It needs no valid policies, because a deletion must work without them. */
    static RoleIdentity identity(String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
        return new SpecReader(namespace, name, spec, cluster).identity();
    }

    /** Returns the name of the ServiceAccount of the resource. */
    static String serviceAccountName(String name, IamServiceAccountSpec spec) {
        String given = spec.serviceAccount().name();
        return given == null ? name : given;
    }
}
