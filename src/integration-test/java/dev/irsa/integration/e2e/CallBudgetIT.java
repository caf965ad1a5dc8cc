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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counts the IAM calls for one resource over its life. The cases are in the unit test of the call budget. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallBudgetIT {
    /** {@code deletionPolicy} changes nothing in IAM: an edit of it shows what a reconcile without a change costs. */
    private static final String SPEC =
            "{deletionPolicy: %s, role: {description: %s}, policies: {managed: [AmazonS3ReadOnlyAccess], inline: ["
                    + "{name: read, document: {Version: '2012-10-17', Statement: ["
                    + "{Effect: Allow, Action: 's3:GetObject', Resource: '*'}]}}]}}";

    private static final List<String> REMOVAL =
            List.of("GetRole", "DetachRolePolicy", "DeleteRolePolicy", "DeleteRole");

    private World world;
    private OperatorProcess operator;

    @BeforeAll
    void start(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
        operator = world.launch().startReady();
        awaitNextSecond();
    }

    @AfterAll
    void stop() {
        operator.close();
    }

    @Test
    void everyCallIsAccountedFor() {
        Subject subject = Subject.in(world);
        subject.apply(SPEC.formatted("Retain", "one")).awaitReady();
        assertThat(take(subject)).containsExactly("CreateRole", "AttachRolePolicy", "PutRolePolicy");

        subject.apply(SPEC.formatted("Delete", "one")).awaitReady();
        assertThat(take(subject)).isEmpty();

        subject.apply(SPEC.formatted("Delete", "two")).awaitReady();
        assertThat(take(subject)).containsExactly("GetRole", "UpdateRole");

        subject.delete();
        assertThat(take(subject)).isEqualTo(REMOVAL);
    }

    @Test
    void everyCallIsAccountedForAfterARestart() {
        Subject subject =
                Subject.in(world).apply(SPEC.formatted("Delete", "two")).awaitReady();
        operator.close();
        operator = world.launch().startReady();
        Metrics.awaitFirstSweep(operator);
        take(subject);

        subject.apply(SPEC.formatted("Retain", "two")).awaitReady();
        assertThat(take(subject)).as("the sweep has read all roles").isEmpty();

        subject.apply(SPEC.formatted("Delete", "three")).awaitReady();
        assertThat(take(subject)).containsExactly("GetRole", "UpdateRole");

        subject.delete();
        List<String> calls = take(subject);
        assertThat(calls).startsWith(REMOVAL.toArray(String[]::new));
        assertThat(calls.subList(REMOVAL.size(), calls.size()))
                .as("a late call of the previous process may still create so young a role again")
                .isSubsetOf("GetRole")
                .hasSizeLessThanOrEqualTo(3);
    }

    /** Kubernetes counts time in whole seconds: a resource of the second in which the operator started may look older. */
    private static void awaitNextSecond() {
        World.awaitTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }

    /** Returns the calls since the last {@code take}. */
    private static List<String> take(Subject subject) {
        List<String> calls = subject.calls();
        subject.world().proxy().calls().clear();
        return calls;
    }
}
