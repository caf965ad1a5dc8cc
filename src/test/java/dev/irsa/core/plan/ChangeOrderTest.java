package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.RequiredPolicies;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.DeleteRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.core.plan.RoleChange.PutRolePolicy;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeOrderTest {
    private static final Change CLAIM = new TagRole("r", new TreeMap<>(Map.of(OwnershipTags.CLUSTER_ID, "id")));
    private static final Change BOUNDARY = new PutRolePermissionsBoundary("r", "arn:b");
    private static final Change UPDATE = new UpdateRole("r", "d", 3600);
    private static final Change UNTAG = new UntagRole("r", Set.of("team"));
    private static final Change TAG = new TagRole("r", new TreeMap<>(Map.of("team", "a")));
    private static final Change ATTACH = new AttachRolePolicy("r", "arn:p");
    private static final Change DETACH = new DetachRolePolicy("r", "arn:q");
    private static final Change PUT = new PutRolePolicy("r", "p", SampleRoles.ALLOW);
    private static final Change DELETE_INLINE = new DeleteRolePolicy("r", "q");
    private static final Change RENAMED = new DeleteRolePolicy("r", "P");
    private static final Change DELETE_DENY = new DeleteRolePolicy("r", "guard", true);
    private static final Change DELETE = new DeleteRole("r");
    private static final Change SERVICE_ACCOUNT = new CreateServiceAccount("s", new TreeMap<>());

    @Test
    void grantsBeforeItRevokes() {
        assertThat(ChangeOrder.GRANT_FIRST.sort(
                        List.of(SERVICE_ACCOUNT, DELETE, DETACH, ATTACH, TAG, UNTAG, UPDATE, BOUNDARY, CLAIM),
                        RequiredPolicies.NONE))
                .containsExactly(CLAIM, BOUNDARY, UPDATE, UNTAG, TAG, ATTACH, DETACH, DELETE, SERVICE_ACCOUNT);
    }

    @Test
    void revokesBeforeANewBoundaryOrUserTag() {
        assertThat(ChangeOrder.REVOKE_FIRST.sort(
                        List.of(SERVICE_ACCOUNT, BOUNDARY, TAG, ATTACH, UNTAG, DETACH, CLAIM), RequiredPolicies.NONE))
                .containsExactly(CLAIM, DETACH, UNTAG, BOUNDARY, TAG, ATTACH, SERVICE_ACCOUNT);
    }

    @Test
    void freesQuotaFirst() {
        assertThat(ChangeOrder.FREE_QUOTA_FIRST.sort(
                        List.of(ATTACH, TAG, DETACH, SERVICE_ACCOUNT, DELETE_INLINE), RequiredPolicies.NONE))
                .containsExactly(DETACH, DELETE_INLINE, TAG, ATTACH, SERVICE_ACCOUNT);
    }

    /** Until then, it limits what the role has. */
    @ParameterizedTest
    @EnumSource
    void deletesAPolicyThatOnlyDeniesLast(ChangeOrder order) {
        assertThat(order.sort(
                        List.of(DELETE_DENY, DETACH, ATTACH, PUT, TAG, UNTAG, UPDATE, BOUNDARY, DELETE_INLINE),
                        RequiredPolicies.NONE))
                .endsWith(DELETE_DENY);
    }

    /** IAM may treat both names as one, and the deletion would remove what was written. */
    @ParameterizedTest
    @EnumSource
    void deletesAPolicyBeforeItIsWrittenWithOtherCase(ChangeOrder order) {
        assertThat(order.sort(List.of(PUT, ATTACH, RENAMED), RequiredPolicies.NONE))
                .containsExactly(RENAMED, PUT, ATTACH);
    }

    @Test
    void deletesNoOtherPolicyEarlierForARename() {
        assertThat(ChangeOrder.GRANT_FIRST.sort(List.of(DELETE_INLINE, RENAMED, PUT, TAG), RequiredPolicies.NONE))
                .containsExactly(TAG, RENAMED, PUT, DELETE_INLINE);
    }

    @Test
    void attachesWhatIsRequiredBeforeItGrantsAndDetachesItLast() {
        RequiredPolicies required =
                new RequiredPolicies("team", new TreeSet<>(Set.of("arn:p")), new TreeSet<>(Set.of("arn:q")));

        assertThat(ChangeOrder.GRANT_FIRST.sort(
                        List.of(DETACH, DELETE_INLINE, TAG, PUT, BOUNDARY, ATTACH, CLAIM), required))
                .containsExactly(CLAIM, ATTACH, BOUNDARY, TAG, PUT, DELETE_INLINE, DETACH);
        assertThat(ChangeOrder.REVOKE_FIRST.sort(
                        List.of(DETACH, DELETE_INLINE, TAG, PUT, UNTAG, BOUNDARY, ATTACH, CLAIM), required))
                .as("what only the earlier entitlement allowed leaves before what it required")
                .containsExactly(CLAIM, DELETE_INLINE, UNTAG, ATTACH, BOUNDARY, TAG, DETACH, PUT);
        assertThat(ChangeOrder.FREE_QUOTA_FIRST.sort(List.of(ATTACH, BOUNDARY, DETACH, PUT, DELETE_INLINE), required))
                .as("the quota is no reason to go without what is required")
                .containsExactly(DELETE_INLINE, ATTACH, BOUNDARY, DETACH, PUT);
    }
}
