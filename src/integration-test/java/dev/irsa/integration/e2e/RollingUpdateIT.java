package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A rolling update during heavy work. The old leader completes its calls, no call is repeated, and nothing is left
 * behind.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollingUpdateIT {
    private static final int OF_EACH = 10;
    private static final int UPDATES = 10;

    private ControlPlane controlPlane;
    private TestEnvironment env;
    private URI aws;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().run("create", "namespace", "irsa-operator").orThrow();
        // In front of the shared proxy, which sees the calls of all replicas.
        aws = proxy.uri();
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void completesInFlightCallsAndRepeatsNone() {
        String namespace = env.namespace();
        try (Replica first = Replica.start(limitedConcurrency(), aws);
                Replica second = startStandby(first)) {
            ResourceGroup changed = ResourceGroup.apply(env, namespace, AppliedResource.ONE_POLICY, names("changed"));
            ResourceGroup deleted = ResourceGroup.apply(env, namespace, AppliedResource.ONE_POLICY, names("deleted"));
            env.proxy().clear();
            first.proxy().clear();
            first.proxy().faults().on("iam:*").delay(Duration.ofMillis(200));
            long changesBefore = loggedChanges(first);
            ResourceGroup created =
                    new ResourceGroup(env, namespace, names("created")).apply(AppliedResource.ONE_POLICY);
            changed.apply("{policies: {managed: [AmazonSQSFullAccess]}}");
            deleted.beginDeletion();
            TestEnvironment.await()
                    .until(() -> first.proxy().calls().inFlight() == 2
                            && first.writes().size() >= 5);
            Stopwatch elapsed = Stopwatch.start("hand-over: during heavy work");

            first.process().sigterm();
            assertThat(first.process().awaitExit()).isEqualTo(143);
            elapsed.print("the old leader exited");
            second.awaitLeading();
            elapsed.print("the new leader took over");

            assertThat(first.proxy().calls().inFlight()).isZero();
            assertThat(loggedChanges(first) - changesBefore)
                    .as("changes that the old leader logged after their responses")
                    .isEqualTo(first.writes().size());
            deleted.subjects().forEach(Subject::awaitGone);
            created.awaitReady();
            assertThat(first.writes()).isNotEmpty();
            assertThat(second.writes()).isNotEmpty();
            assertThat(writes()).doesNotHaveDuplicates();
            assertThat(created.subjects())
                    .allSatisfy(subject -> assertThat(env.attached(subject.roleName()))
                            .containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
            assertThat(changed.subjects())
                    .allSatisfy(subject -> assertThat(env.attached(subject.roleName()))
                            .containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess"));
            assertThat(deleted.subjects()).noneMatch(Subject::roleExists);
            OperatorLog.assertNoStackTrace(first.process().log());
            OperatorLog.assertNoStackTrace(second.process().log());
        }
    }

    @Tag("soak")
    @Test
    void leavesConsistentStateAfterTenRollingUpdates() {
        String namespace = env.namespace();
        ResourceGroup staying = new ResourceGroup(env, namespace, names("staying"));
        Replica leader = Replica.start(env.sweeping(), aws);
        Replica other = startStandby(leader);
        try {
            staying.apply(description(0));
            for (int i = 1; i <= UPDATES; i++) {
                ResourceGroup passing = new ResourceGroup(env, namespace, List.of("passing-" + i));
                passing.apply(AppliedResource.ONE_POLICY);
                staying.apply(description(i));
                Stopwatch elapsed = Stopwatch.start("hand-over: " + i + " of " + UPDATES);
                leader.process().sigterm();
                passing.beginDeletion();
                assertThat(leader.process().awaitExit()).isEqualTo(143);
                elapsed.print("the old leader exited");
                other.awaitLeading();
                elapsed.print("the new leader took over");
                OperatorLog.assertNoStackTrace(leader.process().log());
                leader.close();
                leader = other;
                other = Replica.start(env.sweeping(), aws);
            }
            staying.awaitReady();
            TestEnvironment.await().until(() -> env.rolesOf(namespace).size() == OF_EACH);

            assertThat(staying.subjects())
                    .allSatisfy(
                            subject -> assertThat(env.role(subject.roleName()).description())
                                    .isEqualTo("hand-over " + UPDATES));
            assertThat(env.kubectl()
                            .get("-n", namespace, "get", "iamsa", "-o=name")
                            .lines())
                    .hasSize(OF_EACH);
            Replica last = leader;
            TestEnvironment.await().until(() -> Metrics.value(last.process(), "irsa_orphaned_roles") == 0);
        } finally {
            other.close();
            leader.close();
        }
    }

    /** Limits concurrency, so that work remains for the next leader. */
    private OperatorLaunch limitedConcurrency() {
        return env.launch().withArguments("--aws-max-in-flight", "2");
    }

    private Replica startStandby(Replica leader) {
        leader.awaitLeading();
        return Replica.start(env.sweeping(), aws);
    }

    private static List<String> names(String prefix) {
        return IntStream.range(0, OF_EACH).mapToObj(i -> prefix + "-" + i).toList();
    }

    private static String description(int elapsed) {
        return "{role: {description: hand-over %d}, policies: {managed: [AmazonS3ReadOnlyAccess]}}".formatted(elapsed);
    }

    /** Counts the log lines that report a change with its AWS request ID. */
    private static long loggedChanges(Replica replica) {
        return replica.process()
                .log()
                .lines()
                .filter(line -> line.contains(" [request "))
                .count();
    }

    /** Returns the writes of both replicas with their parameters. */
    private List<String> writes() {
        return env.proxy().calls().all().stream()
                .filter(call -> call.writesToRole() || call.action().equals("CreateRole"))
                .map(call -> call.name() + " " + call.parameters())
                .toList();
    }
}
