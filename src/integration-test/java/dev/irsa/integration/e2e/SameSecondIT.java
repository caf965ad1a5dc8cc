package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two resources for one ServiceAccount have the same age, as creationTimestamp counts whole seconds. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameSecondIT {
    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = world.launch().startReady();
        // The first reconcile of a process takes longer than the others.
        Subject.in(world).apply("{}").awaitReady().delete();
    }

    @AfterAll
    void stop() {
        operator.close();
    }

    @ParameterizedTest(name = "and the ServiceAccount was there before: {0}")
    @ValueSource(booleans = {false, true})
    void theOneThatHasTheServiceAccountKeepsItThoughTheOtherIsFirstByName(boolean existing) {
        Subject first = firstAndSecondOfOneSecond(existing);
        Subject second = first.named("copy");
        assertThat(second.awaitReason("ServiceAccountConflict")).contains("IamServiceAccount invoices");
        assertThat(second.roleExists()).isFalse();

        first.apply("{token: {expirationSeconds: 7200}}").awaitReady();
        assertThat(first.annotation(Subject.ROLE_ARN)).isEqualTo(first.roleArn());

        first.delete();
        second.awaitReady();
        assertThat(first.annotation(Subject.ROLE_ARN)).isEqualTo(second.roleArn());
        second.delete();
    }

    /** The first is Ready before the second is made, and yet the second is no younger; tried until it is so. */
    private Subject firstAndSecondOfOneSecond(boolean existing) {
        for (int i = 0; i < 30; i++) {
            Subject first = Subject.in(world);
            if (existing) {
                first.kubectl("create", "serviceaccount", "invoices");
            }
            awaitBeginOfASecond();
            create(first, "{}");
            World.await()
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> Serialization.asJson(stored(first)).contains("\"reason\":\"Ready\""));
            create(first.named("copy"), "{serviceAccount: {name: invoices}}");
            if (created(first).equals(created(first.named("copy")))) {
                return first;
            }
            first.named("copy").delete();
            first.delete();
        }
        throw new AssertionError("the operator needs more than a second for one resource");
    }

    private static void awaitBeginOfASecond() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Instant.now().get(ChronoField.MILLI_OF_SECOND) < 50);
    }

    private void create(Subject subject, String spec) {
        String yaml = World.resource(subject.namespace(), subject.name(), spec);
        world.controlPlane()
                .client()
                .resource(Serialization.unmarshal(yaml, IamServiceAccount.class))
                .create();
    }

    private IamServiceAccount stored(Subject subject) {
        return world.controlPlane()
                .client()
                .resources(IamServiceAccount.class)
                .inNamespace(subject.namespace())
                .withName(subject.name())
                .get();
    }

    private String created(Subject subject) {
        return stored(subject).getMetadata().getCreationTimestamp();
    }
}
