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

/** Two replicas, one of which works: the first with the rights of deploy/rbac.yaml, the other as somebody else. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaderElectionIT {
    private static final String FIRST = "system:serviceaccount:irsa-operator:irsa-operator";
    private static final Set<String> READS = Set.of("get", "list", "watch");

    private final AuditLog audit = AuditLog.create();
    private ControlPlane controlPlane;
    private World world;
    private Replica first;
    private Replica second;

    @BeforeAll
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start(audit.settings());
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        world.kubectl().run("apply", "-f", "deploy/rbac.yaml").orThrow();
    }

    @BeforeEach
    void startTwo(Moto moto) {
        world.kubectl()
                .run("-n", "irsa-operator", "delete", "lease", "irsa-operator", "--ignore-not-found")
                .orThrow();
        first = Replica.start(
                world.sweeping()
                        .withKubeconfig(controlPlane.kubeconfigOfServiceAccount("irsa-operator", "irsa-operator")),
                moto.endpoint());
        first.awaitLeading();
        second = Replica.start(world.sweeping(), moto.endpoint());
    }

    @AfterEach
    void stopBoth() {
        second.close();
        first.close();
        for (Replica replica : List.of(first, second)) {
            assertThat(replica.process().log()).doesNotContain("forbidden");
            Log.assertNoStackTrace(replica.process().log());
        }
        assertThat(audit.requestsOf(FIRST)).noneMatch(AuditedRequest::refused);
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    @Test
    void oneWorksAndTheOtherStandsByAliveAndReadyAndCallsNothing() {
        long before = statusesOfTheSecond();
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();

        assertThat(first.leads()).isTrue();
        assertThat(first.writes()).contains("iam:CreateRole");
        second.assertStandsBy();
        assertThat(statusesOfTheSecond()).isEqualTo(before);
        resource.delete().awaitGone();
    }

    @Test
    void oneThatIsToldToStopHandsOver() {
        AppliedResource before = AppliedResource.smallest(world, "invoices").awaitReady();
        before.patch("{\"spec\":{\"policies\":{\"managed\":[\"AmazonSQSFullAccess\"]}}}");
        Stopwatch told = Stopwatch.start("hand-over: SIGTERM");

        first.process().sigterm();
        second.awaitLeading();

        told.print("another led");
        assertThat(first.leads()).isFalse();
        assertThat(first.process().awaitExit()).isEqualTo(143);
        assertThat(first.process().log()).doesNotContain("the Lease ", "lost the Lease");
        assertTheSecondWorks(before);
    }

    @Test
    void oneThatIsKilledIsFollowedWhenItsLeaseEnds() {
        AppliedResource before = AppliedResource.smallest(world, "invoices").awaitReady();
        Stopwatch killed = Stopwatch.start("hand-over: SIGKILL");

        first.process().sigkill();
        second.awaitLeading();

        killed.print("another led");
        assertTheSecondWorks(before);
    }

    @Test
    void oneThatWasFrozenEndsAndWritesNothing() {
        AppliedResource before = AppliedResource.smallest(world, "invoices").awaitReady();
        // It comes after the status: what is already past the fence, no fence holds back.
        before.await("event").until(() -> !before.events("RoleCreated").isEmpty());
        Stopwatch frozen = Stopwatch.start("hand-over: SIGSTOP");
        first.process().freeze();
        second.awaitLeading();
        frozen.print("another led");
        // There is something to do for whoever believes that he leads.
        ManualDrift.put(world, before.role(), "backdoor", ManualDrift.statement("Allow", "iam:*"));
        AppliedResource during = AppliedResource.smallest(world, "ledger").awaitReady();
        first.proxy().clear();
        int asked = audit.requestsOf(FIRST).size();

        first.process().resume();

        assertThat(first.process().awaitExit()).isEqualTo(1);
        assertThat(first.writes()).isEmpty();
        List<AuditedRequest> requests = audit.requestsOf(FIRST);
        assertThat(requests.subList(asked, requests.size()))
                // It may have been frozen on its way to renew the Lease, and is too late now: the second leads.
                .filteredOn(request -> !request.resource().equals("leases"))
                .extracting(AuditedRequest::verb)
                .isSubsetOf(READS);
        assertThat(second.leads()).isTrue();
        World.await().until(() -> world.inline(before.role()).isEmpty());
        during.delete().awaitGone();
        assertTheSecondWorks(before);
    }

    @Test
    void oneThatCannotRenewItsLeaseEndsBeforeAnotherMayLead() {
        AppliedResource before = AppliedResource.smallest(world, "invoices").awaitReady();
        Stopwatch cut = Stopwatch.start("hand-over: etcd hangs");

        controlPlane.freezeEtcd();
        try {
            assertThat(first.process().awaitExit()).isEqualTo(1);
            cut.print("the leader ended");
            second.assertStandsBy();
        } finally {
            controlPlane.thawEtcd();
        }

        second.awaitLeading();
        assertTheSecondWorks(before);
    }

    /** Nobody else who has the rights of an administrator writes any. */
    private long statusesOfTheSecond() {
        return audit.requestsOf(ControlPlane.ADMIN).stream()
                .filter(request -> request.resource().equals("iamserviceaccounts/status"))
                .count();
    }

    private void assertTheSecondWorks(AppliedResource before) {
        second.proxy().clear();
        before.spec("{role: {description: handed over}, policies: {managed: [AmazonS3ReadOnlyAccess]}}")
                .awaitReady();
        assertThat(world.role(before.role()).description()).isEqualTo("handed over");
        assertThat(second.writes()).contains("iam:UpdateRole");
        assertThat(second.process().status("/readyz")).isEqualTo(200);
        before.delete().awaitGone();
        assertThat(world.roleExists(before.role())).isFalse();
    }
}
