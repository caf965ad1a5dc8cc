package dev.irsa.fake;

import static dev.irsa.fake.IamContract.decoded;
import static dev.irsa.fake.IamContract.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.PolicyDetail;

/** The policies of a role, and the bulk view over all roles with theirs. */
interface PolicyContract extends IamContract {
    String ROLE = "invoices";

    @BeforeEach
    default void makeTheRole() {
        create(ROLE);
    }

    @Test
    default void attachesAndDetaches() {
        attach(READ_ONLY);
        attach(POWER);
        attach(POWER);

        assertThat(attached()).containsExactlyInAnyOrder(READ_ONLY, POWER);

        iam().detachRolePolicy(r -> r.roleName(ROLE).policyArn(POWER));
        assertThat(attached()).containsExactly(READ_ONLY);
    }

    @Test
    default void namesAnAttachedPolicyByTheEndOfItsArn() {
        attach("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");

        assertThat(iam().listAttachedRolePolicies(r -> r.roleName(ROLE)).attachedPolicies())
                .extracting(AttachedPolicy::policyName)
                .containsExactly("AWSLambdaBasicExecutionRole");
    }

    @Test
    default void listsAttachedPoliciesByPages() {
        attach(READ_ONLY);
        attach(POWER);

        var full = iam().listAttachedRolePolicies(r -> r.roleName(ROLE).maxItems(2));
        var first = iam().listAttachedRolePolicies(r -> r.roleName(ROLE).maxItems(1));
        var second =
                iam().listAttachedRolePolicies(r -> r.roleName(ROLE).maxItems(1).marker(first.marker()));

        assertThat(full.isTruncated()).isEqualTo(differs(Difference.SHOWS_AN_EMPTY_LAST_PAGE));
        assertThat(first.isTruncated()).isTrue();
        assertThat(second.attachedPolicies()).hasSize(1).doesNotContainAnyElementsOf(first.attachedPolicies());
    }

    @Test
    default void attachesNoPolicyThatDoesNotExist() {
        var absent = "arn:aws:iam::aws:policy/NoSuchPolicy";

        var refusal = assertRefused("NoSuchEntity", () -> attach(absent));

        assertThat(refusal.awsErrorDetails().errorMessage())
                .isEqualTo("Policy " + absent + " does not exist or is not attachable.");
    }

    @Test
    default void detachesNoPolicyThatIsNotAttached() {
        assertRefused(
                "NoSuchEntity",
                () -> iam().detachRolePolicy(r -> r.roleName(ROLE).policyArn(POWER)));
    }

    @Test
    default void putsReplacesAndDeletesInlinePolicies() {
        var other = INLINE.replace("GetObject", "PutObject");
        put("read", INLINE);
        put("write", INLINE);
        put("write", other);

        assertThat(iam().listRolePolicies(r -> r.roleName(ROLE)).policyNames())
                .containsExactlyInAnyOrder("read", "write");
        assertThat(decoded(iam().getRolePolicy(r -> r.roleName(ROLE).policyName("write"))
                        .policyDocument()))
                .isEqualTo(other);

        iam().deleteRolePolicy(r -> r.roleName(ROLE).policyName("read"));
        assertThat(iam().listRolePolicies(r -> r.roleName(ROLE)).policyNames()).containsExactly("write");
    }

    @Test
    default void listsInlinePoliciesByPages() {
        put("read", INLINE);
        put("write", INLINE);

        var first = iam().listRolePolicies(r -> r.roleName(ROLE).maxItems(1));

        var onePage = differs(Difference.LISTS_INLINE_POLICIES_ON_ONE_PAGE);
        assertThat(first.policyNames()).hasSize(onePage ? 2 : 1);
        assertThat(first.isTruncated()).isEqualTo(!onePage);
    }

    @Test
    default void knowsNoInlinePolicyThatWasNotPut() {
        assertRefused(
                "NoSuchEntity", () -> iam().getRolePolicy(r -> r.roleName(ROLE).policyName("read")));
        assertRefused(
                "NoSuchEntity",
                () -> iam().deleteRolePolicy(r -> r.roleName(ROLE).policyName("read")));
    }

