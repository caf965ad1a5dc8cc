package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.ownership.UserTags;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RoleChangeTest {
    private static final PolicyDocument OLD = PolicyDocument.parse("{\"Id\":\"old\"}");
    private static final PolicyDocument NEW = PolicyDocument.parse("{\"Id\":\"new\"}");

    /** Change, description before it is made, description afterwards. */
    static final List<Object[]> CHANGES = List.of(
            row(
                    new RoleChange.CreateRole(SampleRole.desired()),
                    "create role " + SampleRoles.ARN,
                    "created role " + SampleRoles.ARN),
            row(
                    new RoleChange.PutRolePermissionsBoundary("r", "arn:b"),
                    "set the permissions boundary of role r to arn:b",
                    "set the permissions boundary of role r to arn:b"),
            row(
                    new RoleChange.UpdateAssumeRolePolicy("r", NEW, Optional.empty()),
                    "set the trust policy of role r to {\"Id\":\"new\"}",
                    "set the trust policy of role r"),
            row(
                    new RoleChange.UpdateAssumeRolePolicy("r", NEW, Optional.of(OLD)),
                    "set the trust policy of role r, whose digest is "
                            + OLD.fingerprint().digest() + ", from {\"Id\":\"old\"} to {\"Id\":\"new\"}",
                    "set the trust policy of role r"),
            row(
                    new RoleChange.UpdateRole("r", "d", 3600),
                    "set the maximum session duration of role r to 3600 s and its description to \"d\"",
                    "set the maximum session duration of role r to 3600 s and its description to \"d\""),
            row(tag("a"), "tag role r with {a=x}", "tagged role r with {a=x}"),
            row(
                    new RoleChange.UntagRole("r", Set.of("a")),
                    "remove the tags [a] from role r",
                    "removed the tags [a] from role r"),
            row(
                    new RoleChange.AttachRolePolicy("r", "arn:p"),
                    "attach policy arn:p to role r",
                    "attached policy arn:p to role r"),
            row(
                    new RoleChange.PutRolePolicy("r", "p", NEW),
                    "put inline policy p into role r",
                    "put inline policy p into role r"),
            row(
                    new RoleChange.DetachRolePolicy("r", "arn:p"),
                    "detach policy arn:p from role r",
                    "detached policy arn:p from role r"),
            row(
                    new RoleChange.DeleteRolePolicy("r", "p"),
                    "delete inline policy p of role r",
                    "deleted inline policy p of role r"),
            row(new RoleChange.DeleteRole("r"), "delete role r", "deleted role r"));

    @ParameterizedTest
    @FieldSource("CHANGES")
    void describesChangeBeforeAndAfterItIsMade(RoleChange change, String before, String after) {
        assertThat(change.describe()).isEqualTo(before);
        assertThat(change.describeDone()).isEqualTo(after);
    }

    @Test
    void returnsNameOfRoleToCreate() {
        assertThat(new RoleChange.CreateRole(SampleRole.desired()).roleName()).isEqualTo(SampleRoles.IDENTITY.name());
    }

    @Test
    void distinguishesAddedFromRemovedPolicies() {
        RoleChange attach = new RoleChange.AttachRolePolicy("r", "arn:p");
        RoleChange put = new RoleChange.PutRolePolicy("r", "p", NEW);
        RoleChange detach = new RoleChange.DetachRolePolicy("r", "arn:p");
        RoleChange delete = new RoleChange.DeleteRolePolicy("r", "p");
        RoleChange deleteRole = new RoleChange.DeleteRole("r");

        assertThat(List.of(attach, put, detach, delete, deleteRole).stream().filter(RoleChange::addsPolicy))
                .containsExactly(attach, put);
        assertThat(List.of(attach, put, detach, delete, deleteRole).stream().filter(RoleChange::removesPolicy))
                .containsExactly(detach, delete);
    }

    @Test
    void claimsRoleWithClusterId() {
        assertThat(tag(OwnershipTags.CLUSTER_ID).claims()).isTrue();
        assertThat(tag(OwnershipTags.CLUSTER, OwnershipTags.RESOURCE, "team").claims())
                .isFalse();
    }

    @Test
    void adoptsRoleThatItClaimsAndMarksAsAdopted() {
        assertThat(tag(OwnershipTags.CLUSTER_ID, OwnershipTags.ADOPTED).adopts())
                .isTrue();
        assertThat(tag(OwnershipTags.CLUSTER_ID).adopts()).isFalse();
        assertThat(tag(OwnershipTags.ADOPTED).adopts()).isFalse();
    }

    @Test
    void grantsTagsOfUsersButNotOfTheOperator() {
        assertThat(tag(OwnershipTags.CLUSTER_ID, "team").grantsUserTags(SampleRole.desired()))
                .isTrue();
        assertThat(tag(OwnershipTags.CLUSTER_ID, UserTags.KEY).grantsUserTags(SampleRole.desired()))
                .isFalse();
    }

    private static TagRole tag(String... keys) {
        TreeMap<String, String> tags = new TreeMap<>();
        for (String key : keys) {
            tags.put(key, "x");
        }
        return new TagRole("r", tags);
    }

    private static Object[] row(RoleChange change, String before, String after) {
        return new Object[] {change, before, after};
    }
}
