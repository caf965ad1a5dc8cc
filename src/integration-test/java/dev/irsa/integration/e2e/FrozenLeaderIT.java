package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Hold;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/**
 * A leader is frozen while its calls are in flight, and they reach AWS only after another replica has led and worked.
 * No leader check can stop them, so the new leader repairs their effects.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrozenLeaderIT {
    private static final int AT_REST = 25;
    private static final String NO_POLICY = "{role: {description: bare}}";

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private Moto moto;

    @BeforeAll
    void prepare(Moto shared, FaultProxy proxy) {
        moto = shared;
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().run("create", "namespace", "irsa-operator").orThrow();
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void repairsCallsThatArriveAfterResume() {
        assertLateCallsAreRepaired(true);
    }

    @Tag("soak")
    @Test
    void repairsCallsThatArriveBeforeResume() {
        assertLateCallsAreRepaired(false);
    }

    private void assertLateCallsAreRepaired(boolean afterResume) {
        String namespace = env.namespace();
        AppliedResource changed = new AppliedResource(env, namespace, "changed").spec(AppliedResource.ONE_POLICY);
        AppliedResource deleted = new AppliedResource(env, namespace, "deleted").spec(NO_POLICY);
        AppliedResource created = new AppliedResource(env, namespace, "created");
        try (Replica first = start()) {
            first.awaitLeading();
            changed.awaitReady();
            deleted.awaitReady();
            // With fewer roles, the limit on orphan removal would block the repair.
            ResourceGroup atRest = ResourceGroup.of(env, AT_REST);
            List<RoleSnapshot> before = roles(atRest);
            try (Replica second = start()) {
                List<Hold> calls = Stream.of(
                                hold(first, "AttachRolePolicy", changed),
                                hold(first, "DeleteRole", deleted),
                                hold(first, "CreateRole", created))
                        .toList();
                changed.spec("{policies: {managed: [AmazonSQSFullAccess]}}");
                deleted.delete();
                created.spec(NO_POLICY);
                calls.forEach(hold -> TestEnvironment.await().until(() -> hold.held() > 0));
                first.process().freeze();
                second.awaitLeading();
                // The new leader applies the opposite of the held calls.
                changed.spec("{policies: {managed: [AmazonDynamoDBReadOnlyAccess]}}")
                        .awaitReady();
                deleted.awaitGone();
                deleted.spec(NO_POLICY).awaitReady();
                created.awaitReady().delete().awaitGone();
                String secondRole = env.role(deleted.role()).roleId();
                int written = first.writes().size();

                if (afterResume) {
                    first.process().resume();
                    assertThat(first.process().awaitExit()).isEqualTo(1);
                    calls.forEach(Hold::release);
                } else {
                    calls.forEach(Hold::release);
                    // Wait until the calls have taken effect.
                    TestEnvironment.await().until(() -> first.proxy().calls().inFlight() == 0);
                    first.process().resume();
                    assertThat(first.process().awaitExit()).isEqualTo(1);
                }

                Stopwatch recovery = Stopwatch.start("outage: calls of a frozen leader arrive late, "
                        + (afterResume ? "after" : "before") + " it resumes");
                TestEnvironment.await()
                        .ignoreExceptionsInstanceOf(NoSuchEntityException.class)
                        .untilAsserted(() -> assertThat(env.role(deleted.role()).roleId())
                                .as("the role that replaces the deleted one")
                                .isNotEqualTo(secondRole)
                                .isEqualTo(deleted.get("{.status.role.id}")));
                TestEnvironment.await()
                        .untilAsserted(() -> assertThat(env.attached(changed.role()))
                                .containsExactly("arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"));
                TestEnvironment.await().until(() -> !env.roleExists(created.role()));
                recovery.print("recovered");
                changed.awaitReady();
                deleted.awaitReady();
                // The SDK of the resumed process may retry a call without a response, unless the call grants access.
                List<String> since =
                        first.writes().subList(written, first.writes().size());
                assertThat(since)
                        .as("writes of the resumed replica")
                        .doesNotHaveDuplicates()
                        .isSubsetOf("iam:DeleteRole");
                assertThat(second.leads()).isTrue();
                assertThat(roles(atRest)).isEqualTo(before);
                OperatorLog.assertNoStackTrace(first.process().log());
                OperatorLog.assertNoStackTrace(second.process().log());
            }
        }
    }

    private List<RoleSnapshot> roles(ResourceGroup group) {
        return group.subjects().stream()
                .map(subject -> RoleSnapshot.of(env, subject.roleName()))
                .toList();
    }

    private Replica start() {
        return Replica.start(env.sweeping().withArguments("--remove-orphans"), moto.endpoint());
    }

    private static Hold hold(Replica replica, String action, AppliedResource resource) {
        return replica.proxy()
                .faults()
                .on("iam:" + action)
                .ofRole(resource.role())
                .hold();
    }
}
