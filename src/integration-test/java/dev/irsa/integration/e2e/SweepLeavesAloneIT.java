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
import software.amazon.awssdk.services.iam.model.Tag;

/** What a sweep finds and the operator does not undo. */
class SweepLeavesAloneIT extends OperatorTestBase {
    @Override
    OperatorLaunch launch() {
        return world.sweeping();
    }

    @Test
    void policiesThatOnlyDenyStayAndAreShownWhileOthersGo() {
        Subject subject = ready(SPEC);
        VisibleState before = VisibleState.of(subject);
        String role = subject.roleName();
        put(world, role, "AWSRevokeOlderSessions", statement("Deny", "*"));
        attach(world, role, "AWSDenyAll");
        put(world, role, "backdoor", statement("Allow", "iam:*"));
        attach(world, role, "AdministratorAccess");

        World.await()
                .untilAsserted(() -> assertThat(subject.ready("message"))
                        .contains(
                                "policies kept because they only deny",
                                "AWSRevokeOlderSessions",
                                MANAGED + "AWSDenyAll"));
        World.await()
                .untilAsserted(() -> assertThat(before.changesTo(VisibleState.of(subject)))
                        .hasSize(2)
                        .anySatisfy(change -> assertThat(change).startsWith("+ inline AWSRevokeOlderSessions "))
                        .contains("+ attached " + MANAGED + "AWSDenyAll"));
        assertThat(subject.ready("status")).isEqualTo("True");
        subject.awaitEvent("DenyPolicyFound", "AWSRevokeOlderSessions");
        assertRests(subject);
        assertThat(subject.ready("message")).contains("AWSRevokeOlderSessions", "AWSDenyAll");

        world.iam().detachRolePolicy(request -> request.roleName(role).policyArn(MANAGED + "AWSDenyAll"));
        world.iam().deleteRolePolicy(request -> request.roleName(role).policyName("AWSRevokeOlderSessions"));
        World.await().until(() -> !subject.ready("message").contains("policies kept because they only deny"));
        subject.delete();
    }

    @Test
    void aDocumentThatSaysTheSameInOtherWordsIsNeverWrittenOver() {
        Subject subject = ready(SPEC);
        String role = subject.roleName();
        JsonNode trust = VisibleState.trust(subject);
        JsonNode ours = trust.at("/Statement/0");
        String respelled = """
                {"Statement": {"Condition": %s, "Action": ["sts:AssumeRoleWithWebIdentity"],
                 "Principal": {"Federated": [%s]}, "Effect": "Allow"}, "Version": "2012-10-17"}""".formatted(listed(ours.at("/Condition")), ours.at("/Principal/Federated"));
        world.iam().updateAssumeRolePolicy(request -> request.roleName(role).policyDocument(respelled));
        put(
                world,
                role,
                "read",
                "{\"Statement\":{\"Resource\":[\"*\"],\"Action\":[\"S3:getobject\"],\"Effect\":\"Allow\"},"
                        + "\"Version\":\"2012-10-17\"}");
        VisibleState written = VisibleState.of(subject);
        assertThat(VisibleState.trust(subject)).as("what was written by hand").isNotEqualTo(trust);
        world.proxy().calls().clear();

        Metrics.awaitSweeps(operator, 3);

        assertThat(subject.calls()).isEmpty();
        assertThat(written.changesTo(VisibleState.of(subject))).isEmpty();
        subject.delete();
    }

    /** Each condition's value as a list of one. */
    private static String listed(JsonNode condition) {
        return condition.toString().replaceAll(":\"([^\"]*)\"([,}])", ":[\"$1\"]$2");
    }

    @Test
    void aRoleWhoseOwnershipTagsWereTakenIsToldOfAndNotTouched() {
        Subject subject = ready(SPEC);
        String role = subject.roleName();
        Map<String, String> tags = new TreeMap<>(world.tags(role));
        world.proxy().calls().clear();
        world.iam().untagRole(request -> request.roleName(role).tagKeys(tags.keySet()));
        put(world, role, "theirs", statement("Allow", "iam:*"));
        VisibleState taken = VisibleState.of(subject);

        assertThat(subject.awaitReason("RoleConflict")).contains(role);
        assertThat(subject.calls()).containsOnly("GetRole");
        assertThat(taken.changesTo(VisibleState.of(subject))).isEmpty();

        tags.forEach((key, value) -> world.iam()
                .tagRole(request -> request.roleName(role)
                        .tags(Tag.builder().key(key).value(value).build())));
        subject.awaitReady();
        World.await().until(() -> !world.inline(role).contains("theirs"));
        subject.delete();
    }

    @Test
    void whatIsSuspendedShowsTheDriftAndKeepsIt() {
        Subject subject = ready(SPEC);
        subject.apply(SPEC.replaceFirst("\\{", "{suspend: true, "));
        subject.awaitReason("Suspended");
        VisibleState before = VisibleState.of(subject);
        put(world, subject.roleName(), "backdoor", statement("Allow", "iam:*"));

        World.await()
                .untilAsserted(() -> assertThat(subject.field("iamsa/" + subject.name(), "{.status.pendingChanges}"))
                        .contains("backdoor"));
        assertRests(subject);
        assertThat(before.changesTo(VisibleState.of(subject)))
                .singleElement()
                .asString()
                .startsWith("+ inline backdoor ");

        subject.apply(SPEC).awaitReady();
        World.await().until(() -> !world.inline(subject.roleName()).contains("backdoor"));
        subject.delete();
    }

    private Subject ready(String spec) {
        return Subject.in(world).apply(spec).awaitReady();
    }

    /** Once the sweep has shown what is there it is no news any more. */
    private void assertRests(Subject subject) {
        Metrics.awaitSweeps(operator, 1);
        world.proxy().calls().clear();
        String version = subject.field("iamsa/" + subject.name(), "{.metadata.resourceVersion}");

        Metrics.awaitSweeps(operator, 2);

        assertThat(subject.calls()).isEmpty();
        assertThat(subject.field("iamsa/" + subject.name(), "{.metadata.resourceVersion}"))
                .isEqualTo(version);
    }
}
