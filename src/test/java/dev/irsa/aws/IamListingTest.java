package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.RoleUse;
import dev.irsa.core.observed.RoleUse.LastUse;
import dev.irsa.fixtures.aws.PagedIam;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.RoleListing.Detail;
import dev.irsa.port.RoleListing.ListedRole;
import dev.irsa.port.RoleListing.Summary;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.Tag;

/** Pages as IAM may send them, and as it should not. */
class IamListingTest {
    private static final String ALLOW =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";

    private final PagedIam iam = new PagedIam();
    private final IamListing listing = new IamListing(iam, CallInterceptor.NONE, 200);
    private final List<Detail> taken = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    private void read(ListedRole role) {
        if (role.tags().containsKey("ours")) {
            role.detail().get().ifPresentOrElse(taken::add, () -> unreadable.add(role.name()));
        }
    }

    private static RoleDetail role(String name) {
        return role(name, role -> role);
    }

    private static RoleDetail role(String name, UnaryOperator<RoleDetail.Builder> change) {
        return change.apply(RoleDetail.builder()
                        .roleName(name)
                        .path("/p/")
                        .arn("arn:" + name)
                        .roleId("AROA" + name)
                        .tags(Tag.builder().key("ours").value("1").build())
                        .assumeRolePolicyDocument(URLEncoder.encode(ALLOW, StandardCharsets.UTF_8)))
                .build();
    }

    private static PolicyDetail inline(String document) {
        return PolicyDetail.builder().policyName("i").policyDocument(document).build();
    }

    private static GetAccountAuthorizationDetailsResponse page(
            @Nullable Boolean truncated, @Nullable String next, RoleDetail... roles) {
        return GetAccountAuthorizationDetailsResponse.builder()
                .roleDetailList(roles)
                .isTruncated(truncated)
                .marker(next)
                .build();
    }

    private List<String> names() {
        return taken.stream().map(Detail::name).toList();
    }

    private void assertNoEnd() {
        assertThatThrownBy(() -> listing.details(this::read))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("iam:GetAccountAuthorizationDetails");
    }

    @Test
    void requestsRolesWithConfiguredPageSize() {
        iam.details.put("", page(false, null, role("a")));
        listing.details(this::read);

        assertThat(iam.asked).containsExactly("details ROLE 200 null");
        iam.roles.put("", page -> page.isTruncated(false));
        listing.summaries("/p/", summary -> {});
        assertThat(iam.asked).contains("list /p/ 200 null");
    }

    @Test
    void followsMarkersInAnyOrder() {
        iam.details.put("", page(true, "m1", role("z")));
        iam.details.put("m1", page(true, "m2"));
        iam.details.put("m2", page(false, null, role("a"), role("m")));

        listing.details(this::read);

        assertThat(names()).containsExactly("z", "a", "m");
    }

    @Test
    void responseWithoutIsTruncatedIsLast() {
        iam.details.put("", page(null, "m1", role("a")));

        listing.details(this::read);

        assertThat(names()).containsExactly("a");
    }

    @Test
    void failsOnRepeatedMarker() {
        iam.details.put("", page(true, "m1", role("a")));
        iam.details.put("m1", page(true, "m1", role("b")));
        assertNoEnd();

        iam.details.put("m1", page(true, "m2", role("b")));
        iam.details.put("m2", page(true, "m1", role("c")));
        assertNoEnd();
    }

    @Test
    void failsOnTruncatedPageWithoutMarker() {
        iam.details.put("", page(true, null, role("a")));

        assertNoEnd();
    }

    @Test
    void failsOnEndlessEmptyPages() {
        iam.endless = true;

        assertNoEnd();
    }

