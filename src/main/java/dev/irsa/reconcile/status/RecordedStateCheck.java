package dev.irsa.reconcile.status;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.text.PlainText;

/** Checks that the operator would manage the role and the associations that the status records, and no others. */
public final class RecordedStateCheck {
    private RecordedStateCheck() {}

    /**
     * Requires that the role is the one that was created before, or may have been. Another cluster name, role path or account would
     * leave every role behind and create each a second time.
     *
     * @throws FailureException if it is not
     */
    public static void requireSameRole(PreviousStatus previous, String arn) {
        previous.roleArn()
                .filter(known -> !known.equals(arn))
                .ifPresent(known -> fail(Failure.roleConflict(
                        known,
                        "belongs to this resource, but with today's settings of the operator its role is " + arn
                                + "; the cluster name, the role path, the AWS account or the partition has changed;"
                                + " restore --cluster-name and --role-path, the IamAccount of spec.account, or use"
                                + " credentials for the account of the role")));
        previous.unreportedRole()
                .filter(recorded -> !recorded.equals(arn))
                .ifPresent(recorded -> fail(Failure.roleConflict(
                        arn,
                        "is not managed because annotation " + IamServiceAccount.RECORDED_ROLE
                                + " says that this resource may have the role " + PlainText.of(recorded)
                                + "; restore --cluster-name and --role-path, or apply the IamAccount of that role again;"
                                + " if the role does not exist, remove the annotation")));
    }

    /**
     * Requires that a role to adopt is the one that the ServiceAccount is annotated with. A role of the same path and name in
     * the operator's account may be another.
     *
     * @throws FailureException if it is not
     */
    public static void requireSameExternalRole(PreviousStatus previous, String arn) {
        previous.externalRole()
                .filter(known -> previous.roleArn().isEmpty() && !known.equals(arn))
                .ifPresent(known -> fail(Failure.roleConflict(
                        arn,
                        "is not " + known
                                + ", the role of spec.externalRole that the ServiceAccount is annotated with;"
                                + " a role of another account cannot be adopted; delete this resource and create"
                                + " another")));
    }

    /**
     * Requires that the operator manages no role for a resource that now names one of others. It would be abandoned.
     *
     * @throws FailureException if it manages one
     */
    public static void requireNoRole(PreviousStatus previous, String arn) {
        previous.roleArn()
                .ifPresent(known -> fail(Failure.roleConflict(
                        arn,
                        "cannot replace role " + known
                                + ", which the operator manages for this resource; remove spec.externalRole; to use "
                                + arn
                                + " instead, delete this resource and create it again with spec.externalRole; spec.deletionPolicy: Retain keeps"
                                + " the managed role")));
    }

    /**
     * Requires that the association is one of the configured EKS cluster. For another one, every trust policy would be
     * rewritten, and every association left behind and created again.
     *
     * @throws FailureException if it is not
     */
    public static void requireSameCluster(PreviousStatus previous, ClusterIdentity identity) {
        String cluster = identity.delivery().eksClusterArn().orElse("unknown");
        previous.associations().stream()
                .filter(recorded -> !AssociationState.isInCluster(recorded.arn(), cluster))
                .findFirst()
                .ifPresent(recorded -> fail(Failure.of(
                        Reason.AssociationConflict,
                        "association " + recorded.arn()
                                + " was created for this resource, but the operator's EKS cluster is now " + cluster
                                + "; restore --eks-cluster-name and --region")));
    }

    private static void fail(Failure failure) {
        throw new FailureException(failure);
    }
}
