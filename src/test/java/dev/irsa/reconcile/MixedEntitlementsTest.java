package dev.irsa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.CrashInterceptor;
import dev.irsa.fixtures.reconcile.OwnershipJourneys;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user moves a role between two entitlements, by way of a template that cannot be rendered, and gets nothing of both. */
class MixedEntitlementsTest {
    private static final String EVERY_ACTION = """
            namespaceSelector: {}
            allow:
              inlineActions: ["*"]
            require:
              permissionsBoundaryARN: arn:aws:iam::111122223333:policy/narrow
            """;
    private static final String ANY_BOUNDARY = """
            namespaceSelector: {}
            allow:
              managedPolicies: [AmazonS3ReadOnlyAccess]
              tags: [{key: team, values: [admin]}]
              templates: [{name: shared, parameters: [{name: bucket, values: ["*"]}]}]
            """;
    private static final String ADMIN = """
            policies:
              inline:
              - name: own
                document: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
            """;
    private static final String ATTACK = """
            role:
              permissionsBoundaryARN: arn:aws:iam::aws:policy/AdministratorAccess
              maxSessionDurationSeconds: 43200
              description: changed
              tags: {team: admin}
            policies:
              templates: [{name: shared, parameters: {%s}}]
            """;
    private static final String TEMPLATE = """
            parameters: [{name: bucket, pattern: "[a-z]+"}]
            document:
              Version: "2012-10-17"
              Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "arn:{{partition}}:s3:::{{bucket}}/*"}]
            """;

    private final ReconcileHarness harness = new ReconcileHarness();

    private RoleRecord admin() {
        harness.operator.limit(limits -> {
            limits.delete(InMemoryEntitlements.EVERYTHING);
            limits.apply("a", EVERY_ACTION);
            limits.apply("b", ANY_BOUNDARY);
            limits.applyTemplate("shared", TEMPLATE);
        });
        harness.apply(ADMIN);
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        return harness.role();
    }

    @ParameterizedTest
    @CsvSource({
        "'bucket: abc, other: x', fine, InvalidSpec",
        "'bucket: A', fine, InvalidSpec",
        "'bucket: abc', missing, TemplateNotFound",
        "'bucket: abc', invalid, TemplateInvalid",
        "'bucket: abc', unlisted, NotEntitled",
        "'bucket: abc', unlisted and missing, NotEntitled"
    })
    void keepsTheWholeRoleIfTheTemplateCannotBeRendered(String parameters, String template, String reason) {
        RoleRecord before = admin();
        harness.operator.limit(limits -> {
            if (template.contains("missing")) {
                limits.deleteTemplate("shared");
            }
            if (template.equals("invalid")) {
                limits.applyTemplate("shared", TEMPLATE.replace("{{bucket}}", "{{x}}"));
            }
            if (template.startsWith("unlisted")) {
                limits.apply("b", ANY_BOUNDARY.replace("shared", "another"));
            }
        });

        harness.apply(ATTACK.formatted(parameters));
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.role()).isEqualTo(before);
        assertThat(harness.reason()).isEqualTo(reason);

