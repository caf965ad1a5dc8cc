package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.integration.machine.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** AWS takes fewer calls than there are to make: they are made at the pace that it takes. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThrottlingIT {
    private static final int RESOURCES = 100;
    private static final int CALLS = 3 * RESOURCES;
    private static final int SWEEPS = 20;
    private static final String ONE_OF_EACH =
            "{policies: {managed: [AmazonS3ReadOnlyAccess], inline: [{name: read, document: {Version: '2012-10-17',"
                    + " Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}";

    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void manyNewResourcesAreReadyWithFewRefusedCallsAndNobodyIsAskedForHelp() {
        String namespace = newResources();
        world.proxy().clear();
        TokenBucket aws = world.proxy().faults().on("iam:*").limit(10, 20);

        try (OperatorProcess operator =
                world.launch().withArguments("--watch-namespace", namespace).start()) {
            World.await().until(() -> aws.passed() > 0);
            Instant begin = Instant.now();
            awaitAllReady(namespace);

            System.out.printf(
                    "MEASURED %d new resources at 10 calls a second, burst 20: %d s (28 s at the least),"
                            + " %d calls refused beside %d%n",
                    RESOURCES, Duration.between(begin, lastReady(namespace)).toSeconds(), aws.refused(), aws.passed());
            // After a call that was given up the role is looked at.
            int looks = (int) world.proxy().calls().count("iam:GetRole");
            assertThat(aws.passed())
                    .as("nothing is done twice; a sweep has a few pages")
                    .isBetween(CALLS, CALLS + SWEEPS + looks);
            assertThat(looks).isLessThanOrEqualTo(aws.refused());
            assertThat(aws.refused()).isPositive().isLessThan(CALLS / 5);
            assertThat(warnings(namespace)).as("what needs a person").isSubsetOf("Throttled");
            Log.assertNoStackTrace(operator.log());
            world.proxy().clear();
            world.kubectl().run("-n", namespace, "delete", "iamsa", "--all").orThrow();
        } finally {
            world.proxy().clear();
        }
    }

    @Test
    void aRateThatIsGivenIsNotExceeded() {
        AppliedResource resource = AppliedResource.resource(world, "invoices", ONE_OF_EACH);
        world.proxy().clear();
        // Two that were a second apart when they were let go may arrive together.
        TokenBucket aws = world.proxy().faults().on("iam:*").limit(3, 2);

        try (OperatorProcess operator = world.launch()
                .withArguments("--aws-rate", "1", "--watch-namespace", resource.namespace())
                .startReady()) {
            resource.awaitReady();

            assertThat(aws.passed()).isGreaterThanOrEqualTo(3);
            assertThat(aws.refused()).isZero();
            assertThat(operator.isAlive()).isTrue();
            resource.delete().awaitGone();
        } finally {
            world.proxy().clear();
        }
    }

    private String newResources() {
        String namespace = world.namespace();
        world.kubectl()
                .apply(IntStream.range(0, RESOURCES)
                        .mapToObj(i -> World.resource(namespace, "resource-" + i, ONE_OF_EACH))
                        .collect(Collectors.joining("---\n")))
                .orThrow();
        return namespace;
    }

    private void awaitAllReady(String namespace) {
        world.kubectl()
                .run("-n", namespace, "wait", "--for=condition=Ready", "iamsa", "--all", "--timeout=170s")
                .orThrow();
    }

    /** As the operator says it: kubectl looks at one resource after the other. */
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
        return world.kubectl()
                .get("-n", namespace, "get", what, "-o=jsonpath=" + path)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
