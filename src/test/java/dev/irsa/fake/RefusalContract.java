package dev.irsa.fake;

import static dev.irsa.fake.IamContract.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What IAM refuses to take. Most of what moto lacks is here. */
interface RefusalContract extends IamContract {

    @Test
    default void refusesRoleNamesItCannotHold() {
        assertRefused("ValidationError", Difference.ACCEPTS_ANY_ROLE_NAME, () -> create("a/b"));
        assertRefused("ValidationError", Difference.ACCEPTS_ANY_ROLE_NAME, () -> create("a".repeat(65)));
        create("b".repeat(64));
    }

    @Test
    default void refusesPathsThatDoNotBeginAndEndWithASlash() {
        assertRefused("ValidationError", Difference.ACCEPTS_ANY_PATH, () -> create("a", r -> r.path("/irsa")));
        assertRefused("ValidationError", Difference.ACCEPTS_ANY_PATH, () -> create("b", r -> r.path("irsa/")));
    }

    @Test
    default void refusesDescriptionsOutsideItsCharactersAndLength() {
        assertRefused(
                "ValidationError",
                Difference.ACCEPTS_ANY_DESCRIPTION,
                () -> create("a", r -> r.description("d".repeat(1001))));
        assertRefused(
                "ValidationError", Difference.ACCEPTS_ANY_DESCRIPTION, () -> create("b", r -> r.description("日")));
    }

    @Test
    default void refusesSessionsOutsideTheirRange() {
        assertRefused(
                "ValidationError", Difference.ACCEPTS_ANY_SESSION, () -> create("a", r -> r.maxSessionDuration(3599)));
        assertRefused(
                "ValidationError",
                Difference.ACCEPTS_ANY_SESSION,
                () -> create("b", r -> r.maxSessionDuration(43_201)));
    }

    @Test
    default void refusesTrustPoliciesThatAreNone() {
        assertRefused(
                "MalformedPolicyDocument",
                Difference.ACCEPTS_ANY_TRUST_AT_CREATION,
                () -> create("a", r -> r.assumeRolePolicyDocument("{")));
        create("b");
        assertRefusedTrust("{");
        assertRefusedTrust("{\"Version\":\"2012-10-17\"}");
        assertRefusedTrust(TRUST.replace("\"Version\":\"2012-10-17\",", ""));
        assertRefusedTrust(TRUST.replace("\"Action\"", "\"Resource\":\"*\",\"Action\""));
        assertRefusedTrust(TRUST.replace("sts:AssumeRoleWithWebIdentity", "s3:GetObject"));
    }

    @Test
    default void refusesATrustPolicyWithoutPrincipal() {
        create("a");
        assertRefused(
                "MalformedPolicyDocument",
                Difference.ACCEPTS_A_TRUST_WITHOUT_PRINCIPAL,
                () -> iam().updateAssumeRolePolicy(
                                r -> r.roleName("a")
                                        .policyDocument(
                                                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\"}}")));
    }

    @Test
    default void refusesInlinePoliciesThatAreNone() {
        create("b");
        assertRefusedInline("nonsense");
        assertRefusedInline("{\"Version\":\"2012-10-17\"}");
        assertRefusedInline(INLINE.replace("\"Version\":\"2012-10-17\",", ""));
        assertRefusedInline(INLINE.replace("\"Action\":\"s3:GetObject\",", ""));
        assertRefusedInline(INLINE.replace(",\"Resource\":\"*\"", ""));
        assertRefusedInline(INLINE.replace("s3:GetObject", "GetObject"));
        assertRefusedInline(INLINE.replace("\"Allow\"", "\"Perhaps\""));
    }

    @Test
    default void refusesAPrincipalInAnInlinePolicy() {
        create("b");
        assertRefused(
                "MalformedPolicyDocument",
                Difference.ACCEPTS_A_PRINCIPAL_IN_INLINE_POLICIES,
                () -> put(INLINE.replace("\"Action\"", "\"Principal\":\"*\",\"Action\"")));
    }

    @Test
    default void refusesABoundaryThatDoesNotExist() {
        var absent = "arn:aws:iam::aws:policy/NoSuchBoundary";
        create("b");
        assertRefused(
                "NoSuchEntity",
                Difference.ACCEPTS_ABSENT_BOUNDARIES,
                () -> create("a", r -> r.permissionsBoundary(absent)));
        assertRefused(
                "NoSuchEntity",
                Difference.ACCEPTS_ABSENT_BOUNDARIES,
                () -> iam().putRolePermissionsBoundary(r -> r.roleName("b").permissionsBoundary(absent)));
    }

    @Test
    default void refusesToDeleteABoundaryThatIsNotThere() {
        create("a");
        assertRefused(
                "NoSuchEntity",
                Difference.KEEPS_SILENT_ABOUT_ABSENT_BOUNDARIES,
                () -> iam().deleteRolePermissionsBoundary(r -> r.roleName("a")));
    }

    @Test
    default void refusesTagsItCannotHold() {
        assertRefused("InvalidInput", () -> create("a", r -> r.tags(tag("team", "x"), tag("Team", "y"))));
        assertRefused("ValidationError", () -> create("a", r -> r.tags(tag("k".repeat(129), "x"))));
        assertRefused("ValidationError", () -> create("a", r -> r.tags(tag("k", "v".repeat(257)))));
        assertRefused("ValidationError", () -> create("a", r -> r.tags(tag("k#", "v"))));
        assertRefused(
                "ValidationError",
                () -> create(
                        "a",
                        r -> r.tags(IntStream.range(0, 51)
                                .mapToObj(i -> tag("key" + i, "v"))
                                .toList())));
        assertRefused(
                "InvalidInput", Difference.ACCEPTS_RESERVED_TAGS, () -> create("a", r -> r.tags(tag("aws:x", "y"))));
    }

    @Test
    default void takesATagKeyInAnotherCaseForTheSame() {
        create("a", r -> r.tags(tag("team", "payments")));

        iam().tagRole(r -> r.roleName("a").tags(tag("Team", "billing")));

        assertThat(get("a").tags()).hasSize(differs(Difference.TAG_KEYS_ARE_CASE_SENSITIVE) ? 2 : 1);
    }

    @Test
    default void takesARoleNameInAnotherCaseForTheSame() {
        create("payments");

        assertRefused("EntityAlreadyExists", Difference.NAMES_ARE_CASE_SENSITIVE, () -> create("Payments"));
    }

    @Test
    default void refusesATrustPolicyThatIsTooLong() {
        var padded = TRUST.replace("sts.amazonaws.com", "s".repeat(2048));
        assertRefused(
                "LimitExceeded", Difference.HAS_NO_QUOTAS, () -> create("a", r -> r.assumeRolePolicyDocument(padded)));
    }

    @Test
    default void refusesInlinePoliciesThatAreTooLongTogether() {
        create("b");
        var half = INLINE.replace("\"*\"", "\"arn:aws:s3:::" + "x".repeat(6000) + "\"");
        put(half);
        assertRefused(
                "LimitExceeded",
                Difference.HAS_NO_QUOTAS,
                () -> iam().putRolePolicy(
                                r -> r.roleName("b").policyName("second").policyDocument(half)));
    }

    private void assertRefusedTrust(String document) {
        assertRefused(
                "MalformedPolicyDocument",
                () -> iam().updateAssumeRolePolicy(r -> r.roleName("b").policyDocument(document)));
    }

    private void assertRefusedInline(String document) {
        assertRefused("MalformedPolicyDocument", () -> put(document));
    }

    private void put(String document) {
        iam().putRolePolicy(r -> r.roleName("b").policyName("first").policyDocument(document));
    }
}
