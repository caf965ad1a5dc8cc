package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** AWS accepts fewer calls per second than the operator could make. The operator adapts its rate. */
class ThrottlingIT extends EnvironmentTestBase {
    private static final int RESOURCES = 100;
    private static final int CALLS = 3 * RESOURCES;
    private static final int SWEEPS = 20;
    private static final String ONE_OF_EACH =
            "{policies: {managed: [AmazonS3ReadOnlyAccess], inline: [{name: read, document: {Version: '2012-10-17',"
                    + " Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}";

    @Test
    void createsManyResourcesUnderThrottling() {
        String namespace = newResources();
        env.proxy().clear();
        TokenBucket aws = env.proxy().faults().on("iam:*").limit(10, 20);

        try (OperatorProcess operator =
                env.launch().withArguments("--watch-namespace", namespace).start()) {
            TestEnvironment.await().until(() -> aws.passed() > 0);
            Instant begin = Instant.now();
            awaitAllReady(namespace);

            System.out.printf(
                    "MEASURED %d new resources at 10 calls a second, burst 20: %d s (28 s at the least),"
                            + " %d calls throttled, %d accepted%n",
                    RESOURCES, Duration.between(begin, lastReady(namespace)).toSeconds(), aws.refused(), aws.passed());
            // After a call without a result, the operator reads the role.
            int reads = (int) env.proxy().calls().count("iam:GetRole");
            assertThat(aws.passed())
                    .as("no repeated writes; sweeps read a few pages")
                    .isBetween(CALLS, CALLS + SWEEPS + reads);
            assertThat(reads).isLessThanOrEqualTo(aws.refused());
            assertThat(aws.refused()).isPositive().isLessThan(CALLS / 5);
            assertThat(warnings(namespace)).as("warnings").isSubsetOf("Throttled");
            OperatorLog.assertNoStackTrace(operator.log());
            env.proxy().clear();
            env.kubectl().run("-n", namespace, "delete", "iamsa", "--all").orThrow();
        } finally {
            env.proxy().clear();
        }
    }

    @Test
    void doesNotExceedConfiguredRate() {
        AppliedResource resource = AppliedResource.resource(env, "invoices", ONE_OF_EACH);
        env.proxy().clear();
        // Two calls that were sent a second apart may arrive together.
        TokenBucket aws = env.proxy().faults().on("iam:*").limit(3, 2);

        try (OperatorProcess operator = env.launch()
                .withArguments("--aws-rate", "1", "--watch-namespace", resource.namespace())
                .startReady()) {
            resource.awaitReady();

            assertThat(aws.passed()).isGreaterThanOrEqualTo(3);
            assertThat(aws.refused()).isZero();
            assertThat(operator.isAlive()).isTrue();
            resource.delete().awaitGone();
        } finally {
            env.proxy().clear();
        }
    }

    private String newResources() {
        String namespace = env.namespace();
        env.kubectl()
                .apply(IntStream.range(0, RESOURCES)
                        .mapToObj(i -> TestEnvironment.resource(namespace, "resource-" + i, ONE_OF_EACH))
                        .collect(Collectors.joining("---\n")))
                .orThrow();
        return namespace;
    }

    private void awaitAllReady(String namespace) {
        env.kubectl()
                .run("-n", namespace, "wait", "--for=condition=Ready", "iamsa", "--all", "--timeout=170s")
                .orThrow();
    }

    /** Reads the transition times of the operator, because kubectl waits for one resource after the other. */
    private Instant lastReady(String namespace) {
        return lines(
                        namespace,
                        "iamsa",
                        "{range .items[*]}{.status.conditions[?(@.type==\"Ready\")].lastTransitionTime}{\"\\n\"}{end}")
                .stream()
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private List<String> warnings(String namespace) {
        return lines(
                namespace, "events.v1.events.k8s.io", "{range .items[?(@.type==\"Warning\")]}{.reason}{\"\\n\"}{end}");
    }

    private List<String> lines(String namespace, String what, String path) {
        return env.kubectl()
                .get("-n", namespace, "get", what, "-o=jsonpath=" + path)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
