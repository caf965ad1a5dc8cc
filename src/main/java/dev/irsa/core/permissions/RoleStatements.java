package dev.irsa.core.permissions;

import static dev.irsa.core.permissions.AwsAction.ATTACH_ROLE_POLICY;
import static dev.irsa.core.permissions.AwsAction.CREATE_ROLE;
import static dev.irsa.core.permissions.AwsAction.DELETE_ROLE;
import static dev.irsa.core.permissions.AwsAction.DELETE_ROLE_POLICY;
import static dev.irsa.core.permissions.AwsAction.DETACH_ROLE_POLICY;
import static dev.irsa.core.permissions.AwsAction.PASS_ROLE;
import static dev.irsa.core.permissions.AwsAction.PUT_ROLE_PERMISSIONS_BOUNDARY;
import static dev.irsa.core.permissions.AwsAction.PUT_ROLE_POLICY;
import static dev.irsa.core.permissions.AwsAction.TAG_ROLE;
import static dev.irsa.core.permissions.AwsAction.UNTAG_ROLE;
import static dev.irsa.core.permissions.AwsAction.UPDATE_ASSUME_ROLE_POLICY;
import static dev.irsa.core.permissions.AwsAction.UPDATE_ROLE;
import static dev.irsa.core.permissions.Statement.onResource;
import static dev.irsa.core.permissions.Statement.requested;

import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.ownership.OwnershipTags;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Builds the statements about roles in the operator's policy. The operator owns the roles that have the tag
 * {@code irsa.dev/cluster} with the name of its cluster. They are under its role path or an adoption path, or are adoption roles.
 *
 * <p>Only the operator creates roles under its role path, so it may set the ownership tag there without affecting roles
 * of others. Elsewhere, it may take ownership of a role only with the consent of an IAM user. The consent is a tag that
 * the operator cannot write there.
 *
 * <p>Source of the condition keys of each action: "Actions, resources, and condition keys for AWS Identity and Access
 * Management" in the Service Authorization Reference.
 */
final class RoleStatements {
    private static final String BOUNDARY = "iam:PermissionsBoundary";
    private static final Set<AwsAction> WRITES = EnumSet.range(CREATE_ROLE, DELETE_ROLE);

    private final PermissionScope scope;
    private final List<String> paths;

    RoleStatements(PermissionScope scope) {
        this.scope = scope;
        this.paths = scope.managedRoles();
    }

    List<Statement> all() {
        List<Statement> all = new ArrayList<>(List.of(create(), tagOnCreation(), tagOwn(), adopt(), changeAndDelete()));
        if (!scope.boundaries().isEmpty() || !scope.attachable().isEmpty()) {
            all.add(attach());
        }
        if (!scope.boundaries().isEmpty()) {
            all.add(grantWithinBoundaries());
        }
        all.add(neverLiftQuarantine());
        if (scope.mayAdoptItself()) {
            all.add(neverTouchItself());
        }
        return all;
    }

    private Statement create() {
        return bounded(ownershipRequested(
                Statement.allow("CreateRolesThatCarryItsTags", CREATE_ROLE).on(scope.roles(scope.rolePath()))));
    }

    /** CreateRole with tags also requires permission for TagRole, while the role has no tags yet. */
    private Statement tagOnCreation() {
        return ownershipRequested(
                        Statement.allow("TagRolesThatItCreates", TAG_ROLE).on(scope.roles(scope.rolePath())))
                .absent(onResource(OwnershipTags.CLUSTER));
    }

    /** The operator cannot transfer a role to another cluster with the ownership tag or with the consent tag. */
    private Statement tagOwn() {
        return own(Statement.allow("TagItsOwnRoles", TAG_ROLE))
                .when("StringEqualsIfExists", requested(OwnershipTags.CLUSTER), scope.cluster())
                .when("StringLikeIfExists", requested(OwnershipTags.ADOPTABLE_BY), anyResource());
    }

    private Statement adopt() {
        return ownershipRequested(
                        Statement.allow("AdoptRolesWhoseTagConsents", TAG_ROLE).on(paths))
                .when("StringLike", onResource(OwnershipTags.ADOPTABLE_BY), anyResource())
                .absent(onResource(OwnershipTags.CLUSTER));
    }

    /** Requires no boundary, because cleanup must work on roles in any state. */
    private Statement changeAndDelete() {
        EnumSet<AwsAction> actions =
                EnumSet.of(UNTAG_ROLE, UPDATE_ROLE, DETACH_ROLE_POLICY, DELETE_ROLE_POLICY, DELETE_ROLE);
        if (scope.boundaries().isEmpty()) {
            actions.add(UPDATE_ASSUME_ROLE_POLICY);
        }
        return own(Statement.allow("ChangeItsOwnRoles", actions.toArray(AwsAction[]::new)));
    }

    private Statement attach() {
        Statement attach = bounded(own(Statement.allow("AttachPoliciesToItsOwnRoles", ATTACH_ROLE_POLICY)));
        return scope.attachable().isEmpty() ? attach : attach.when("ArnLike", "iam:PolicyARN", scope.attachable());
    }

    /**
     * For PutRolePermissionsBoundary, the condition key is the new boundary. For the others, it is the current one. Without it,
     * an attacker with the operator's credentials could let anyone assume an adopted role with all that the role had before.
     * {@link dev.irsa.core.plan.ChangeOrder} sets the boundary before the trust policy.
     */
    private Statement grantWithinBoundaries() {
        return bounded(own(Statement.allow(
                "GrantWithinBoundaries", PUT_ROLE_POLICY, PUT_ROLE_PERMISSIONS_BOUNDARY, UPDATE_ASSUME_ROLE_POLICY)));
    }

    /** No condition key covers the names of inline policies. */
    private Statement neverLiftQuarantine() {
        return Statement.deny("LiftNoQuarantine", EnumSet.of(DETACH_ROLE_POLICY))
                .on("*")
                .when(
                        "ArnLike",
                        "iam:PolicyARN",
                        ProtectedPolicies.patternsOfAws(scope.account().partition()));
    }

    private Statement neverTouchItself() {
        EnumSet<AwsAction> denied = EnumSet.copyOf(WRITES);
        if (scope.makesAssociations()) {
            denied.add(PASS_ROLE);
        }
        return Statement.deny("NeverTouchTheRoleOfTheOperator", denied)
                .on(scope.itself().arn(scope.account()));
    }

    private Statement own(Statement statement) {
        return statement.on(paths).when("StringEquals", onResource(OwnershipTags.CLUSTER), scope.cluster());
    }

    /** Requires one of the boundaries, if there are any. */
    private Statement bounded(Statement statement) {
        return scope.boundaries().isEmpty() ? statement : statement.when("StringEquals", BOUNDARY, scope.boundaries());
    }

    /** The request must contain all ownership tags and must not contain the tag that consents to an adoption. */
    private Statement ownershipRequested(Statement statement) {
        return statement.ownershipRequested(scope.cluster()).absent(requested(OwnershipTags.ADOPTABLE_BY));
    }

    private String anyResource() {
        return scope.cluster() + "/*";
    }
}
