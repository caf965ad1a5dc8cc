package dev.irsa.core.permissions;

import static dev.irsa.core.permissions.AwsAction.CREATE_POD_IDENTITY_ASSOCIATION;
import static dev.irsa.core.permissions.AwsAction.DELETE_POD_IDENTITY_ASSOCIATION;
import static dev.irsa.core.permissions.AwsAction.DESCRIBE_POD_IDENTITY_ASSOCIATION;
import static dev.irsa.core.permissions.AwsAction.EKS_TAG_RESOURCE;
import static dev.irsa.core.permissions.AwsAction.LIST_POD_IDENTITY_ASSOCIATIONS;
import static dev.irsa.core.permissions.AwsAction.PASS_ROLE;
import static dev.irsa.core.permissions.AwsAction.UPDATE_POD_IDENTITY_ASSOCIATION;
import static dev.irsa.core.permissions.Statement.onResource;
import static dev.irsa.core.permissions.Statement.requested;

import dev.irsa.core.ownership.OwnershipTags;
import java.util.List;

/**
 * Builds the statements about EKS Pod Identity associations in the operator's policy. The operator owns the associations
 * of its cluster that have the tag {@code irsa.dev/cluster} with the name of that cluster.
 *
 * <p>Source of the condition keys of each action: "Actions, resources, and condition keys for Amazon Elastic Kubernetes
 * Service" in the Service Authorization Reference.
 */
final class AssociationStatements {
    private final PermissionScope scope;
    private final String clusterArn;
    private final String associations;

    /**
     * Creates the statements.
     *
     * @param scope must have the EKS cluster
     */
    AssociationStatements(PermissionScope scope) {
        this.scope = scope;
        this.clusterArn = scope.clusterArn();
        this.associations = scope.eksCluster().orElseThrow().associations(scope.account());
    }

    List<Statement> all() {
        return List.of(see(), create(), tagOnCreation(), changeAndDelete(), passRole());
    }

    /** The list returns no tags. The operator reads the tags of any association, to learn whether it is its own. */
    private Statement see() {
        return Statement.allow(
                        "SeeEveryAssociationOfItsCluster",
                        LIST_POD_IDENTITY_ASSOCIATIONS,
                        DESCRIBE_POD_IDENTITY_ASSOCIATION)
                .on(List.of(clusterArn, associations));
    }

    private Statement create() {
        return Statement.allow("CreateAssociationsThatCarryItsTags", CREATE_POD_IDENTITY_ASSOCIATION)
                .on(clusterArn)
                .ownershipRequested(scope.cluster());
    }

    /**
     * CreatePodIdentityAssociation with tags also requires permission for TagResource. AWS does not document whether the
     * tags of the request count as tags of the new association, so the condition permits both.
     */
    private Statement tagOnCreation() {
        return Statement.allow("TagAssociationsThatItCreates", EKS_TAG_RESOURCE)
                .on(associations)
                .when("StringEquals", requested(OwnershipTags.CLUSTER), scope.cluster())
                .when("StringEqualsIfExists", onResource(OwnershipTags.CLUSTER), scope.cluster());
    }

    private Statement changeAndDelete() {
        return Statement.allow(
                        "ChangeItsOwnAssociations", UPDATE_POD_IDENTITY_ASSOCIATION, DELETE_POD_IDENTITY_ASSOCIATION)
                .on(associations)
                .when("StringEquals", onResource(OwnershipTags.CLUSTER), scope.cluster());
    }

    /**
     * The tags of a role cannot limit who passes it. Source: "Grant a user permissions to pass a role to an AWS service"
     * of the IAM user guide.
     */
    private Statement passRole() {
        return Statement.allow("PassRolesToPodsOnly", PASS_ROLE)
                .on(scope.managedRoles())
                .when("StringEquals", "iam:PassedToService", "pods.eks.amazonaws.com");
    }
}
