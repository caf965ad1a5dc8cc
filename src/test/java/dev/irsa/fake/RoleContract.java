package dev.irsa.fake;

import static dev.irsa.fake.IamContract.decoded;
import static dev.irsa.fake.IamContract.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Role;

/** A role itself: made, read, changed, tagged, bounded, deleted. */
interface RoleContract extends IamContract {

    @Test
    default void givesARoleBackAsItWasMade() {
        create(
                "payments",
                role -> role.path("/irsa/")
                        .description("Reads invoices")
                        .maxSessionDuration(7200)
                        .permissionsBoundary(POWER)
                        .tags(tag("team", "payments")));

        var role = get("payments");

        assertThat(role.path()).isEqualTo("/irsa/");
        assertThat(role.arn()).endsWith(":role/irsa/payments");
        assertThat(role.roleId()).matches("AROA[A-Z0-9]{17}");
        assertThat(role.createDate()).isNotNull();
        assertThat(role.description()).isEqualTo("Reads invoices");
        assertThat(role.maxSessionDuration()).isEqualTo(7200);
        assertThat(role.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(POWER);
        assertThat(role.tags()).containsExactly(tag("team", "payments"));
        assertThat(decoded(role.assumeRolePolicyDocument())).isEqualTo(TRUST);
    }

    @Test
    default void encodesTheTrustPolicy() {
        var created = create("payments");

        assertThat(created.assumeRolePolicyDocument()).startsWith("%7B%22Version%22%3A");
        assertThat(get("payments").assumeRolePolicyDocument()).startsWith("%7B%22Version%22%3A");
    }

    @Test
    default void givesTheShortestSessionAndTheRootPathToARoleThatAsksForNothing() {
        create("payments");

        assertThat(get("payments").maxSessionDuration()).isEqualTo(3600);
        assertThat(get("payments").path()).isEqualTo("/");
    }

    @Test
    default void knowsNoRoleThatWasNotMade() {
        assertRefused("NoSuchEntity", () -> get("payments"));
        assertRefused("NoSuchEntity", () -> iam().deleteRole(r -> r.roleName("payments")));
        assertRefused("NoSuchEntity", () -> iam().updateRole(r -> r.roleName("payments")));
        assertRefused(
                "NoSuchEntity",
                () -> iam().updateAssumeRolePolicy(r -> r.roleName("payments").policyDocument(TRUST)));
        assertRefused(
                "NoSuchEntity", () -> iam().tagRole(r -> r.roleName("payments").tags(tag("a", "b"))));
        assertRefused(
                "NoSuchEntity",
                () -> iam().untagRole(r -> r.roleName("payments").tagKeys("a")));
        assertRefused(
                "NoSuchEntity",
                () -> iam().putRolePermissionsBoundary(
                                r -> r.roleName("payments").permissionsBoundary(POWER)));
    }

    @Test
    default void refusesASecondRoleOfAName() {
        create("payments");

        var refusal = assertRefused("EntityAlreadyExists", () -> create("payments", r -> r.path("/other/")));

        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(get("payments").path()).isEqualTo("/");
    }

    @Test
    default void givesANewIdToARoleThatIsMadeAgain() {
        var first = create("payments").roleId();
        iam().deleteRole(r -> r.roleName("payments"));

        assertThat(create("payments").roleId()).isNotEqualTo(first);
    }

    @Test
    default void forgetsADeletedRole() {
        create("payments");

        iam().deleteRole(r -> r.roleName("payments"));

        assertRefused("NoSuchEntity", () -> get("payments"));
    }

    @Test
    default void setsDescriptionAndSession() {
        create("payments");

        iam().updateRole(r -> r.roleName("payments").description("new").maxSessionDuration(7200));

        assertThat(get("payments").description()).isEqualTo("new");
        assertThat(get("payments").maxSessionDuration()).isEqualTo(7200);
    }

    @Test
    default void takesTheSessionBackToAnHourWhenAnUpdateDoesNotNameIt() {
        create("payments", r -> r.maxSessionDuration(7200));

        iam().updateRole(r -> r.roleName("payments").description("new"));

        assertThat(get("payments").maxSessionDuration()).isEqualTo(3600);
    }

    @Test
    default void keepsTheDescriptionWhenAnUpdateDoesNotNameIt() {
        create("payments", r -> r.description("Reads invoices"));

        iam().updateRole(r -> r.roleName("payments").maxSessionDuration(7200));

        assertThat(get("payments").description())
                .isEqualTo(differs(Difference.FORGETS_THE_DESCRIPTION) ? null : "Reads invoices");
    }

    @Test
    default void setsTheTrustPolicy() {
        create("payments");

        iam().updateAssumeRolePolicy(r -> r.roleName("payments").policyDocument(OTHER_TRUST));

        assertThat(decoded(get("payments").assumeRolePolicyDocument())).isEqualTo(OTHER_TRUST);
    }

    @Test
    default void addsReplacesAndRemovesTags() {
        create("payments", r -> r.tags(tag("team", "payments"), tag("stage", "test")));

        iam().tagRole(r -> r.roleName("payments").tags(tag("stage", "live"), tag("owner", "")));
        iam().untagRole(r -> r.roleName("payments").tagKeys("team", "unknown"));

        assertThat(get("payments").tags()).containsExactlyInAnyOrder(tag("stage", "live"), tag("owner", ""));
    }

    @Test
    default void listsTagsByPages() {
        create(
                "payments",
                r -> r.tags(
                        IntStream.range(0, 7).mapToObj(i -> tag("key" + i, "v")).toList()));

        var first = iam().listRoleTags(r -> r.roleName("payments").maxItems(4));
        var second = iam().listRoleTags(r -> r.roleName("payments").maxItems(4).marker(first.marker()));

        assertThat(first.tags()).hasSize(4);
        assertThat(first.isTruncated()).isTrue();
        assertThat(second.tags()).hasSize(3).doesNotContainAnyElementsOf(first.tags());
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    default void setsReplacesAndRemovesTheBoundary() {
        create("payments");

        iam().putRolePermissionsBoundary(r -> r.roleName("payments").permissionsBoundary(POWER));
        iam().putRolePermissionsBoundary(r -> r.roleName("payments").permissionsBoundary(READ_ONLY));
        assertThat(get("payments").permissionsBoundary().permissionsBoundaryArn())
                .isEqualTo(READ_ONLY);

        iam().deleteRolePermissionsBoundary(r -> r.roleName("payments"));
        assertThat(get("payments").permissionsBoundary()).isNull();
    }

    @Test
    default void listsRolesUnderAPathByPages() {
        IntStream.range(0, 5).forEach(i -> create("ours-" + i, r -> r.path("/irsa/live/")));
        create("theirs", r -> r.path("/irsa/test/"));

        var first = iam().listRoles(r -> r.pathPrefix("/irsa/live/").maxItems(3));
        var second =
                iam().listRoles(r -> r.pathPrefix("/irsa/live/").maxItems(3).marker(first.marker()));

        assertThat(first.roles()).hasSize(3);
        assertThat(first.isTruncated()).isTrue();
        assertThat(second.roles()).hasSize(2);
        assertThat(second.isTruncated()).isFalse();
        assertThat(iam().listRolesPaginator(r -> r.pathPrefix("/irsa/live/").maxItems(2))
                        .roles())
                .extracting(Role::roleName)
                .containsExactlyInAnyOrder("ours-0", "ours-1", "ours-2", "ours-3", "ours-4");
    }

    @Test
    default void listsDescriptionAndSessionButNeitherTagsNorBoundary() {
        create(
                "payments",
                r -> r.description("Reads invoices")
                        .maxSessionDuration(7200)
                        .tags(tag("team", "payments"))
                        .permissionsBoundary(POWER));

        var listed = iam().listRoles().roles().getFirst();

        assertThat(listed.description()).isEqualTo("Reads invoices");
        assertThat(listed.maxSessionDuration()).isEqualTo(7200);
        assertThat(listed.hasTags()).isFalse();
        assertThat(listed.permissionsBoundary()).isNull();
    }
}
