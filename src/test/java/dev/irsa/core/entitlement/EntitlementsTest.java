package dev.irsa.core.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.entitlement.Platform;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decides requests with one entitlement, and checks the messages of denials. */
class EntitlementsTest {
    private static final String POLICY = "arn:aws:iam::111122223333:policy/";

    private static String expand(String text) {
        return text.replace("POLICY", POLICY)
                .replaceAll(
                        "DOC\\((.*?)\\)",
                        "{policies: {inline: [{name: doc, document: {Version: '2012-10-17', " + "Statement: [$1]}}]}}")
                .replace("ALLOW", "Effect: Allow, Resource: '*'");
    }

    @ParameterizedTest(name = "{0} allows {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "customRoleNames: false | {}",
                "managedPolicies: [A] | {policies: {managed: [A]}}",
                "managedPolicies: [A] | {policies: {managed: ['arn:aws:iam::aws:policy/A']}}",
                "managedPolicies: ['arn:aws:iam::aws:policy/A'] | {policies: {managed: [A]}}",
                "managedPolicies: ['service-role/*'] | {policies: {managed: [service-role/AWSLambdaRole]}}",
                "managedPolicies: ['*'] | {policies: {managed: [job-function/Billing, A]}}",
                "managedPolicies: [Amazon??ReadOnly] | {policies: {managed: [AmazonS3ReadOnly]}}",
                "managedPolicies: ['POLICYpay/*', B] | {policies: {managed: ['POLICYpay/a/b', B]}}",
                "inlineActions: ['s3:Get*'] | DOC({ALLOW, Action: ['S3:getObject', 's3:get*']})",
                "inlineActions: ['s3:Get*', 's3:List*'] | DOC({ALLOW, Action: 's3:List*'}, {ALLOW, Action: 's3:Get?'})",
                "inlineActions: [] | DOC({Effect: Deny, NotAction: 's3:*', Resource: '*'})",
                "inlineActions: ['*'] | DOC({ALLOW, NotAction: 'iam:*'})",
                "inlineActions: ['*'] | DOC({ALLOW, Action: '*'})",
                "tags: [{key: team, values: [pay]}] | {role: {tags: {team: pay}}}",
                "tags: [{key: team, values: [pay]}] | {role: {tags: {TEAM: pay}}}",
                "tags: [{key: TEAM, values: [x, 'pay-*']}] | {role: {tags: {team: pay-2}}}",
                "tags: [{key: 'app/*', values: ['*']}] | {role: {tags: {App/a: '', app/b: B}}}",
                "customRoleNames: true | {role: {name: mine, path: /irsa/prod/pay/}}",
                "customRoleNames: false | {role: {name: prod_payments_invoices, path: /irsa/prod/}}",
                "customRoleNames: true, roleNamePrefix: pay- | {role: {name: pay-invoices}}",
                "customRoleNames: true, roleNamePrefix: pay- | {role: {path: /irsa/prod/pay/}}",
                "roleNamePrefix: pay- | {}",
                "maxSessionDurationSeconds: 7200 | {role: {maxSessionDurationSeconds: 7200}}",
                "maxSessionDurationSeconds: 3600 | {}",
                "customRoleNames: false | {role: {maxSessionDurationSeconds: 43200}}",
                "permissionsBoundaryArn: 'POLICYb' | {role: {permissionsBoundaryArn: 'POLICYb'}}",
                "customRoleNames: false | {role: {permissionsBoundaryArn: 'POLICYb'}}",
                "customRoleNames: false | {token: {audience: vault.example.com}}",
            })
    void allowsListedRequests(String entitlement, String spec) {
        assertThat(Platform.allowing(expand(entitlement)).judge(expand(spec)))
                .isInstanceOfSatisfying(
                        EntitlementDecision.Allowed.class,
                        allowed -> assertThat(allowed.by()).isEqualTo("team"));
    }

    @ParameterizedTest(name = "{0} denies {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "managedPolicies: [A] | {policies: {managed: [B]}} |"
                        + " managed policy arn:aws:iam::aws:policy/B is not in managedPolicies",
                "managedPolicies: [A] | {policies: {managed: [a]}} | is not in managedPolicies",
                "managedPolicies: [A] | {policies: {managed: [AA]}} | is not in managedPolicies",
                "managedPolicies: ['*'] | {policies: {managed: ['POLICYa']}} | managed policy POLICYa is not in managedPolicies",
                "managedPolicies: ['*'] | {policies: {managed: ['arn:aws-cn:iam::aws:policy/A']}} |"
                        + " managed policy arn:aws-cn:iam::aws:policy/A is not in managedPolicies",
                "managedPolicies: ['POLICYpay/*'] | {policies: {managed: ['POLICYpay']}} | managed policy POLICYpay is not in managedPolicies",
                "managedPolicies: ['POLICYpay/*'] | {policies: {managed: ['arn:aws:iam::999988887777:policy/pay/a']}} |"
                        + " managed policy arn:aws:iam::999988887777:policy/pay/a is not in managedPolicies",
                "inlineActions: ['s3:Get*'] | DOC({ALLOW, Action: 's3:*'}) |"
                        + " in inline policy doc, Statement[0].Action \"s3:*\" is not covered by inlineActions",
                "inlineActions: ['s3:Get*'] | DOC({ALLOW, Action: 's3:GetObject'}, {ALLOW, NotAction: 'iam:*'}) |"
                        + " Statement[1].NotAction allows all actions except the listed ones",
                "inlineActions: [] | DOC({ALLOW, Action: 's3:GetObject'}) | is not covered by inlineActions",
                "inlineActions: ['*'] | DOC({ALLOW, Action: 's*:GetObject'}) | has a wildcard in its service",
                "tags: [{key: team, values: [pay]}] | {role: {tags: {team: Pay}}} | tag team=Pay is not in tags",
                "tags: [{key: team, values: [pay]}] | {role: {tags: {team: pay, stage: live}}} |"
                        + " tag stage=live is not in tags",
                "tags: [] | {role: {tags: {team: pay}}} | tag team=pay is not in tags",
                "tags: [{key: k, values: ['*']}] | {role: {tags: {\u212A: x}}} | tag \u212A=x is not in tags",
                "customRoleNames: false | {role: {name: mine}} | role.name is set but customRoleNames is false",
                "customRoleNames: true, roleNamePrefix: pay- | {role: {name: Pay-invoices}} |"
                        + " role.name is Pay-invoices and roleNamePrefix requires that it begins with pay-",
                "roleNamePrefix: pay- | {role: {name: pay-invoices}} | role.name is set but customRoleNames is false",
                "maxSessionDurationSeconds: 7200 | {role: {maxSessionDurationSeconds: 7201}} |"
                        + " role.maxSessionDurationSeconds is 7201 and maxSessionDurationSeconds allows at most 7200",
                "customRoleNames: false | {role: {path: /irsa/prod/pay/}} |"
                        + " role.path is set but customRoleNames is false",
                "permissionsBoundaryArn: 'POLICYb' | {role: {permissionsBoundaryArn: 'POLICYc'}} |"
                        + " role.permissionsBoundaryArn is POLICYc instead of the required POLICYb; omit",
            })
    void deniesOtherRequestsAndNamesTheField(String entitlement, String spec, String words) {
        assertThat(Platform.allowing(expand(entitlement)).denial(expand(spec), Map.of()))
                .startsWith("denied by IamEntitlement team because ")
                .contains(expand(words));
    }

    @Test
    void reportsAllObjections() {
        assertThat(Platform.allowing("managedPolicies: [A]")
                        .denial("{policies: {managed: [A, B, C]}, role: {name: mine}}", Map.of()))
                .isEqualTo(
                        "denied by IamEntitlement team because managed policy arn:aws:iam::aws:policy/B is not in managedPolicies,"
                                + " and managed policy arn:aws:iam::aws:policy/C is not in managedPolicies,"
                                + " and role.name is set but customRoleNames is false");
    }

    @Test
    void deniesAudienceThatTheOperatorDoesNotAccept() {
        assertThat(Platform.allowing("managedPolicies: ['*']").denial("{token: {audience: other}}", Map.of()))
                .isEqualTo(
                        "token.audience other is not allowed in this cluster; use sts.amazonaws.com or vault.example.com,"
                                + " or ask a platform engineer to add it to --audiences");
    }

    @Test
    void setsItsBoundaryIfRequestHasNone() {
        assertThat(Platform.allowing("permissionsBoundaryArn: '" + POLICY + "b'")
                        .judge("{}"))
                .isEqualTo(new EntitlementDecision.Allowed("team", Optional.of(POLICY + "b")));
    }

    @Test
    void deniesRolesOverTheQuota() {
        Platform five = Platform.allowing("maxRolesPerNamespace: 5");

        assertThat(five.judge("{}", Map.of(), 4)).isInstanceOf(EntitlementDecision.Allowed.class);
        assertThat(five.judge("{}", Map.of(), 5))
                .isEqualTo(
                        new EntitlementDecision.Denied("denied by IamEntitlement team because the namespace has reached"
                                + " maxRolesPerNamespace (5); delete a resource that is not needed"));
    }

    @Test
    void keepsAllocatedRoleIfQuotaShrinks() {
        assertThat(Platform.allowing("maxRolesPerNamespace: 0").judge("{}", Map.of(), -1))
                .isInstanceOf(EntitlementDecision.Allowed.class);
    }

    @Test
    void deniesEverythingIfEntitlementIsInvalid() {
        Platform foreign = Platform.allowing("permissionsBoundaryArn: 'arn:aws:iam::999988887777:policy/b'");

        assertThat(foreign.denial("{}", Map.of()))
                .startsWith("denied by IamEntitlement team because it is invalid: permissionsBoundaryArn"
                        + " arn:aws:iam::999988887777:policy/b is not in the account of the roles")
                .endsWith("(111122223333, partition aws); choose a policy of that account");
        assertThat(Platform.allowing("inlineActions: ['s3:Get*', 's*:Get']").denial("{}", Map.of()))
                .contains("it is invalid: inlineActions[1] \"s*:Get\" has a wildcard in its service");
    }
}
