package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.FaultyCalls;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * AWS is unreachable, throttles, or returns invalid responses. The resource reports it once and becomes Ready after the
 * outage.
 */
class AwsOutageIT extends OperatorTestBase {
    /**
     * @param attempts of the SDK in each reconcile
     */
    record AwsFailure(String name, Consumer<FaultyCalls> fault, int attempts, String reason, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Override
    OperatorLaunch launch() {
        return env.launch("3s", "2s");
    }

    static Stream<AwsFailure> failures() {
        return Stream.of(
                new AwsFailure(
                        "unreachable",
                        FaultyCalls::closeConnection,
                        3,
                        "AwsUnavailable",
                        "AWS returned no usable response"),
                new AwsFailure(
                        "throttling", FaultyCalls::throttle, 3, "Throttled", "is throttling IAM in this account"),
                new AwsFailure("invalid response", FaultyCalls::answerInvalidBody, 1, "AwsUnavailable", "AWS"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void reportsFailureOnceAndRecoversWhenAwsDoes(AwsFailure failure) {
        failure.fault().accept(env.proxy().faults().on("iam:*"));

        AppliedResource resource = AppliedResource.smallest(env, "invoices");
        assertReportedOnce(resource, failure, "CreateRole");

        env.proxy().clear();
        resource.awaitReady();
        assertThat(env.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
    }

    private void assertReportedOnce(AppliedResource resource, AwsFailure failure, String action) {
        assertThat(resource.awaitReason(failure.reason())).contains(failure.words());
        assertThat(resource.trueConditions()).isEqualTo("Reconciling");
        String version = resource.resourceVersion();
        long tried = env.proxy().calls().count("iam:" + action);
        resource.await("is retried")
                .until(() -> env.proxy().calls().count("iam:" + action) > tried + failure.attempts());
        assertThat(resource.resourceVersion()).isEqualTo(version);
        assertThat(resource.events(failure.reason())).hasSize(1);
        assertThat(resource.status()).doesNotContain("00000000-0000-4000-8000", "127.0.0.1");
        assertThat(operator.status("/livez")).isEqualTo(200);
        assertThat(operator.status("/readyz")).isEqualTo(200);
    }
}
