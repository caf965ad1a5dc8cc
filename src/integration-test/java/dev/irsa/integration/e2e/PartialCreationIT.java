package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Hold;
import org.junit.jupiter.api.Test;

/** The resource is deleted, alone or with its namespace, while its role is being created. */
class PartialCreationIT extends OperatorTestBase {
    private static final String SPEC = """
            {policies: {managed: [AmazonS3ReadOnlyAccess], inline: [
              {name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}""";

    @Test
    void deletesPartlyCreatedRole() {
        Subject subject = Subject.in(env);
        try (Hold hold = hold(subject, "AttachRolePolicy")) {
            subject.apply(SPEC);
            TestEnvironment.await().until(() -> hold.held() == 1);
            subject.beginDeletion();
            assertThat(subject.exists()).isTrue();
        }
        subject.awaitGone();
        subject.assertAllDeleted();
    }

    @Test
    void deletesRoleAfterFailedCreation() {
        Subject subject = Subject.in(env);
        env.proxy()
                .faults()
                .on("iam:AttachRolePolicy")
                .ofRole(subject.roleName())
                .deny();
        subject.apply(SPEC);
        subject.awaitReason("AccessDenied");
        subject.beginDeletion();
        subject.awaitGone();
        subject.assertAllDeleted();
    }

    @Test
    void deletesRoleWhenCreateRoleResponseWasLost() {
        Subject subject = Subject.in(env);
        env.proxy()
                .faults()
                .on("iam:CreateRole")
                .ofRole(subject.roleName())
                .times(1)
                .loseAnswer();
        try (Hold hold = hold(subject, "GetRole")) {
            subject.apply(SPEC);
            TestEnvironment.await().until(() -> hold.held() == 1);
            assertThat(subject.roleExists()).isTrue();
            subject.beginDeletion();
        }
        subject.awaitGone();
        subject.assertAllDeleted();
    }

    @Test
    void deletesPartlyCreatedRoleWithNamespace() {
        Subject subject = Subject.in(env);
        try (Hold hold = hold(subject, "CreateRole")) {
            subject.apply(SPEC);
            TestEnvironment.await().until(() -> hold.held() == 1);
            env.kubectl()
                    .run("delete", "namespace", subject.namespace(), "--wait=false")
                    .orThrow();
        }
        TestEnvironment.await()
                .until(() -> env.kubectl()
                                .run("get", "namespace", subject.namespace())
                                .exitCode()
                        != 0);
        assertThat(subject.roleExists()).isFalse();
        assertThat(operator.log()).doesNotContain("\tat ");
    }

    private Hold hold(Subject subject, String action) {
        return env.proxy()
                .faults()
                .on("iam:" + action)
                .ofRole(subject.roleName())
                .hold();
    }
}
