package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests a cluster that Argo CD syncs from Git, from the first sync to the last deletion. The steps run in order, for
 * one team with client-side apply and one with {@code ServerSideApply=true}.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArgoSyncIT {
    /** Twelve comparisons of Argo CD, and three times the slowest retry of the operator. */
    private static final Duration QUIET_PERIOD = Duration.ofMinutes(1);

    private static final String OPERATOR = "irsa-operator";
    private static final String CLIENT = "payments-client";
    private static final String SERVER = "payments-server";
    private static final List<String> TEAMS = List.of(CLIENT, SERVER);
    private static final List<String> RESOURCES = List.of("invoices", "reports");

    private GitDrivenCluster cluster;
    private @Nullable OperatorProcess operator;

    @BeforeAll
    void start(Moto moto, FaultProxy proxy) {
        cluster = GitDrivenCluster.start(moto, proxy, TEAMS);
    }

    @AfterAll
    void stop() {
        if (operator != null) {
            operator.close();
        }
        cluster.close();
    }

    @Test
    @Order(1)
    void installsOperatorCrdsAndEntitlements() {
        ArgoApplication application = cluster.applyOperator();

        application.awaitSynced(cluster.git().head());
        application.awaitHealth("Progressing");
        cluster.markAvailable(OPERATOR, OPERATOR);
        cluster.markDisruptionAllowed(OPERATOR, OPERATOR);
        operator = cluster.env().launch().startReady();
        application.awaitHealth("Healthy");
        assertThat(cluster.env().field("default", "iament/" + CLIENT, "{.status.conditions[0].status}"))
                .isEqualTo("True");
    }

    @Test
    @Order(2)
    void laterSyncWaveWaitsForReadyRoles() {
        operator().freeze();
        cluster.applyTeam(CLIENT, "");
        cluster.applyTeam(SERVER, "ServerSideApply=true");
        for (String team : TEAMS) {
            TestEnvironment.await()
                    .until(() -> cluster.application(team)
                            .field("{.status.operationState.message}")
                            .contains("waiting for healthy state of irsa.dev/IamServiceAccount/"));
            assertThat(cluster.env().exists(team, "deployment/invoices")).isFalse();
        }

        operator().resume();
        for (String team : TEAMS) {
            TestEnvironment.await().until(() -> cluster.env().exists(team, "deployment/invoices"));
            assertThat(RESOURCES).allSatisfy(name -> assertReadyAndAnnotated(subject(team, name)));
            cluster.markAvailable(team, "invoices");
            cluster.awaitSyncedAndHealthy(team);
        }
    }

    @Test
    @Order(3)
    void revertsSpecDriftAndKeepsRoleAnnotation() {
        for (String team : TEAMS) {
            Subject reports = subject(team, "reports");
            String before = cluster.application(team).lastSync();
            reports.kubectl(
                    "patch", "iamsa/reports", "--type=merge", "--patch={\"spec\": {\"policies\": {\"managed\": []}}}");

            TestEnvironment.await()
                    .until(() -> !cluster.application(team).lastSync().equals(before));
            cluster.awaitSyncedAndHealthy(team);
            TestEnvironment.await().untilAsserted(() -> assertReadyAndAnnotated(reports));
            assertThat(cluster.env().attached(reports.roleName())).hasSize(1);
        }
    }

    @Test
    @Order(4)
    void stalledResourceIsDegraded() {
        String file = "/invoices.yaml";
        TEAMS.forEach(team -> cluster.git().replace(team + file, "AmazonS3ReadOnlyAccess", "AdministratorAccess"));
        cluster.push();
        TEAMS.forEach(team -> cluster.application(team).awaitHealth("Degraded"));
        TEAMS.forEach(team -> cluster.git().replace(team + file, "AdministratorAccess", "AmazonS3ReadOnlyAccess"));
        cluster.push();
        TEAMS.forEach(cluster::awaitSyncedAndHealthy);
    }

    @Test
    @Order(5)
    void staysSyncedWithoutFurtherWrites() {
        String before = cluster.observedVersions();
        assertThat(before).contains("IamServiceAccount/invoices", "Synced Healthy");
        Instant end = Instant.now().plus(QUIET_PERIOD);
        Awaitility.await()
                .atMost(QUIET_PERIOD.plusMinutes(2))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    cluster.argoCd().assertAlive();
                    assertThat(cluster.observedVersions()).isEqualTo(before);
                    return Instant.now().isAfter(end);
                });
        assertThat(TEAMS)
                .as("Argo CD kept comparing")
                .allSatisfy(team -> assertThat(
                                Instant.parse(cluster.application(team).field("{.status.reconciledAt}")))
                        .isAfter(end.minusSeconds(30)));
    }

    @Test
    @Order(6)
    void prunesRemovedResourceWithItsRole() {
        TEAMS.forEach(team -> cluster.git().remove(team + "/reports.yaml"));
        cluster.push();
        for (String team : TEAMS) {
            Subject reports = subject(team, "reports");
            cluster.awaitSyncedAndHealthy(team);
            reports.awaitGone();
            assertThat(reports.roleExists()).isFalse();
            TestEnvironment.await().until(() -> !reports.accountExists());
            assertReadyAndAnnotated(subject(team, "invoices"));
        }
    }

    @Test
    @Order(7)
    void deletesRolesWithApplication() {
        for (String team : TEAMS) {
            Subject invoices = subject(team, "invoices");
            cluster.application(team).delete();
            assertThat(invoices.exists()).isFalse();
            assertThat(invoices.roleExists()).isFalse();
            TestEnvironment.await().until(() -> !invoices.accountExists());
        }
    }

    @Test
    @Order(8)
    void keepsOperatorWhenApplicationIsDeleted() {
        cluster.application(OPERATOR).delete();

        assertThat(cluster.env().exists(OPERATOR, "deployment/irsa-operator")).isTrue();
    }

    @Test
    @Order(9)
    void keepsCrdsWhenOperatorIsDeleted() {
        ArgoApplication application = cluster.applyOperator();
        application.awaitSynced(cluster.git().head());
        application.deleteWithItsObjects();

        assertThat(cluster.env().exists(OPERATOR, "deployment/irsa-operator")).isFalse();
        assertThat(cluster.env().exists("default", "crd/iamserviceaccounts.irsa.dev"))
                .isTrue();
    }

    private static void assertReadyAndAnnotated(Subject subject) {
        assertThat(subject.ready("status")).isEqualTo("True");
        assertThat(subject.roleExists()).isTrue();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(subject.roleArn());
    }

    private Subject subject(String team, String name) {
        return new Subject(cluster.env(), team, name);
    }

    private OperatorProcess operator() {
        return Objects.requireNonNull(operator);
    }
}
