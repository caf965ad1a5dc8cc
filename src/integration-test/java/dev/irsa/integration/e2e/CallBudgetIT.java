package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator asks of IAM for one resource, counted and printed. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallBudgetIT {
    private static final List<String> TEN = List.of(
            "AmazonS3ReadOnlyAccess",
            "AmazonSQSReadOnlyAccess",
            "AmazonEC2ReadOnlyAccess",
            "AmazonSNSReadOnlyAccess",
            "AmazonRDSReadOnlyAccess",
            "AmazonVPCReadOnlyAccess",
            "AmazonDynamoDBReadOnlyAccess",
            "AmazonRoute53ReadOnlyAccess",
            "AmazonKinesisReadOnlyAccess",
            "CloudWatchReadOnlyAccess");

    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = world.launch().startReady();
        awaitNextSecond();
        System.out.println(
                "AWS calls          | create | unchanged | one change | delete | restart | change after | delete after");
    }

    @AfterAll
    void stop() {
        operator.close();
    }

    record Role(String what, List<String> managed, List<String> inline) {
        @Override
        public String toString() {
            return what;
        }

        /** A spec; {@code policy} changes nothing in IAM, and so shows what a reconcile without a change costs. */
        String spec(String description, String policy) {
            List<String> documents = inline.stream()
                    .map(
                            "{name: %s, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}"
                                    ::formatted)
                    .toList();
            return "{deletionPolicy: %s, role: {description: %s}, policies: {managed: [%s], inline: [%s]}}"
                    .formatted(policy, description, String.join(", ", managed), String.join(", ", documents));
        }
    }

    static Stream<Role> roles() {
        return Stream.of(
                new Role("1 managed 1 inline", TEN.subList(0, 1), List.of("read")),
                new Role("10 managed", TEN, List.of()),
                new Role("no policies", List.of(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("roles")
    void everyCallIsAccountedFor(Role role) {
        Subject subject = Subject.in(world);
        subject.apply(role.spec("one", "Retain")).awaitReady();
        List<String> create = take(subject);
        assertThat(create)
                .isEqualTo(calls(List.of(
                        List.of("CreateRole"),
                        times(role.managed(), "AttachRolePolicy"),
                        times(role.inline(), "PutRolePolicy"))));

        subject.apply(role.spec("one", "Delete")).awaitReady();
        List<String> unchanged = take(subject);
        assertThat(unchanged).isEmpty();

        subject.apply(role.spec("two", "Delete")).awaitReady();
        List<String> change = take(subject);
        assertThat(change).containsExactly("GetRole", "UpdateRole");

        subject.delete();
        List<String> removal = calls(List.of(
                List.of("GetRole"),
                times(role.managed(), "DetachRolePolicy"),
                times(role.inline(), "DeleteRolePolicy"),
                List.of("DeleteRole")));
        List<String> delete = take(subject);
        assertThat(delete).isEqualTo(removal);

        subject = Subject.in(world).apply(role.spec("two", "Delete")).awaitReady();
        operator.close();
        operator = world.launch().startReady();
        Metrics.awaitFirstSweep(operator);
        take(subject);
        subject.apply(role.spec("two", "Retain")).awaitReady();
        List<String> restart = take(subject);
        assertThat(restart).as("pages tell of all roles").isEmpty();

        subject.apply(role.spec("three", "Delete")).awaitReady();
        List<String> after = take(subject);
        assertThat(after).containsExactly("GetRole", "UpdateRole");

        subject.delete();
        List<String> deleteAfter = take(subject);
        assertThat(deleteAfter).startsWith(removal.toArray(String[]::new));
        assertThat(deleteAfter.subList(removal.size(), deleteAfter.size()))
                .as("a role this young may be made once more by a call of the process before")
                .isSubsetOf("GetRole")
                .hasSizeLessThanOrEqualTo(3);
        System.out.printf(
                "%-18s | %6d | %9d | %10d | %6d | %7d | %12d | %12d%n",
                role,
                create.size(),
                unchanged.size(),
                change.size(),
                delete.size(),
                restart.size(),
                after.size(),
                deleteAfter.size());
    }

    /** Kubernetes tells times by the second: what is made in the one in which the operator began may be older than it. */
    private static void awaitNextSecond() {
        World.awaitTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }

    /** The calls since they were last taken. */
    private static List<String> take(Subject subject) {
        List<String> calls = subject.calls();
        subject.world().proxy().calls().clear();
        return calls;
    }

    private static List<String> times(List<String> things, String action) {
        return Collections.nCopies(things.size(), action);
    }

    private static List<String> calls(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