        harness.operator.limit(limits -> limits.delete("a"));
        harness.operator.restart();
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.role()).isEqualTo(before);
        assertThat(harness.reason()).isEqualTo(reason);
    }

    @Test
    void reportsTheRoleAsNotEntitledOnceItsEntitlementIsGone() {
        admin();
        harness.operator.limit(limits -> limits.delete("a"));
        harness.operator.settle();
        assertThat(harness.reason()).isEqualTo("NotEntitled");

        harness.operator.limit(limits -> limits.deleteTemplate("shared"));
        harness.apply(ATTACK.formatted("bucket: abc") + ADMIN.replace("policies:\n", ""));
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NotEntitled");
    }

    @Test
    void reportsAMissingTemplateWhoseDefaultWouldBeTheLimitedValue() {
        admin();
        harness.operator.limit(limits -> limits.deleteTemplate("shared"));
        harness.apply(ATTACK.formatted(""));
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo("TemplateNotFound");
    }

    @Test
    void revokesFirstBetweenTwoEntitlements() {
        admin();
        harness.forgetCalls();
        harness.apply(ATTACK.formatted("bucket: abc"));
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.operator.interceptor().awsWrites())
                .containsExactly(
                        "iam:DeleteRolePolicy",
                        "iam:PutRolePermissionsBoundary",
                        "iam:UpdateRole",
                        "iam:TagRole",
                        "iam:PutRolePolicy");
    }

    @Test
    void grantsFirstWithinOneEntitlementAlsoAfterARestart() {
        harness.apply(ReconcileHarness.USUAL);
        harness.operator.settle();
        harness.operator.restart();
        harness.operator.settle();
        harness.forgetCalls();

        harness.apply(ReconcileHarness.USUAL.replace("AmazonS3ReadOnlyAccess", "Other"));
        harness.operator.settle();

        assertThat(harness.operator.interceptor().awsWrites())
                .containsExactly("iam:AttachRolePolicy", "iam:DetachRolePolicy");
    }

    @Test
    void revokesFirstIfTheSpecChangedWhileNoProcessWorked() {
        harness.apply(ReconcileHarness.USUAL);
        harness.operator.settle();
        harness.forgetCalls();
        harness.apply(ReconcileHarness.USUAL.replace("AmazonS3ReadOnlyAccess", "Other"));
        harness.operator.restart();
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.interceptor().awsWrites())
                .containsSubsequence("iam:DetachRolePolicy", "iam:AttachRolePolicy");
    }

    /** IAM does not show the last policy yet, so the new process cannot detach it before it grants what the other entitlement allows. */
    @Test
    void grantsNothingAfterARestartUntilIamShowsAllThatTheRoleHas() {
        attachUnseen(Duration.ofSeconds(20));
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        forbidBoth();

        harness.apply(ADMIN);
        harness.operator.restart();
        harness.operator.now();
        assertThat(harness.reason()).isEqualTo("Reconciling");
        assertThat(harness.message()).startsWith("waiting to rule out a stale IAM read of role");

        harness.operator.settle();
        assertAdminAlone();
    }

    @Test
    void grantsNothingToAResumedResourceUntilIamShowsAllThatTheRoleHas() {
        attachUnseen(Duration.ofSeconds(50));
        harness.apply("suspend: true");
        harness.operator.restart();
        harness.operator.now();
        assertThat(harness.reason()).isEqualTo("Suspended");
        harness.operator.restart();
        harness.operator.run(Duration.ofSeconds(5));
        forbidBoth();

        harness.apply(ADMIN);
        harness.operator.settle();

        assertAdminAlone();
    }

    @Test
    void reportsALastingObstacleWhileItWaits() {
        splitEntitlements();
        harness.apply("policies: {managed: [AmazonS3ReadOnlyAccess]}");
        harness.operator.run(Duration.ofMinutes(10));
        String boundary = "arn:aws:iam::111122223333:policy/edge";
        harness.operator.iam().console().edit(ReconcileHarness.ROLE, role -> role.withBoundary(boundary));
        RoleRecord before = harness.role();

        harness.apply(ADMIN);
        harness.operator.restart();
        harness.operator.now();

        assertThat(harness.message()).contains(boundary);
        assertThat(harness.role()).isEqualTo(before);

        harness.operator.run(Duration.ofSeconds(65));
        assertThat(harness.message()).contains(boundary);
        assertThat(harness.role().attached()).isEmpty();
        assertThat(harness.role().inline()).containsOnlyKeys("own");
    }

    @Test
    void revokesFirstAgainIfTheFirstRevocationFails() {
        splitEntitlements();
        harness.apply("policies: {managed: [AmazonS3ReadOnlyAccess]}");
        harness.operator.interceptor().cut(7, CrashInterceptor.Cut.KILL_AFTER);
        assertThatThrownBy(harness.operator::now).isInstanceOf(CrashInterceptor.Killed.class);
        assertThat(harness.role().attached()).containsExactly(ReconcileHarness.S3);
        forbidBoth();
        harness.operator.users().edit(ReconcileHarness.NS, ReconcileHarness.NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });

        harness.operator.interceptor().after(call -> {
            if (call.action().equals("patch iamserviceaccounts")) {
                harness.operator.clock().pass(Duration.ofSeconds(10));
            }
        });
        harness.apply(ADMIN);
        harness.operator.restart();
        harness.operator.run(Duration.ofSeconds(30));
        harness.operator.iam().faults().throttle("DetachRolePolicy");
        harness.operator.run(Duration.ofSeconds(60));
        harness.operator.iam().faults().none();
        harness.operator.settle();

        assertAdminAlone();
    }

    @Test
    void isNotReadyBeforeIamShowsAllThatTheRoleHas() {
        attachUnseen(Duration.ofSeconds(50));
        harness.apply("suspend: true");
        harness.operator.restart();
        harness.operator.now();
        harness.operator.restart();
        harness.operator.run(Duration.ofSeconds(5));
        forbidBoth();

        harness.apply("{}");
        harness.operator.now();
        assertThat(harness.reason()).isEqualTo("Reconciling");
        harness.apply(ADMIN);
        harness.operator.now();
        harness.operator.restart();
        harness.operator.settle();

        assertAdminAlone();
    }

    /** The calls are those of an adoption: the last one writes the status. */
    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void grantsNothingToAnAdoptedRoleUntilIamShowsAllThatItHas(int call) {
        splitEntitlements();
        OwnershipJourneys.offer(harness);
        String adopting = "role: {adoption: IfOffered}\n";
        String managed = adopting + "policies: {managed: [AmazonS3ReadOnlyAccess]}\n";
        harness.apply(managed + "suspend: true");
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().consistency().lag(Duration.ofSeconds(20));
        forbidBoth();
        harness.apply(managed);
        harness.operator.interceptor().cut(call, CrashInterceptor.Cut.KILL_BEFORE);
        assertThatThrownBy(harness.operator::now).isInstanceOf(CrashInterceptor.Killed.class);

        harness.apply(adopting + ADMIN);
        harness.operator.restart();
        harness.operator.settle();

        assertAdminAlone();
    }

    private void splitEntitlements() {
        harness.operator.limit(limits -> {
            limits.delete(InMemoryEntitlements.EVERYTHING);
            limits.apply("a", "namespaceSelector: {}\nallow: {inlineActions: ['*']}");
            limits.apply("b", ANY_BOUNDARY);
        });
    }

    /** The role gets what only one of the entitlements allows, and IAM shows it so much later. */
    private void attachUnseen(Duration lag) {
        splitEntitlements();
        harness.apply("{}");
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().consistency().lag(lag);
        harness.apply("policies: {managed: [AmazonS3ReadOnlyAccess]}");
        harness.operator.now();
    }

    private void assertAdminAlone() {
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.role().attached()).isEmpty();
        assertThat(harness.role().inline()).containsOnlyKeys("own");
    }

    private void forbidBoth() {
        harness.operator
                .interceptor()
                .after(call -> assertThat(!harness.role().attached().contains(ReconcileHarness.S3)
                                || harness.role().inline().isEmpty())
                        .as(call.toString())
                        .isTrue());
    }
}
