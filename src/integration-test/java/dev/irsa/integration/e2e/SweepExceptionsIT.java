package dev.irsa.integration.e2e;

import static dev.irsa.integration.e2e.ManualDrift.MANAGED;
import static dev.irsa.integration.e2e.ManualDrift.SPEC;
import static dev.irsa.integration.e2e.ManualDrift.attach;
import static dev.irsa.integration.e2e.ManualDrift.put;
import static dev.irsa.integration.e2e.ManualDrift.statement;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.fixtures.process.OperatorLaunch;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tests differences that a sweep finds and the operator keeps. */
class SweepExceptionsIT extends OperatorTestBase {
    @Override
    OperatorLaunch launch() {
        return env.sweeping();
    }

    @Test
    void keepsAndReportsDenyPolicies() {
        Subject subject = ready(SPEC);
        VisibleState before = VisibleState.of(subject);
        String role = subject.roleName();
        put(env, role, "AWSRevokeOlderSessions", statement("Deny", "*"));
        attach(env, role, "AWSDenyAll");
        put(env, role, "backdoor", statement("Allow", "iam:*"));
        attach(env, role, "AdministratorAccess");

        TestEnvironment.await()
                .untilAsserted(() -> assertThat(subject.ready("message"))
                        .contains(
                                "policies kept because they only deny",
                                "AWSRevokeOlderSessions",
                                MANAGED + "AWSDenyAll"));
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(before.changesTo(VisibleState.of(subject)))
                        .hasSize(2)
                        .anySatisfy(change -> assertThat(change).startsWith("+ inline AWSRevokeOlderSessions "))
                        .contains("+ attached " + MANAGED + "AWSDenyAll"));
        assertThat(subject.ready("status")).isEqualTo("True");
        subject.awaitEvent("DenyPolicyFound", "AWSRevokeOlderSessions");
        assertNoFurtherActivity(subject);
        assertThat(subject.ready("message")).contains("AWSRevokeOlderSessions", "AWSDenyAll");

        env.iam().detachRolePolicy(request -> request.roleName(role).policyArn(MANAGED + "AWSDenyAll"));
        env.iam().deleteRolePolicy(request -> request.roleName(role).policyName("AWSRevokeOlderSessions"));
        TestEnvironment.await().until(() -> !subject.ready("message").contains("policies kept because they only deny"));
        subject.delete();
    }

    @Test
    void doesNotRewriteEquivalentDocuments() {
        Subject subject = ready(SPEC);
        String role = subject.roleName();
        JsonNode trust = VisibleState.trust(subject);
        JsonNode ours = trust.at("/Statement/0");
        String respelled = """
                {"Statement": {"Condition": %s, "Action": ["sts:AssumeRoleWithWebIdentity"],
                 "Principal": {"Federated": [%s]}, "Effect": "Allow"}, "Version": "2012-10-17"}""".formatted(withValuesAsLists(ours.at("/Condition")), ours.at("/Principal/Federated"));
        env.iam().updateAssumeRolePolicy(request -> request.roleName(role).policyDocument(respelled));
        put(
                env,
                role,
                "read",
                "{\"Statement\":{\"Resource\":[\"*\"],\"Action\":[\"S3:getobject\"],\"Effect\":\"Allow\"},"
                        + "\"Version\":\"2012-10-17\"}");
        VisibleState written = VisibleState.of(subject);
        assertThat(VisibleState.trust(subject))
                .as("the document that was written manually")
                .isNotEqualTo(trust);
        env.proxy().calls().clear();

        Metrics.awaitSweeps(operator, 3);

        assertThat(subject.calls()).isEmpty();
        assertThat(written.changesTo(VisibleState.of(subject))).isEmpty();
        subject.delete();
    }

    /** Turns the value of each condition into a list with one element. */
    private static String withValuesAsLists(JsonNode condition) {
        return condition.toString().replaceAll(":\"([^\"]*)\"([,}])", ":[\"$1\"]$2");
    }

    @Test
    void reportsRoleWithoutOwnershipTagsAndLeavesIt() {
        Subject subject = ready(SPEC);
        String role = subject.roleName();
        Map<String, String> tags = new TreeMap<>(env.tags(role));
        env.proxy().calls().clear();
        env.iam().untagRole(request -> request.roleName(role).tagKeys(tags.keySet()));
        put(env, role, "theirs", statement("Allow", "iam:*"));
        VisibleState taken = VisibleState.of(subject);

        assertThat(subject.awaitReason("RoleConflict")).contains(role);
        assertThat(subject.calls()).containsOnly("GetRole");
        assertThat(taken.changesTo(VisibleState.of(subject))).isEmpty();

        ConsoleUser.tag(env, role, tags);
        subject.awaitReady();
        TestEnvironment.await().until(() -> !env.inline(role).contains("theirs"));
        subject.delete();
    }

    @Test
    void reportsDriftOfSuspendedResourceWithoutRepair() {
        Subject subject = ready(SPEC);
        subject.apply(SPEC.replaceFirst("\\{", "{suspend: true, "));
        subject.awaitReason("Suspended");
        VisibleState before = VisibleState.of(subject);
        put(env, subject.roleName(), "backdoor", statement("Allow", "iam:*"));

        TestEnvironment.await()
                .untilAsserted(() -> assertThat(subject.field("iamsa/" + subject.name(), "{.status.pendingChanges}"))
                        .contains("backdoor"));
        assertNoFurtherActivity(subject);
        assertThat(before.changesTo(VisibleState.of(subject)))
                .singleElement()
                .asString()
                .startsWith("+ inline backdoor ");

        subject.apply(SPEC).awaitReady();
        TestEnvironment.await().until(() -> !env.inline(subject.roleName()).contains("backdoor"));
        subject.delete();
    }

    private Subject ready(String spec) {
        return Subject.in(env).apply(spec).awaitReady();
    }

    /** Asserts that further sweeps cause no call and no write. */
    private void assertNoFurtherActivity(Subject subject) {
        Metrics.awaitSweeps(operator, 1);
        env.proxy().calls().clear();
        String version = subject.field("iamsa/" + subject.name(), "{.metadata.resourceVersion}");

        Metrics.awaitSweeps(operator, 2);

        assertThat(subject.calls()).isEmpty();
        assertThat(subject.field("iamsa/" + subject.name(), "{.metadata.resourceVersion}"))
                .isEqualTo(version);
    }
}
