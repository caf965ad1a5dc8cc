package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.iam.model.Tag;

/** The flag {@code --role-tags} reaches new roles, and existing roles after a restart. */
@ExtendWith(SharedMachine.class)
class ConfiguredRoleTagsIT {
    private static final String SPEC =
            "{role: {tags: {team: payments}}, policies: {managed: [AmazonS3ReadOnlyAccess]}}";

    @Test
    void tagsNewAndExistingRoles(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        TestEnvironment env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        Subject subject = Subject.in(env);
        try (OperatorProcess operator = sweeping(env, "cost-center=4711,owner=platform team")) {
            subject.apply(SPEC).awaitReady();
            assertThat(subject.calls()).containsExactly("CreateRole", "AttachRolePolicy");
            assertThat(tags(subject))
                    .containsEntry("cost-center", "4711")
                    .containsEntry("owner", "platform team")
                    .containsEntry("team", "payments");
            OperatorLog.assertNoStackTrace(operator.log());
        }

        try (OperatorProcess operator = sweeping(env, "cost-center=0815")) {
            Awaitility.await()
                    .untilAsserted(() -> assertThat(tags(subject))
                            .containsEntry("cost-center", "0815")
                            .containsEntry("team", "payments")
                            .doesNotContainKey("owner"));
            subject.awaitEvent("DriftRepaired", "cost-center=0815");
            subject.apply(SPEC.replace("team: payments", "Cost-Center: mine"));
            assertThat(subject.awaitReason("InvalidSpec")).contains("spec.role.tags", "Cost-Center", "--role-tags");
            assertThat(tags(subject)).containsEntry("cost-center", "0815");
            subject.delete();
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private static OperatorProcess sweeping(TestEnvironment env, String tags) {
        return env.sweeping().withArguments("--role-tags", tags).startReady();
    }

    private static Map<String, String> tags(Subject subject) {
        return subject.env().iam().getRole(request -> request.roleName(subject.roleName())).role().tags().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value));
    }
}
