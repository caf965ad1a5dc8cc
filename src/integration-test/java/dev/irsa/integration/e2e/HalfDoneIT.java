package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Hold;
import org.junit.jupiter.api.Test;

/** The resource is deleted, alone or with its namespace, while its role is being made. */
class HalfDoneIT extends OperatorTestBase {
    private static final String SPEC = """
            {policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}""";

    @Test
    void aResourceDeletedMeanwhileLeavesNothing() {
        Subject subject = Subject.in(world);
        try (Hold hold = hold(subject, "AttachRolePolicy")) {
            subject.apply(SPEC);
            World.await().until(() -> hold.held() == 1);
            subject.beginDeletion();
            assertThat(subject.exists()).isTrue();
        }
        assertNothingIsLeft(subject);
    }

    @Test
    void aResourceWhoseCreationFailedHalfWayLeavesNothing() {
        Subject subject = Subject.in(world);
        world.proxy()
                .faults()
                .on("iam:AttachRolePolicy")
                .ofRole(subject.roleName())
                .deny();
        subject.apply(SPEC);
        subject.awaitReason("AccessDenied");
        subject.beginDeletion();
        assertNothingIsLeft(subject);
    }

    @Test
    void anAnswerToCreateRoleThatWasLostLeavesNothing() {
        Subject subject = Subject.in(world);
        world.proxy()
                .faults()
                .on("iam:CreateRole")
                .ofRole(subject.roleName())
                .times(1)
                .loseAnswer();
        try (Hold hold = hold(subject, "GetRole")) {
            subject.apply(SPEC);
            World.await().until(() -> hold.held() == 1);
            assertThat(subject.roleExists()).isTrue();
            subject.beginDeletion();
        }
        assertNothingIsLeft(subject);
    }

    @Test
    void aNamespaceDeletedMeanwhileLeavesNothing() {
        Subject subject = Subject.in(world);
        try (Hold hold = hold(subject, "CreateRole")) {
            subject.apply(SPEC);
            World.await().until(() -> hold.held() == 1);
            world.kubectl()
                    .run("delete", "namespace", subject.namespace(), "--wait=false")
                    .orThrow();
        }
        World.await()
                .until(() -> world.kubectl()
                                .run("get", "namespace", subject.namespace())
                                .exitCode()
                        != 0);
        assertThat(subject.roleExists()).isFalse();
        assertThat(operator.log()).doesNotContain("\tat ");
    }

    private Hold hold(Subject subject, String action) {
        return world.proxy()
                .faults()
                .on("iam:" + action)
                .ofRole(subject.roleName())
                .hold();
    }

    private static void assertNothingIsLeft(Subject subject) {
        subject.awaitGone();
        assertThat(subject.roleExists()).isFalse();
        World.await().until(() -> !subject.accountExists());
    }
}