    @Test
    default void putsNoPolicyOnARoleThatWasNotMade() {
        assertRefused(
                "NoSuchEntity",
                () -> iam().attachRolePolicy(r -> r.roleName("absent").policyArn(POWER)));
        assertRefused(
                "NoSuchEntity",
                () -> iam().detachRolePolicy(r -> r.roleName("absent").policyArn(POWER)));
        assertRefused(
                "NoSuchEntity",
                () -> iam().putRolePolicy(
                                r -> r.roleName("absent").policyName("read").policyDocument(INLINE)));
        assertRefused(
                "NoSuchEntity",
                () -> iam().deleteRolePolicy(r -> r.roleName("absent").policyName("read")));
        assertRefused("NoSuchEntity", () -> iam().listRolePolicies(r -> r.roleName("absent")));
        assertRefused("NoSuchEntity", () -> iam().listAttachedRolePolicies(r -> r.roleName("absent")));
    }

    @Test
    default void deletesARoleOnlyWithoutPolicies() {
        attach(POWER);
        put("read", INLINE);

        assertRefused("DeleteConflict", () -> iam().deleteRole(r -> r.roleName(ROLE)));
        iam().detachRolePolicy(r -> r.roleName(ROLE).policyArn(POWER));
        assertRefused("DeleteConflict", () -> iam().deleteRole(r -> r.roleName(ROLE)));
        iam().deleteRolePolicy(r -> r.roleName(ROLE).policyName("read"));
        iam().deleteRole(r -> r.roleName(ROLE));

        assertRefused("NoSuchEntity", () -> get(ROLE));
    }

    @Test
    default void tellsAllRolesWithTheirPoliciesAtOnce() {
        attach(POWER);
        put("read", INLINE);
        iam().tagRole(r -> r.roleName(ROLE).tags(tag("team", "payments")));
        iam().putRolePermissionsBoundary(r -> r.roleName(ROLE).permissionsBoundary(READ_ONLY));

        var detail = iam().getAccountAuthorizationDetails(r -> r.filter(EntityType.ROLE))
                .roleDetailList()
                .getFirst();

        assertThat(detail.roleName()).isEqualTo(ROLE);
        assertThat(detail.attachedManagedPolicies())
                .extracting(AttachedPolicy::policyArn)
                .containsExactly(POWER);
        assertThat(detail.rolePolicyList())
                .extracting(PolicyDetail::policyName, policy -> decoded(policy.policyDocument()))
                .containsExactly(tuple("read", INLINE));
        assertThat(detail.tags()).containsExactly(tag("team", "payments"));
        assertThat(detail.permissionsBoundary().permissionsBoundaryArn()).isEqualTo(READ_ONLY);
        assertThat(detail.assumeRolePolicyDocument().equals(TRUST))
                .isEqualTo(differs(Difference.DETAILS_WITH_PLAIN_TRUST));
        assertThat(decoded(detail.assumeRolePolicyDocument())).isEqualTo(TRUST);
    }

    @Test
    default void tellsAllRolesByPages() {
        create("other");

        var first = iam().getAccountAuthorizationDetails(
                        r -> r.filter(EntityType.ROLE).maxItems(1));

        var onePage = differs(Difference.DETAILS_ON_ONE_PAGE);
        assertThat(first.roleDetailList()).hasSize(onePage ? 2 : 1);
        assertThat(first.isTruncated()).isEqualTo(!onePage);
        assertThat(iam().getAccountAuthorizationDetailsPaginator(
                                r -> r.filter(EntityType.ROLE).maxItems(1))
                        .roleDetailList())
                .hasSize(2);
    }

    private void attach(String arn) {
        iam().attachRolePolicy(r -> r.roleName(ROLE).policyArn(arn));
    }

    private void put(String name, String document) {
        iam().putRolePolicy(r -> r.roleName(ROLE).policyName(name).policyDocument(document));
    }

    private List<String> attached() {
        return iam().listAttachedRolePolicies(r -> r.roleName(ROLE)).attachedPolicies().stream()
                .map(AttachedPolicy::policyArn)
                .toList();
    }
}
