package dev.irsa.core.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.entitlement.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntitlementTest {
    private static final String POLICY = "arn:aws:iam::111122223333:policy/";

    private static Entitlement entitlement(String spec) {
        return Platform.entitlement("team", spec);
    }

    @Test
    void hasNameAndNoProblems() {
        assertThat(entitlement("{}").name()).isEqualTo("team");
        assertThat(entitlement("{require: {permissionsBoundaryARN: '" + POLICY
                                + "b'}, allow: {inlineActions: ['s3:*']}}")
                        .problems())
                .isEmpty();
    }

    @Test
    void acceptsBoundariesOfAwsAndOfItsAccountOnly() {
        assertThat(entitlement("{require: {permissionsBoundaryARN: 'arn:aws:iam::aws:policy/PowerUserAccess'}}")
                        .problems())
                .isEmpty();
        assertThat(entitlement("{require: {permissionsBoundaryARN: 'arn:aws-cn:iam::111122223333:policy/b'}}")
                        .problems())
                .containsExactly("require.permissionsBoundaryARN arn:aws-cn:iam::111122223333:policy/b is not in the"
                        + " account of the roles (111122223333, partition aws); choose a policy of that account");
    }

    @Test
    void allowsNothingIfItIsInvalid() {
        Entitlement invalid = entitlement("{allow: {inlineActions: ['s*:Get', 's3:*'], managedPolicies: ['*']}}");

        assertThat(invalid.problems()).singleElement().asString().startsWith("allow.inlineActions[0] \"s*:Get\" ");
        assertThat(invalid.objections(Platform.request("{}"), Platform.UNLABELED))
                .containsExactly("it is invalid: " + invalid.problems().getFirst());
    }

    @Test
    void allowsThatARoleOutlivesItsResourceOnlyIfItListsRetain() {
        EntitlementRequest plain = Platform.request("{deletionPolicy: Retain}");
        EntitlementRequest retained = plain.retaining();

        assertThat(entitlement("{}").objections(plain, Platform.UNLABELED))
                .as("only a deletion asks")
                .isEmpty();
        assertThat(entitlement("{}").objections(retained, Platform.UNLABELED))
                .containsExactly("deletionPolicy is Retain and allow.deletionPolicies does not contain it");
        assertThat(entitlement("{allow: {deletionPolicies: [Delete]}}").objections(retained, Platform.UNLABELED))
                .hasSize(1);
        assertThat(entitlement("{allow: {deletionPolicies: [Retain]}}").objections(retained, Platform.UNLABELED))
                .isEmpty();
    }

    @Test
    void selectsNamespaceByLabels() {
        Entitlement selecting = entitlement("{namespaceSelector: {matchLabels: {team: pay}}}");

        assertThat(selecting.selects(new RequestingNamespace("a", Map.of("team", "pay", "x", "y"))))
                .isTrue();
        assertThat(selecting.selects(new RequestingNamespace("a", Map.of()))).isFalse();
    }

    @Test
    void returnsLabelsThatSuffice() {
        assertThat(entitlement("{namespaceSelector: {matchLabels: {team: pay}}}")
                        .selectingLabels())
                .contains(Map.of("team", "pay"));
        assertThat(entitlement("{}").selectingLabels()).isEmpty();
        assertThat(entitlement("{namespaceSelector: {matchLabels: {team: pay},"
                                + " matchExpressions: [{key: x, operator: Exists}]}}")
                        .selectingLabels())
                .isEmpty();
    }

    @Test
    void requiresItsBoundary() {
        Entitlement bounded = entitlement("{require: {permissionsBoundaryARN: '" + POLICY + "b'}}");

        assertThat(bounded.requirements(Platform.UNLABELED).boundary()).contains(POLICY + "b");
        assertThat(bounded.objections(Platform.request("{}"), Platform.UNLABELED))
                .isEmpty();
        assertThat(bounded.objections(
                        Platform.request("{role: {permissionsBoundaryARN: '" + POLICY + "b'}}"), Platform.UNLABELED))
                .isEmpty();
        assertThat(bounded.objections(
                        Platform.request("{role: {permissionsBoundaryARN: '" + POLICY + "c'}}"), Platform.UNLABELED))
                .containsExactly(
                        "role.permissionsBoundaryARN is " + POLICY + "c instead of the required " + POLICY + "b");
    }

    @Test
    void acceptsAnyBoundaryIfItRequiresNone() {
        assertThat(entitlement("{}").requirements(Platform.UNLABELED).boundary())
                .isEmpty();
        assertThat(entitlement("{}")
                        .objections(
                                Platform.request("{role: {permissionsBoundaryARN: '" + POLICY + "c'}}"),
                                Platform.UNLABELED))
                .isEmpty();
    }

    @Test
    void reportsEveryInlinePolicyWithAllItsExcess() {
        String document = "{Version: '2012-10-17', Statement: {Effect: Allow, Resource: '*', Action: [%s]}}";

        assertThat(entitlement("{allow: {inlineActions: ['s3:Get*']}}")
                        .objections(
                                Platform.request("{policies: {inline: [{name: a, document: "
                                        + document.formatted("'s3:GetObject'") + "}, {name: b, document: "
                                        + document.formatted("'s3:PutObject', 'ec2:RunInstances'") + "}]}}"),
                                Platform.UNLABELED))
                .containsExactly("in inline policy b, Statement.Action[0] \"s3:PutObject\" is not covered by"
                        + " allow.inlineActions, and Statement.Action[1] \"ec2:RunInstances\" is not covered by"
                        + " allow.inlineActions");
    }

    @Test
    void allowsOneServiceAccountForEachRoleByDefault() {
        String three = "{serviceAccounts: [{name: invoices}, {name: worker}, {name: exporter}]}";
        assertThat(entitlement("{}").objections(Platform.request("{}"), Platform.UNLABELED))
                .isEmpty();
        assertThat(entitlement("{}").objections(Platform.request(three), Platform.UNLABELED))
                .containsExactly("the role would have 3 ServiceAccounts and limits.serviceAccountsPerRole allows 1");
        assertThat(entitlement("{limits: {serviceAccountsPerRole: 2}}")
                        .objections(Platform.request(three), Platform.UNLABELED))
                .hasSize(1);
        assertThat(entitlement("{limits: {serviceAccountsPerRole: 3}}")
                        .objections(Platform.request(three), Platform.UNLABELED))
                .isEmpty();
    }

    @Test
    void limitsRolesPerNamespaceOnlyIfItHasQuota() {
        Entitlement two = entitlement("{limits: {rolesPerNamespace: 2}}");

        assertThat(two.maxRoles()).contains(2);
        assertThat(two.quotaObjections(1)).isEmpty();
        assertThat(two.quotaObjections(2))
                .containsExactly(
                        "the namespace has reached limits.rolesPerNamespace (2); delete a resource that is not needed");
        assertThat(entitlement("{}").maxRoles()).isEmpty();
        assertThat(entitlement("{}").quotaObjections(1_000)).isEmpty();
    }
}
