package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.core.plan.RoleChange.AttachRolePolicy;
import dev.irsa.core.plan.RoleChange.DeleteRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.DetachRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangeOrderTest {
    private static final Change CLAIM = new TagRole("r", new TreeMap<>(Map.of(OwnershipTags.CLUSTER_ID, "id")));
    private static final Change BOUNDARY = new PutRolePermissionsBoundary("r", "arn:b");
    private static final Change UPDATE = new UpdateRole("r", "d", 3600);
    private static final Change UNTAG = new UntagRole("r", Set.of("team"));
    private static final Change TAG = new TagRole("r", new TreeMap<>(Map.of("team", "a")));
    private static final Change ATTACH = new AttachRolePolicy("r", "arn:p");
    private static final Change DETACH = new DetachRolePolicy("r", "arn:q");
    private static final Change DELETE_INLINE = new DeleteRolePolicy("r", "q");
    private static final Change DELETE = new DeleteRole("r");
    private static final Change SERVICE_ACCOUNT = new CreateServiceAccount("s", new TreeMap<>());

    @Test
    void grantsBeforeItRevokes() {
        assertThat(ChangeOrder.GRANT_FIRST.sort(
                        List.of(SERVICE_ACCOUNT, DELETE, DETACH, ATTACH, TAG, UNTAG, UPDATE, BOUNDARY, CLAIM)))
                .containsExactly(CLAIM, BOUNDARY, UPDATE, UNTAG, TAG, ATTACH, DETACH, DELETE, SERVICE_ACCOUNT);
    }

    @Test
    void revokesBeforeANewBoundaryOrUserTag() {
        assertThat(ChangeOrder.REVOKE_FIRST.sort(List.of(SERVICE_ACCOUNT, BOUNDARY, TAG, ATTACH, UNTAG, DETACH, CLAIM)))
                .containsExactly(CLAIM, DETACH, UNTAG, BOUNDARY, TAG, ATTACH, SERVICE_ACCOUNT);
    }

    @Test
    void freesQuotaFirstAndKeepsTheRestInOrder() {
        assertThat(ChangeOrder.FREE_QUOTA_FIRST.sort(List.of(ATTACH, TAG, DETACH, SERVICE_ACCOUNT, DELETE_INLINE)))
                .containsExactly(DETACH, DELETE_INLINE, ATTACH, TAG, SERVICE_ACCOUNT);
    }
}
