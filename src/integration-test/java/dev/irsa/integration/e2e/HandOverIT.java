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

/** A rolling update while there is much to do: what runs is ended, nothing is done twice, nothing is left over. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandOverIT {
    private static final int OF_EACH = 10;
    private static final int HAND_OVERS = 10;

    private ControlPlane controlPlane;
    private World world;
    private URI aws;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        world.kubectl().run("create", "namespace", "irsa-operator").orThrow();
        // Behind the shared one, that sees the calls of all.
        aws = proxy.uri();
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void noCallIsCutInHalfAndNoneIsMadeAgain() {
        String namespace = world.namespace();
        try (Replica first = Replica.start(fewAtOnce(), aws);
                Replica second = standBy(first)) {
            Fleet changed = Fleet.apply(world, namespace, AppliedResource.ONE_POLICY, names("changed"));
            Fleet deleted = Fleet.apply(world, namespace, AppliedResource.ONE_POLICY, names("deleted"));
            world.proxy().clear();
            first.proxy().clear();
            first.proxy().faults().on("iam:*").delay(Duration.ofMillis(200));
            long told = changesIn(first);
            Fleet created = new Fleet(world, namespace, names("created")).ask(AppliedResource.ONE_POLICY);
            changed.ask("{policies: {managed: [AmazonSQSFullAccess]}}");
            deleted.beginDeletion();
            World.await()
                    .until(() -> first.proxy().calls().inFlight() == 2
                            && first.writes().size() >= 5);
            Stopwatch handOver = Stopwatch.start("hand-over: in the middle of much work");

            first.process().sigterm();
            assertThat(first.process().awaitExit()).isEqualTo(143);
            handOver.print("the old one ended");
            second.awaitLeading();
            handOver.print("the other led");

            assertThat(first.proxy().calls().inFlight()).isZero();
            assertThat(changesIn(first) - told)
                    .as("changes that it told of, each by the answer to its call")
                    .isEqualTo(first.writes().size());
            deleted.subjects().forEach(Subject::awaitGone);
            created.awaitReady();
            assertThat(first.writes()).isNotEmpty();
            assertThat(second.writes()).isNotEmpty();
            assertThat(writes()).doesNotHaveDuplicates();
            assertThat(created.subjects())
                    .allSatisfy(subject -> assertThat(world.attached(subject.roleName()))
                            .containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
            assertThat(changed.subjects())
                    .allSatisfy(subject -> assertThat(world.attached(subject.roleName()))
                            .containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess"));
            assertThat(deleted.subjects()).noneMatch(Subject::roleExists);
            Log.assertNoStackTrace(first.process().log());
            Log.assertNoStackTrace(second.process().log());
        }
    }

    @Tag("soak")
    @Test
    void tenInARowLeaveEveryResourceReadyAndNothingOver() {
        String namespace = world.namespace();
        Fleet staying = new Fleet(world, namespace, names("staying"));
        Replica leader = Replica.start(world.sweeping(), aws);
        Replica other = standBy(leader);
        try {
            staying.ask(description(0));
            for (int i = 1; i <= HAND_OVERS; i++) {
                Fleet passing = new Fleet(world, namespace, List.of("passing-" + i));
                passing.ask(AppliedResource.ONE_POLICY);
                staying.ask(description(i));
                Stopwatch handOver = Stopwatch.start("hand-over: " + i + " of " + HAND_OVERS);
                leader.process().sigterm();
                passing.beginDeletion();
                assertThat(leader.process().awaitExit()).isEqualTo(143);
                handOver.print("the old one ended");
                other.awaitLeading();
                handOver.print("the other led");
                Log.assertNoStackTrace(leader.process().log());
                leader.close();
                leader = other;
                other = Replica.start(world.sweeping(), aws);
            }
            staying.awaitReady();
            World.await().until(() -> world.rolesOf(namespace).size() == OF_EACH);

            assertThat(staying.subjects())
                    .allSatisfy(
                            subject -> assertThat(world.role(subject.roleName()).description())
                                    .isEqualTo("hand-over " + HAND_OVERS));
            assertThat(world.kubectl()
                            .get("-n", namespace, "get", "iamsa", "-o=name")
                            .lines())
                    .hasSize(OF_EACH);
            Replica last = leader;
            World.await().until(() -> Metrics.value(last.process(), "irsa_orphaned_roles") == 0);
        } finally {
            other.close();
            leader.close();
        }
    }

    /** So that there is left what it has not begun. */
    private OperatorLaunch fewAtOnce() {
        return world.launch().withArguments("--aws-max-in-flight", "2");
    }

    private Replica standBy(Replica leader) {
        leader.awaitLeading();
        return Replica.start(world.sweeping(), aws);
    }

    private static List<String> names(String prefix) {
        return IntStream.range(0, OF_EACH).mapToObj(i -> prefix + "-" + i).toList();
    }

    private static String description(int handOver) {
        return "{role: {description: hand-over %d}, policies: {managed: [AmazonS3ReadOnlyAccess]}}".formatted(handOver);
    }

    /** Asserts that a log line reports each change with its AWS request id. */
    private static long changesIn(Replica replica) {
        return replica.process()
                .log()
                .lines()
                .filter(line -> line.contains(" [request "))
                .count();
    }

    /** Of both, with all that they were to do. */
    private List<String> writes() {
        return world.proxy().calls().all().stream()
                .filter(call -> call.writesToRole() || call.action().equals("CreateRole"))
                .map(call -> call.name() + " " + call.parameters())
                .toList();
    }
}
