package dev.irsa.core.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.entitlement.Platform;
import dev.irsa.fixtures.entitlement.SampleRequirements;
import java.util.Map;
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
                "limits: {} | {}",
                "allow: {managedPolicies: [A]} | {policies: {managed: [A]}}",
                "allow: {managedPolicies: [A]} | {policies: {managed: ['arn:aws:iam::aws:policy/A']}}",
                "allow: {managedPolicies: ['arn:aws:iam::aws:policy/A']} | {policies: {managed: [A]}}",
                "allow: {managedPolicies: ['service-role/*']} | {policies: {managed: [service-role/AWSLambdaRole]}}",
                "allow: {managedPolicies: ['*']} | {policies: {managed: [job-function/Billing, A]}}",
                "allow: {managedPolicies: [Amazon??ReadOnly]} | {policies: {managed: [AmazonS3ReadOnly]}}",
                "allow: {managedPolicies: ['POLICYpay/*', B]} | {policies: {managed: ['POLICYpay/a/b', B]}}",
                "allow: {inlineActions: ['s3:Get*']} | DOC({ALLOW, Action: ['S3:getObject', 's3:get*']})",
                "allow: {inlineActions: ['s3:Get*', 's3:List*']} | DOC({ALLOW, Action: 's3:List*'}, {ALLOW, Action: 's3:Get?'})",
                "allow: {inlineActions: []} | DOC({Effect: Deny, NotAction: 's3:*', Resource: '*'})",
                "allow: {inlineActions: ['*']} | DOC({ALLOW, NotAction: 'iam:*'})",
                "allow: {inlineActions: ['*']} | DOC({ALLOW, Action: '*'})",
                "allow: {tags: [{key: team, values: [pay]}]} | {role: {tags: {team: pay}}}",
                "allow: {tags: [{key: team, values: [pay]}]} | {role: {tags: {TEAM: pay}}}",
                "allow: {tags: [{key: TEAM, values: [x, 'pay-*']}]} | {role: {tags: {team: pay-2}}}",
                "allow: {tags: [{key: 'app/*', values: ['*']}]} | {role: {tags: {App/a: '', app/b: B}}}",
                "allow: {roleNames: ['*'], rolePaths: ['/*']} | {role: {name: mine, path: /irsa/prod/pay/}}",
                "limits: {} | {role: {name: prod_payments_invoices, path: /irsa/prod/}}",
                "allow: {roleNames: ['pay-*'], rolePaths: ['/*']} | {role: {name: pay-invoices}}",
                "allow: {roleNames: ['pay-*'], rolePaths: ['/*']} | {role: {path: /irsa/prod/pay/}}",
                "allow: {roleNames: [mine, 'pay-?']} | {role: {name: pay-2}}",
                "allow: {roleNames: ['pay-*']} | {}",
                "allow: {roleNames: ['pay-*']} | {role: {name: prod_payments_invoices}}",
                "allow: {rolePaths: [/irsa/prod/pay/]} | {role: {path: /irsa/prod/pay/}}",
                "allow: {rolePaths: [/a/, '/irsa/prod/pay/*']} | {role: {path: /irsa/prod/pay/}}",
                "allow: {rolePaths: ['/irsa/prod/pay/*']} | {role: {path: /irsa/prod/pay/eu/west/}}",
                "allow: {rolePaths: ['/irsa/prod/pay/*']} | {role: {path: /irsa/prod/}}",
                "allow: {roleNames: ['pay-*'], rolePaths: [/irsa/prod/pay/]} |"
                        + " {role: {name: pay-invoices, path: /irsa/prod/pay/}}",
                "allow: {templates: [{name: t, parameters: [{name: bucket, values: ['pay-*']}]}]} |"
                        + " {policies: {templates: [{name: t, parameters: {bucket: pay-1}}]}}",
                "allow: {templates: [{name: t}]} | {policies: {templates: [{name: t}]}}",
                "limits: {sessionDurationSeconds: 7200} | {role: {maxSessionDurationSeconds: 7200}}",
                "limits: {sessionDurationSeconds: 3600} | {}",
                "limits: {} | {role: {maxSessionDurationSeconds: 43200}}",
                "require: {permissionsBoundaryARN: 'POLICYb'} | {role: {permissionsBoundaryARN: 'POLICYb'}}",
                "limits: {} | {role: {permissionsBoundaryARN: 'POLICYb'}}",
                "limits: {} | {token: {audience: vault.example.com}}",
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
                "allow: {managedPolicies: [A]} | {policies: {managed: [B]}} |"
                        + " managed policy arn:aws:iam::aws:policy/B is not in allow.managedPolicies",
                "allow: {managedPolicies: [A]} | {policies: {managed: [a]}} | is not in allow.managedPolicies",
                "allow: {managedPolicies: [A]} | {policies: {managed: [AA]}} | is not in allow.managedPolicies",
                "allow: {managedPolicies: ['*']} | {policies: {managed: ['POLICYa']}} | managed policy POLICYa is not in allow.managedPolicies",
                "allow: {managedPolicies: ['*']} | {policies: {managed: ['arn:aws-cn:iam::aws:policy/A']}} |"
                        + " managed policy arn:aws-cn:iam::aws:policy/A is not in allow.managedPolicies",
                "allow: {managedPolicies: ['POLICYpay/*']} | {policies: {managed: ['POLICYpay']}} | managed policy POLICYpay is not in allow.managedPolicies",
                "allow: {managedPolicies: ['POLICYpay/*']} | {policies: {managed: ['arn:aws:iam::999988887777:policy/pay/a']}} |"
                        + " managed policy arn:aws:iam::999988887777:policy/pay/a is not in allow.managedPolicies",
                "allow: {inlineActions: ['s3:Get*']} | DOC({ALLOW, Action: 's3:*'}) |"
                        + " in inline policy doc, Statement[0].Action \"s3:*\" is not covered by allow.inlineActions",
                "allow: {inlineActions: ['s3:Get*']} | DOC({ALLOW, Action: 's3:GetObject'}, {ALLOW, NotAction: 'iam:*'}) |"
                        + " Statement[1].NotAction allows all actions except the listed ones",
                "allow: {inlineActions: []} | DOC({ALLOW, Action: 's3:GetObject'}) | is not covered by allow.inlineActions",
                "allow: {inlineActions: ['*']} | DOC({ALLOW, Action: 's*:GetObject'}) | has a wildcard in its service",
                "allow: {tags: [{key: team, values: [pay]}]} | {role: {tags: {team: Pay}}} | tag team=Pay is not in allow.tags",
                "allow: {tags: [{key: team, values: [pay]}]} | {role: {tags: {team: pay, stage: live}}} |"
                        + " tag stage=live is not in allow.tags",
                "allow: {tags: []} | {role: {tags: {team: pay}}} | tag team=pay is not in allow.tags",
                "allow: {tags: [{key: k, values: ['*']}]} | {role: {tags: {\u212A: x}}} | tag \u212A=x is not in allow.tags",
                "limits: {} | {role: {name: mine}} | role.name is set and allow.roleNames is empty",
                "allow: {roleNames: ['pay-*'], rolePaths: ['/*']} | {role: {name: Pay-invoices}} |"
                        + " role.name is Pay-invoices, which is not in allow.roleNames",
                "allow: {roleNames: [pay-a, pay-b]} | {role: {name: pay-c}} |"
                        + " role.name is pay-c, which is not in allow.roleNames",
                "allow: {roleNames: ['pay-*']} | {role: {name: x-pay-a}} |"
                        + " role.name is x-pay-a, which is not in allow.roleNames",
                "allow: {rolePaths: ['/*']} | {role: {name: mine}} |"
                        + " role.name is set and allow.roleNames is empty",
                "allow: {roleNames: ['*']} | {role: {path: /irsa/prod/pay/}} |"
                        + " role.path is set and allow.rolePaths is empty",
                "allow: {rolePaths: [/irsa/prod/pay/]} | {role: {path: /irsa/prod/pay/eu/}} |"
                        + " role.path is /irsa/prod/pay/eu/, which is not in allow.rolePaths",
                "allow: {rolePaths: ['/irsa/prod/pay/*']} | {role: {path: /irsa/prod/payroll/}} |"
                        + " role.path is /irsa/prod/payroll/, which is not in allow.rolePaths",
                "allow: {rolePaths: ['/irsa/prod/pay/*']} | {role: {path: /irsa/prod/Pay/}} |"
                        + " role.path is /irsa/prod/Pay/, which is not in allow.rolePaths",
                "allow: {roleNames: ['pay-*'], rolePaths: [/irsa/prod/pay/]} |"
                        + " {role: {name: pay-invoices, path: /irsa/prod/ledger/}} |"
                        + " because role.path is /irsa/prod/ledger/, which is not in allow.rolePaths",
                "allow: {templates: [{name: t}]} | {policies: {templates: [{name: t, parameters: {bucket: pay-1}}]}} |"
                        + " template t: parameter bucket may not be set here; allowed: none",
                "limits: {sessionDurationSeconds: 7200} | {role: {maxSessionDurationSeconds: 7201}} |"
                        + " role.maxSessionDurationSeconds is 7201 and limits.sessionDurationSeconds allows at most 7200",
                "limits: {} | {role: {path: /irsa/prod/pay/}} |" + " role.path is set and allow.rolePaths is empty",
                "require: {permissionsBoundaryARN: 'POLICYb'} | {role: {permissionsBoundaryARN: 'POLICYc'}} |"
                        + " role.permissionsBoundaryARN is POLICYc instead of the required POLICYb",
            })
    void deniesOtherRequestsAndNamesTheField(String entitlement, String spec, String words) {
        assertThat(Platform.allowing(expand(entitlement)).denial(expand(spec), Map.of()))
                .startsWith("denied by IamEntitlement team because ")
                .contains(expand(words));
    }

    @Test
    void saysWhatADeveloperCanDo() {
        assertThat(Platform.allowing("allow: {managedPolicies: [A]}").judge("{policies: {managed: [B]}}"))
                .isInstanceOfSatisfying(
                        EntitlementDecision.Denied.class,
                        denied -> assertThat(denied.message())
                                .endsWith(
                                        " is not in allow.managedPolicies; omit what is not allowed, or ask a platform"
                                                + " engineer to allow it"));
    }

    @Test
    void reportsAllObjections() {
        assertThat(Platform.allowing("allow: {managedPolicies: [A]}")
                        .denial("{policies: {managed: [A, B, C]}, role: {name: mine}}", Map.of()))
                .isEqualTo(
                        "denied by IamEntitlement team because managed policy arn:aws:iam::aws:policy/B is not in allow.managedPolicies,"
                                + " and managed policy arn:aws:iam::aws:policy/C is not in allow.managedPolicies,"
                                + " and role.name is set and allow.roleNames is empty");
    }

    @Test
    void deniesAudienceThatTheOperatorDoesNotAccept() {
        assertThat(Platform.allowing("allow: {managedPolicies: ['*']}").denial("{token: {audience: other}}", Map.of()))
                .isEqualTo(
                        "token.audience other is not allowed in this cluster; use sts.amazonaws.com or vault.example.com,"
                                + " or ask a platform engineer to add it to --audiences");
    }

    @Test
    void setsItsBoundaryIfRequestHasNone() {
        assertThat(Platform.allowing("require: {permissionsBoundaryARN: '" + POLICY + "b'}")
                        .judge("{}"))
                .isEqualTo(new EntitlementDecision.Allowed(SampleRequirements.boundary("team", POLICY + "b")));
    }

    @Test
    void deniesRolesOverTheQuota() {
        Platform five = Platform.allowing("limits: {rolesPerNamespace: 5}");

        assertThat(five.judge("{}", Map.of(), 4)).isInstanceOf(EntitlementDecision.Allowed.class);
        assertThat(five.judge("{}", Map.of(), 5))
                .isEqualTo(new EntitlementDecision.Denied(
                        "denied by IamEntitlement team because the namespace has reached"
                                + " limits.rolesPerNamespace (5); delete a resource that is not needed",
                        ""));
    }

    @Test
    void keepsAllocatedRoleIfQuotaShrinks() {
        assertThat(Platform.allowing("limits: {rolesPerNamespace: 0}").judge("{}", Map.of(), -1))
                .isInstanceOf(EntitlementDecision.Allowed.class);
    }

    @Test
    void deniesEverythingIfEntitlementIsInvalid() {
        Platform foreign = Platform.allowing("require: {permissionsBoundaryARN: 'arn:aws:iam::999988887777:policy/b'}");

        assertThat(foreign.denial("{}", Map.of()))
                .startsWith("denied by IamEntitlement team because it is invalid: require.permissionsBoundaryARN"
                        + " arn:aws:iam::999988887777:policy/b is not in the account of the roles")
                .endsWith("(111122223333, partition aws); choose a policy of that account");
        assertThat(Platform.allowing("allow: {inlineActions: ['s3:Get*', 's*:Get']}")
                        .denial("{}", Map.of()))
                .contains("it is invalid: allow.inlineActions[1] \"s*:Get\" has a wildcard in its service");
    }
}
