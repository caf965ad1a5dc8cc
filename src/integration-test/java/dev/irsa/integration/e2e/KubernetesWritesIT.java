package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counts the operator's writes to the API server in the audit log. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesWritesIT {
    private final AuditLog audit = AuditLog.create();
    private ControlPlane controlPlane;
    private TestEnvironment env;
    private OperatorProcess operator;

    @BeforeAll
    void start(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(audit.settings());
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        operator = env.launch().startReady();
    }

    @AfterAll
    void stop() {
        operator.close();
        controlPlane.close();
    }

    @Test
    void makesOnlyRequiredWritesAndNoneAtRest() {
        Subject subject = Subject.in(env)
                .apply("{policies: {managed: [AmazonS3ReadOnlyAccess]}}")
                .awaitReady();
        List<String> create = awaitEvents(subject, 0, 1);
        assertThat(create)
                .containsExactly(
                        "patch iamserviceaccounts 200",
                        "create serviceaccounts 201",
                        "patch iamserviceaccounts/status 200",
                        "create events 201");

        env.proxy().calls().clear();
        Duration rest = Duration.ofSeconds(60);
        Awaitility.await("at rest")
                .atMost(rest.plusSeconds(10))
                .during(rest)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> writes(subject).equals(create));
        assertThat(env.proxy().calls().besidesPages()).as("AWS calls at rest").isEmpty();

        subject.apply("{policies: {managed: [AmazonSQSReadOnlyAccess]}}").awaitReady();
        List<String> change = awaitEvents(subject, create.size(), 1);
        assertThat(change).containsExactly("patch iamserviceaccounts/status 200", "create events 201");

        int before = writes(subject).size();
        long requests = audit.requestsOfTheOperator(subject.namespace()).count();
        audit.countSinceLast();
        subject.delete();
        List<String> delete = awaitEvents(subject, before, 1);
        assertThat(audit.requestsOfTheOperator(subject.namespace()).skip(requests))
                .as("one read")
                .containsExactly(
                        "get iamserviceaccounts 200",
                        "patch serviceaccounts 200",
                        "patch iamserviceaccounts 200",
                        "create events 201");
        assertThat(audit.countSinceLast()).containsEntry("get customresourcedefinitions", 1L);
        System.out.println("Kubernetes writes | new | 60 s at rest | one change | deletion (events included)");
        System.out.printf(
                "                  | %3d | %12d | %10d | %8d%n", create.size(), 0, change.size(), delete.size());
    }

    @Test
    void restartWritesNothing() {
        Subject one = Subject.in(env).apply("{}").awaitReady();
        Subject two = one.named("two").apply("{}").awaitReady();
        awaitEvents(one, 0, 2);
        operator.close();
        int before = writes(one).size();
        env.proxy().calls().clear();
        operator = env.launch().startReady();
        Metrics.awaitFirstSweep(operator);
        // This changes nothing in IAM. The new generation shows that the operator reconciled it.
        one.apply("{deletionPolicy: Delete}").awaitReady();
        assertThat(writes(one).stream().skip(before)).containsExactly("patch iamserviceaccounts/status 200");
        assertThat(one.calls()).isEmpty();
        assertThat(two.calls()).isEmpty();
        one.delete();
        two.delete();
    }

    /**
     * Returns the writes after the first {@code since} ones, once they include this many events. Events are written
     * last.
     */
    private List<String> awaitEvents(Subject subject, int since, int events) {
        TestEnvironment.await()
                .until(() -> writes(subject).stream()
                                .skip(since)
                                .filter("create events 201"::equals)
                                .count()
                        == events);
        return writes(subject).stream().skip(since).toList();
    }

    private List<String> writes(Subject subject) {
        return audit.writesOfTheOperator(subject.namespace());
    }
}
