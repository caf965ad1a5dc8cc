package dev.irsa.core.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.entitlement.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What entitlements allow of {@code externalRole}. */
class ExternalRoleEntitlementTest {
    private static final String ROLE = "arn:aws:iam::444455556666:role/";

    private static String external(String arn) {
        return "{externalRole: {arn: '" + arn + "'}}";
    }

    private static boolean allows(String globs, String arn) {
        return Platform.allowing("allow: {externalRoleARNs: [" + globs + "]}").judge(external(arn))
                instanceof EntitlementDecision.Allowed;
    }

    @ParameterizedTest
    @CsvSource({
        "payments/invoices, payments/invoices, true",
        "payments/*, payments/invoices, true",
        "payments/*, payments/deeper/invoices, true",
        "payments/invoice?, payments/invoices, true",
        "payments/*, billing/invoices, false",
        "payments/*, payments, false",
        "payments/invoices, payments/Invoices, false",
        "payments/invoices, payments/invoices-admin, false",
        "*, anything, true"
    })
    void matchesPathAndName(String glob, String role, boolean allowed) {
        assertThat(allows("'" + ROLE + glob + "'", ROLE + role)).isEqualTo(allowed);
    }

    @Test
    void matchesNoOtherAccountOrPartition() {
        assertThat(allows("'" + ROLE + "*'", "arn:aws:iam::999999999999:role/a"))
                .isFalse();
        assertThat(allows("'" + ROLE + "*'", "arn:aws-cn:iam::444455556666:role/a"))
                .isFalse();
    }

    @Test
    void allowsNoneByDefaultAndSaysWhatToAskFor() {
        String everythingElse = "allow: {managedPolicies: ['*'], inlineActions: ['*'],"
                + " tags: [{key: '*', values: ['*']}], roleNames: ['*'], rolePaths: ['/*']}";

        assertThat(Platform.allowing(everythingElse).denial(external(ROLE + "a"), Map.of()))
                .isEqualTo("denied by IamEntitlement team because role " + ROLE + "a is not in allow.externalRoleARNs");
    }

    @Test
    void doesNotAllowTheOperatorToCreateThoseRoles() {
        assertThat(Platform.allowing("allow: {externalRoleARNs: ['arn:aws:iam::111122223333:role/*']}")
                        .denial("{role: {name: a}}", Map.of()))
                .contains("allow.roleNames");
    }

    /** A stale CRD may lack the rule of the schema. */
    @ParameterizedTest
    @ValueSource(
            strings = {"*", "arn:aws:iam::*:role/a", "arn:*:iam::444455556666:role/a", "arn:aws:iam::444455556666:*"})
    void isInvalidWithAWildcardInPartitionOrAccount(String glob) {
        Entitlement entitlement = Platform.entitlement("team", "{allow: {externalRoleARNs: ['" + glob + "']}}");

        assertThat(entitlement.problems()).singleElement().asString().contains(glob, "literally");
        assertThat(allows("'" + glob + "'", ROLE + "a")).isFalse();
    }

    @Test
    void ignoresQuotaBoundaryAndSessionLimit() {
        Platform limited = Platform.allowing("allow: {externalRoleARNs: ['" + ROLE
                + "*']}, limits: {sessionDurationSeconds: 3600}, require: {permissionsBoundaryARN:"
                + " 'arn:aws:iam::111122223333:policy/b'}");

        assertThat(limited.judge(external(ROLE + "a"))).isInstanceOf(EntitlementDecision.Allowed.class);
    }

    @Test
    void limitsTheAudience() {
        assertThat(Platform.allowing("allow: {externalRoleARNs: ['" + ROLE + "*']}")
                        .denial("{externalRole: {arn: '" + ROLE + "a'}, token: {audience: elsewhere}}", Map.of()))
                .contains("token.audience elsewhere is not allowed");
    }
}
