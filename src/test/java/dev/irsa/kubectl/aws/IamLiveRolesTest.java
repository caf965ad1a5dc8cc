package dev.irsa.kubectl.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.aws.PagedIam;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.kubectl.rolespec.LiveRole.Found;
import dev.irsa.port.CallInterceptor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.Tag;

class IamLiveRolesTest {
    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";

    private final PagedIam iam = new PagedIam();

    @Test
    void readsWantedRolesCompletely() {
        account(detail("cart", "AROA1", POLICY), detail("other", "AROA2", POLICY));
        list(role("cart", "AROA1"), role("other", "AROA2"));

        Found found = read();

        assertThat(found.unreadable()).isEmpty();
        assertThat(found.byName().keySet()).containsExactly("cart");
        LiveRole cart = found.byName().firstEntry().getValue();
        assertThat(cart.role().description()).isEqualTo("A cart");
        assertThat(cart.role().maxSessionSeconds()).isEqualTo(7200);
        assertThat(cart.role().boundary()).contains("arn:boundary");
        assertThat(cart.role().tags()).isEqualTo(Map.of("team", "shop"));
        assertThat(cart.managed()).containsExactly("arn:managed");
        assertThat(cart.inline()).containsOnlyKeys("queue");
        assertThat(cart.inline().firstEntry().getValue().text()).isEqualTo(POLICY);
        assertThat(cart.trust().text()).isEqualTo(POLICY);
    }

    /** The description and the policies of two roles must not become one. */
    @Test
    void leavesOutRoleThatWasCreatedAgainInBetween() {
        account(detail("cart", "AROA1", POLICY));
        list(role("cart", "AROA9"));

        assertThat(read().byName()).isEmpty();
    }

    @Test
    void reportsRoleWithInvalidPolicy() {
        account(detail("cart", "AROA1", "{not json"));
        list(role("cart", "AROA1"));

        Found found = read();

        assertThat(found.byName()).isEmpty();
        assertThat(found.unreadable()).containsExactly("cart");
    }

    @Test
    void listsNoRolesIfNoneIsWanted() {
        account(detail("other", "AROA2", POLICY));

        assertThat(read().byName()).isEmpty();
        assertThat(iam.asked).hasSize(1);
    }

    private Found read() {
        return new IamLiveRoles(iam, CallInterceptor.NONE).roles((name, _) -> name.equals("cart"));
    }

    private void account(RoleDetail... roles) {
        iam.details.put(
                "",
                GetAccountAuthorizationDetailsResponse.builder()
                        .roleDetailList(roles)
                        .isTruncated(false)
                        .build());
    }

    private void list(Role... roles) {
        iam.roles.put("", page -> page.roles(roles).isTruncated(false));
    }

    private static Role role(String name, String id) {
        return Role.builder()
                .roleName(name)
                .roleId(id)
                .description("A cart")
                .maxSessionDuration(7200)
                .build();
    }

    private static RoleDetail detail(String name, String id, String policy) {
        String encoded = URLEncoder.encode(policy, StandardCharsets.UTF_8);
        return RoleDetail.builder()
                .roleName(name)
                .path("/")
                .arn("arn:aws:iam::111122223333:role/" + name)
                .roleId(id)
                .tags(Tag.builder().key("team").value("shop").build())
                .permissionsBoundary(AttachedPermissionsBoundary.builder()
                        .permissionsBoundaryArn("arn:boundary")
                        .build())
                .assumeRolePolicyDocument(encoded)
                .attachedManagedPolicies(
                        AttachedPolicy.builder().policyArn("arn:managed").build())
                .rolePolicyList(PolicyDetail.builder()
                        .policyName("queue")
                        .policyDocument(encoded)
                        .build())
                .build();
    }
}