    @Test
    void failsWithFailureOfPage() {
        iam.details.put("", page(true, "m1", role("a")));
        iam.failures.put("m1", Refusal.throttling());
        assertThatThrownBy(() -> listing.details(this::read))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.Passing.class));

        iam.failures.put("m1", Refusal.of("AccessDenied", 403, "no"));
        assertThatThrownBy(() -> listing.details(this::read))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.failure()).isInstanceOf(Failure.AccessDenied.class));
    }

    @Test
    void readsEncodedAndPlainDocuments() {
        iam.details.put(
                "",
                page(
                        false,
                        null,
                        role("a"),
                        role(
                                "b",
                                role -> role.assumeRolePolicyDocument(ALLOW)
                                        .rolePolicyList(inline(ALLOW))
                                        .attachedManagedPolicies(AttachedPolicy.builder()
                                                .policyArn("arn:m")
                                                .build())
                                        .permissionsBoundary(boundary -> boundary.permissionsBoundaryArn("arn:b")))));

        listing.details(this::read);

        assertThat(taken.get(0).trust()).isEqualTo(taken.get(1).trust());
        assertThat(taken.get(1).policies().inline())
                .containsEntry("i", taken.get(0).trust());
        assertThat(taken.get(1).policies().attached()).containsExactly("arn:m");
        assertThat(taken.get(1).boundary()).contains("arn:b");
        assertThat(taken.get(0).boundary()).isEqualTo(Optional.empty());
    }

    @Test
    void unreadableRoleDoesNotHideOthers() {
        iam.details.put(
                "",
                page(
                        false,
                        null,
                        role("trust", role -> role.assumeRolePolicyDocument("%7Bnot")),
                        role("none", role -> role.assumeRolePolicyDocument(null)),
                        role("inline", role -> role.rolePolicyList(inline("[]"))),
                        role("id", role -> role.roleId(null)),
                        role("good")));

        listing.details(this::read);

        assertThat(names()).containsExactly("good");
        assertThat(unreadable).containsExactly("trust", "none", "inline", "id");
    }

    @Test
    void readsWhatNeedsNoDocument() {
        Instant created = Instant.parse("2026-01-01T00:00:00Z");
        Instant used = Instant.parse("2026-11-20T10:00:00Z");
        List<ListedRole> listed = new ArrayList<>();
        iam.details.put(
                "",
                page(
                        false,
                        null,
                        role(
                                "used",
                                role -> role.createDate(created)
                                        .permissionsBoundary(
                                                boundary -> boundary.permissionsBoundaryArn("arn:boundary"))
                                        .roleLastUsed(
                                                use -> use.lastUsedDate(used).region("eu-west-1"))),
                        role("unused", role -> role.createDate(created).roleLastUsed(use -> {})),
                        role("unknown")));

        listing.details(listed::add);

        assertThat(listed)
                .extracting(ListedRole::use)
                .containsExactly(
                        Optional.of(new RoleUse(created, Optional.of(new LastUse(used, "eu-west-1")))),
                        Optional.of(new RoleUse(created, Optional.empty())),
                        Optional.empty());
        assertThat(listed)
                .extracting(ListedRole::boundary)
                .containsExactly(Optional.of("arn:boundary"), Optional.empty(), Optional.empty());
        assertThat(listed.getFirst().arn()).isEqualTo("arn:used");
    }

    @Test
    void doesNotParseDocumentsOfForeignRoles() {
        iam.details.put(
                "",
                page(
                        false,
                        null,
                        role("foreign", role -> role.tags(List.<Tag>of()).assumeRolePolicyDocument("%zz"))));

        listing.details(this::read);

        assertThat(taken).isEmpty();
        assertThat(unreadable).isEmpty();
    }

    @Test
    void missingDescriptionReadsAsEmpty() {
        List<Summary> summaries = new ArrayList<>();
        iam.roles.put(
                "",
                page -> page.isTruncated(true)
                        .marker("m1")
                        .roles(Role.builder()
                                .roleName("a")
                                .roleId("A")
                                .maxSessionDuration(3600)
                                .build()));
        iam.roles.put(
                "m1",
                page -> page.isTruncated(false)
                        .roles(Role.builder()
                                .roleName("b")
                                .roleId("B")
                                .description("d")
                                .maxSessionDuration(7200)
                                .build()));

        listing.summaries("/", summaries::add);

        assertThat(summaries).containsExactly(new Summary("a", "A", "", 3600), new Summary("b", "B", "d", 7200));
    }

    @Test
    void skipsOnlyIncompleteSummary() {
        List<Summary> summaries = new ArrayList<>();
        Role complete = Role.builder()
                .roleName("a")
                .roleId("A")
                .maxSessionDuration(3600)
                .build();
        iam.roles.put(
                "",
                page -> page.isTruncated(false)
                        .roles(
                                complete.toBuilder().maxSessionDuration(null).build(),
                                complete.toBuilder().roleId(null).build(),
                                complete.toBuilder().roleName(null).build(),
                                complete));

        listing.summaries("/", summaries::add);

        assertThat(summaries).containsExactly(new Summary("a", "A", "", 3600));
    }
}
