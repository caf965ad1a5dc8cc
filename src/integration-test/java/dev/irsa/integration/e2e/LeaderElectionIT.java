package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.AuditLog;
import dev.irsa.integration.machine.AuditedRequest;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests leader election with two replicas. The first has the permissions of deploy/rbac.yaml; the second is another
 * user, so that their requests differ.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaderElectionIT {
    private static final String FIRST = "system:serviceaccount:irsa-operator:irsa-operator";
    private static final Set<String> READS = Set.of("get", "list", "watch");

    private final AuditLog audit = AuditLog.create();
    private ControlPlane controlPlane;
    private TestEnvironment env;
    private Replica first;
    private Replica second;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(audit.settings());
        env = TestEnvironment.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        env.kubectl().run("apply", "-f", "deploy/rbac.yaml").orThrow();
    }

    @BeforeEach
    void startTwo(Moto moto) {
        env.kubectl()
                .run("-n", "irsa-operator", "delete", "lease", "irsa-operator", "--ignore-not-found")
                .orThrow();
        first = Replica.start(
                env.sweeping()
                        .withKubeconfig(controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator")),
                moto.endpoint());
        first.awaitLeading();
        second = Replica.start(env.sweeping(), moto.endpoint());
    }

    @AfterEach
    void stopBoth() {
        second.close();
        first.close();
        for (Replica replica : List.of(first, second)) {
            assertThat(replica.process().log()).doesNotContain("forbidden");
            OperatorLog.assertNoStackTrace(replica.process().log());
        }
        assertThat(audit.requestsOf(FIRST)).noneMatch(AuditedRequest::refused);
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void standbyIsReadyAndMakesNoCalls() {
        long before = statusWritesOfSecond();
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();

        assertThat(first.leads()).isTrue();
        assertThat(first.writes()).contains("iam:CreateRole");
        second.assertStandby();
        assertThat(statusWritesOfSecond()).isEqualTo(before);
        resource.delete().awaitGone();
    }

    @Test
    void leaderReleasesLeaseOnSigterm() {
        AppliedResource before = AppliedResource.smallest(env, "invoices").awaitReady();
        before.patch("{\"spec\":{\"policies\":{\"managed\":[\"AmazonSQSFullAccess\"]}}}");
        Stopwatch elapsed = Stopwatch.start("hand-over: SIGTERM");

        first.process().sigterm();
        second.awaitLeading();

        elapsed.print("the second led");
        assertThat(first.leads()).isFalse();
        assertThat(first.process().awaitExit()).isEqualTo(143);
        assertThat(first.process().log()).doesNotContain("the Lease ", "lost the Lease");
        assertSecondReconciles(before);
    }

    @Test
    void standbyLeadsAfterKilledLeadersLeaseExpires() {
        AppliedResource before = AppliedResource.smallest(env, "invoices").awaitReady();
        Stopwatch killed = Stopwatch.start("hand-over: SIGKILL");

        first.process().sigkill();
        second.awaitLeading();

        killed.print("the second led");
        assertSecondReconciles(before);
    }

    @Test
    void frozenLeaderExitsWithoutWriting() {
        AppliedResource before = AppliedResource.smallest(env, "invoices").awaitReady();
        // Wait for the event, which follows the status. The leader check cannot stop a request that was sent already.
        before.await("event").until(() -> !before.events("RoleCreated").isEmpty());
        Stopwatch frozen = Stopwatch.start("hand-over: SIGSTOP");
        first.process().freeze();
        second.awaitLeading();
        frozen.print("the second led");
        // Create work for any replica that considers itself the leader.
        ManualDrift.put(env, before.role(), "backdoor", ManualDrift.statement("Allow", "iam:*"));
        AppliedResource during = AppliedResource.smallest(env, "ledger").awaitReady();
        first.proxy().clear();
        int asked = audit.requestsOf(FIRST).size();

        first.process().resume();

        assertThat(first.process().awaitExit()).isEqualTo(1);
        assertThat(first.writes()).isEmpty();
        List<AuditedRequest> requests = audit.requestsOf(FIRST);
        assertThat(requests.subList(asked, requests.size()))
                // A renewal of the Lease that was in flight fails, because the second replica leads.
                .filteredOn(request -> !request.resource().equals("leases"))
                .extracting(AuditedRequest::verb)
                .isSubsetOf(READS);
        assertThat(second.leads()).isTrue();
        TestEnvironment.await().until(() -> env.inline(before.role()).isEmpty());
        during.delete().awaitGone();
        assertSecondReconciles(before);
    }

    @Test
    void leaderExitsWhenItCannotRenewLease() {
        AppliedResource before = AppliedResource.smallest(env, "invoices").awaitReady();
        Stopwatch cut = Stopwatch.start("hand-over: etcd hangs");

        controlPlane.freezeEtcd();
        try {
            assertThat(first.process().awaitExit()).isEqualTo(1);
            cut.print("the leader exited");
            second.assertStandby();
        } finally {
            controlPlane.thawEtcd();
        }

        second.awaitLeading();
        assertSecondReconciles(before);
    }

    /** Counts the status writes of the administrator, which only the second replica makes. */
    private long statusWritesOfSecond() {
        return audit.requestsOf(ControlPlane.ADMIN).stream()
                .filter(request -> request.resource().equals("iamserviceaccounts/status"))
                .count();
    }

    private void assertSecondReconciles(AppliedResource before) {
        second.proxy().clear();
        before.spec("{role: {description: handed over}, policies: {managed: [AmazonS3ReadOnlyAccess]}}")
                .awaitReady();
        assertThat(env.role(before.role()).description()).isEqualTo("handed over");
        assertThat(second.writes()).contains("iam:UpdateRole");
        assertThat(second.process().status("/readyz")).isEqualTo(200);
        before.delete().awaitGone();
        assertThat(env.roleExists(before.role())).isFalse();
    }
}
