package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.FaultyCalls;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AWS is away, too busy or out of its mind: the resource says so once, and is Ready when it has passed. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsOutageIT {
    /**
     * @param attempts of the SDK for each try of the operator
     */
    record AwsFailure(String name, Consumer<FaultyCalls> fault, int attempts, String reason, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = OperatorLaunch.of(World.CLUSTER, controlPlane.kubeconfig(), proxy.uri())
                .withArguments("--consistency-window", "3s", "--slowest-retry", "2s", "--log-format", "text")
                .startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
        Log.assertNoStackTrace(operator.log());
    }

    static Stream<AwsFailure> failures() {
        return Stream.of(
                new AwsFailure("unreachable", FaultyCalls::cut, 3, "AwsUnavailable", "AWS returned no usable response"),
                new AwsFailure("throttling", FaultyCalls::throttle, 3, "Throttled", "is throttling IAM calls"),
                new AwsFailure("nonsense", FaultyCalls::nonsense, 1, "AwsUnavailable", "AWS"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aNewResourceSaysWhatIsWrongOnceAndIsReadyWhenItPasses(AwsFailure failure) {
        failure.fault().accept(world.proxy().faults().on("iam:*"));

        AppliedResource resource = AppliedResource.smallest(world, "invoices");
        saysSoOnce(resource, failure, "CreateRole");

        world.proxy().clear();
        resource.awaitReady();
        assertThat(world.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
    }

    private void saysSoOnce(AppliedResource resource, AwsFailure failure, String action) {
        assertThat(resource.awaitReason(failure.reason())).contains(failure.words());
        assertThat(resource.trueConditions()).isEqualTo("Reconciling");
        String version = resource.resourceVersion();
        long tried = world.proxy().calls().count("iam:" + action);
        resource.await("is tried again")
                .until(() -> world.proxy().calls().count("iam:" + action) > tried + failure.attempts());
        assertThat(resource.resourceVersion()).isEqualTo(version);
        assertThat(resource.events(failure.reason())).hasSize(1);
        assertThat(resource.status()).doesNotContain("00000000-0000-4000-8000", "127.0.0.1");
        assertThat(operator.status("/livez")).isEqualTo(200);
        assertThat(operator.status("/readyz")).isEqualTo(200);
    }
}
