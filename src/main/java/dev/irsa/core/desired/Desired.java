package dev.irsa.core.desired;

import dev.irsa.api.v1beta1.ExternalRoleSpec;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.ServiceAccountSpec;
import dev.irsa.core.failure.Failure;
import java.util.List;

/** What a resource asks for. */
public sealed interface Desired {
    /** What the operator can work towards: the spec of the resource is valid. */
    sealed interface Accepted extends Desired {
        /** Returns the desired states of the ServiceAccounts, by name. */
        List<DesiredServiceAccount> serviceAccounts();

        /** Returns how pods are to obtain the credentials of the role. */
        DesiredDelivery delivery();

        /** Returns the ARN of the role. */
        String roleArn();
    }

    /**
     * The role and the ServiceAccounts that the resource asks for.
     *
     * @param serviceAccounts at least one, by name
     * @param delivery how pods are to obtain the credentials of the role
     */
    record Valid(DesiredRole role, List<DesiredServiceAccount> serviceAccounts, DesiredDelivery delivery)
            implements Accepted {
        public Valid {
            serviceAccounts = List.copyOf(serviceAccounts);
        }

        @Override
        public String roleArn() {
            return role.identity().arn();
        }

        /** Returns the ServiceAccount of a desired state that is {@link #onlyFor} one. */
        public DesiredServiceAccount serviceAccount() {
            return serviceAccounts.getFirst();
        }

        /** Returns this as the desired state of one of its ServiceAccounts. The trust policy still admits all of them. */
        public Valid onlyFor(DesiredServiceAccount account) {
            return new Valid(role, List.of(account), delivery);
        }

        /** Returns this with another desired state of the role. */
        public Valid withRole(DesiredRole other) {
            return new Valid(other, serviceAccounts, delivery);
        }
    }

    /**
     * A role that others manage, and the ServiceAccount that is to use it.
     *
     * @param delivery always IRSA alone
     */
    record External(ExternalRole role, DesiredServiceAccount serviceAccount, DesiredDelivery delivery)
            implements Accepted {
        @Override
        public List<DesiredServiceAccount> serviceAccounts() {
            return List.of(serviceAccount);
        }

        @Override
        public String roleArn() {
            return role.arn();
        }
    }

    /** The spec of the resource is invalid. */
    record Invalid(Failure.InvalidSpec failure) implements Desired {}

    /** Returns what the resource {@code namespace/name} with this spec asks for in this cluster. */
    static Desired of(String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
        SpecReader reader = new SpecReader(namespace, name, spec, cluster);
        ExternalRoleSpec external = spec.externalRole();
        return external == null ? reader.read() : new ExternalRoleReader(reader).read(external.arn());
    }

    /** Returns the ARN of the role with which the ServiceAccount of the resource is annotated, without checking the spec. */
    static String roleArn(String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
        ExternalRoleSpec external = spec.externalRole();
        return external == null ? identity(namespace, name, spec, cluster).arn() : external.arn();
    }

    /** Returns the identity of the role that the operator manages for the resource. It needs no valid policies, because a deletion must work without them. */
    static RoleIdentity identity(String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
        return new SpecReader(namespace, name, spec, cluster).identity();
    }

    /**
     * Returns whether the spec asks for the role with this ARN, whatever account it is in. Unless the spec sets a path, the role may have
     * that of an earlier {@code --role-path}.
     *
     * @param cluster the name of the cluster
     */
    static boolean asksFor(String roleArn, String namespace, String name, IamServiceAccountSpec spec, String cluster) {
        if (spec.externalRole() != null) {
            return false;
        }
        String path = spec.role().path();
        String end = (path == null ? "/" : ":role" + path) + RoleName.of(cluster, namespace, name, spec.role());
        // IAM's names are unique regardless of case.
        return roleArn.regionMatches(true, roleArn.length() - end.length(), end, 0, end.length());
    }

    /** Returns whom the trust policy of the role is to admit. It needs no valid policies. */
    static TrustTerms terms(String namespace, String name, IamServiceAccountSpec spec, ClusterIdentity cluster) {
        return new SpecReader(namespace, name, spec, cluster).delivery().terms();
    }

    /** Returns the names of the ServiceAccounts of the resource, in their order. */
    static List<String> serviceAccountNames(String name, IamServiceAccountSpec spec) {
        return spec.effectiveServiceAccounts(name).stream()
                .map(ServiceAccountSpec::name)
                .distinct()
                .toList();
    }
}
