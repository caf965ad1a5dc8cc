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
 * A cluster that Argo CD fills from Git, from the first sync to the last deletion: one scene after another, for a team
 * whose objects it applies on the client's side and for one with {@code ServerSideApply=true}.
 */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArgoSyncIT {
    private static final Duration REST = Duration.ofMinutes(3);
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
    void theOperatorIsInstalledWithItsDefinitionsAndWhatThePlatformAllows() {
        ArgoApplication application = cluster.applyOperator();

        application.awaitSynced(cluster.git().head());
        application.awaitHealth("Progressing");
        cluster.rollOut(OPERATOR, OPERATOR);
        cluster.allowDisruption(OPERATOR, OPERATOR);
        operator = cluster.world().launch().startReady();
        application.awaitHealth("Healthy");
        assertThat(cluster.world().field("default", "iament/" + CLIENT, "{.status.conditions[0].status}"))
                .isEqualTo("True");
    }

    @Test
    @Order(2)
    void aLaterWaveWaitsForTheRoles() {
        operator().freeze();
        cluster.applyTeam(CLIENT, "");
        cluster.applyTeam(SERVER, "ServerSideApply=true");
        for (String team : TEAMS) {
            World.await()
                    .until(() -> cluster.application(team)
                            .field("{.status.operationState.message}")
                            .contains("waiting for healthy state of irsa.dev/IamServiceAccount/"));
            assertThat(cluster.world().exists(team, "deployment/invoices")).isFalse();
        }

        operator().resume();
        for (String team : TEAMS) {
            World.await().until(() -> cluster.world().exists(team, "deployment/invoices"));
            assertThat(RESOURCES).allSatisfy(name -> assertPointsAtItsRole(subject(team, name)));
            cluster.rollOut(team, "invoices");
            cluster.awaitSyncedAndHealthy(team);
        }
    }

    @Test
    @Order(3)
    void aChangedSpecIsPutBackAndTheAnnotationOfTheOperatorStays() {
        for (String team : TEAMS) {
            Subject reports = subject(team, "reports");
            String before = cluster.application(team).lastSync();
            reports.kubectl(
                    "patch", "iamsa/reports", "--type=merge", "--patch={\"spec\": {\"policies\": {\"managed\": []}}}");

            World.await().until(() -> !cluster.application(team).lastSync().equals(before));
            cluster.awaitSyncedAndHealthy(team);
            World.await().untilAsserted(() -> assertPointsAtItsRole(reports));
            assertThat(cluster.world().attached(reports.roleName())).hasSize(1);
        }
    }

    @Test
    @Order(4)
    void whatOnlyAPersonCanMendIsDegraded() {
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
    void nothingHappensWhileNobodyChangesAnything() {
        String before = cluster.everythingThatMayMove();
        assertThat(before).contains("IamServiceAccount/invoices", "Synced Healthy");
        Instant end = Instant.now().plus(REST);
        Awaitility.await()
                .atMost(REST.plusMinutes(2))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    cluster.argoCd().assertAlive();
                    assertThat(cluster.everythingThatMayMove()).isEqualTo(before);
                    return Instant.now().isAfter(end);
                });
        assertThat(TEAMS)
                .as("Argo CD has compared all the while")
                .allSatisfy(team -> assertThat(
                                Instant.parse(cluster.application(team).field("{.status.reconciledAt}")))
                        .isAfter(end.minusSeconds(60)));
    }

    @Test
    @Order(6)
    void whatIsRemovedFromGitIsPrunedWithItsRole() {
        TEAMS.forEach(team -> cluster.git().remove(team + "/reports.yaml"));
        cluster.push();
        for (String team : TEAMS) {
            Subject reports = subject(team, "reports");
            cluster.awaitSyncedAndHealthy(team);
            reports.awaitGone();
            assertThat(reports.roleExists()).isFalse();
            World.await().until(() -> !reports.accountExists());
            assertPointsAtItsRole(subject(team, "invoices"));
        }
    }

    @Test
    @Order(7)
    void anApplicationTakesItsRolesWithIt() {
        for (String team : TEAMS) {
            Subject invoices = subject(team, "invoices");
            cluster.application(team).delete();
            assertThat(invoices.exists()).isFalse();
            assertThat(invoices.roleExists()).isFalse();
            World.await().until(() -> !invoices.accountExists());
        }
    }

    @Test
    @Order(8)
    void theOperatorOutlivesItsApplication() {
        cluster.application(OPERATOR).delete();

        assertThat(cluster.world().exists(OPERATOR, "deployment/irsa-operator")).isTrue();
    }

    @Test
    @Order(9)
    void theDefinitionsOutliveTheOperator() {
        ArgoApplication application = cluster.applyOperator();
        application.awaitSynced(cluster.git().head());
        application.deleteWithItsObjects();

        assertThat(cluster.world().exists(OPERATOR, "deployment/irsa-operator")).isFalse();
        assertThat(cluster.world().exists("default", "crd/iamserviceaccounts.irsa.dev"))
                .isTrue();
    }

    private static void assertPointsAtItsRole(Subject subject) {
        assertThat(subject.ready("status")).isEqualTo("True");
        assertThat(subject.roleExists()).isTrue();
        assertThat(subject.annotation(Subject.ROLE_ARN)).isEqualTo(subject.roleArn());
    }

    private Subject subject(String team, String name) {
        return new Subject(cluster.world(), team, name);
    }

    private OperatorProcess operator() {
        return Objects.requireNonNull(operator);
    }
}
