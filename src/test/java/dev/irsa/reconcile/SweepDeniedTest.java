package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.text.Page;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without permission to read in bulk, the operator reads every role by itself, slowly and at an even rate. */
class SweepDeniedTest {
    private static final int MANY = 30;
    private static final Duration FALLBACK = DefaultSettings.SWEEP.fallbackInterval();
    private static final Duration TENTH = FALLBACK.dividedBy(10);

    private static ReconcileHarness denied(String action) {
        ReconcileHarness harness = new ReconcileHarness();
        IntStream.range(0, MANY).forEach(i -> harness.operator.users().apply(NS, "r" + i, USUAL));
        harness.operator.settle();
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().faults().deny(action);
        harness.operator.run(Duration.ofMinutes(10));
        harness.forgetCalls();
        return harness;
    }

    private static Set<String> readRoles(ReconcileHarness harness) {
        TreeSet<String> roles = new TreeSet<>();
        harness.operator.iam().calls().log().stream()
                .filter(call -> call.action().equals("GetRole"))
                .forEach(call -> roles.add(call.roleName()));
        return roles;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetAccountAuthorizationDetails", "ListRoles"})
    void warnsOnceWithTheMissingPermission(String action) {
        ReconcileHarness harness = denied(action);

        harness.operator.run(FALLBACK.multipliedBy(3));

        assertThat(harness.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("SweepDenied: ")
                .contains("one by one", "60 minutes", "iam:" + action, Page.PERMISSIONS.reference());
    }

    @Test
    void readsEveryRoleOncePerIntervalWithoutBursts() {
        ReconcileHarness harness = denied("GetAccountAuthorizationDetails");
        for (int tenth = 0; tenth < 10; tenth++) {
            harness.operator.run(TENTH);
            assertThat(harness.operator.iam().calls().of("GetRole"))
                    .as("reads by the end of tenth %d", tenth)
                    .isBetween((tenth + 1) * MANY / 10 - 1, (tenth + 1) * MANY / 10 + 1);
        }
        harness.operator.run(FALLBACK.dividedBy(MANY));
        assertThat(readRoles(harness)).hasSize(MANY);
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void findsDriftWithinTheInterval() {
        ReconcileHarness harness = denied("GetAccountAuthorizationDetails");
        for (int i = 0; i < MANY; i++) {
            harness.operator.iam().console().edit("prod_payments_r" + i, role -> role.withDescription("drifted"));
        }

        harness.operator.run(FALLBACK.plus(FALLBACK.dividedBy(MANY)));

        assertThat(harness.operator.iam().roles())
                .allMatch(role -> role.description().isEmpty());
        assertThat(harness.operator.operatorEvents().reversed().subList(0, MANY))
                .extracting(EventMessage::reason)
                .containsOnly("DriftRepaired");
    }

    @Test
    void findsForeignPoliciesToo() {
        ReconcileHarness harness = denied("GetAccountAuthorizationDetails");
        String admin = "arn:aws:iam::aws:policy/AdministratorAccess";
        harness.operator.iam().console().edit("prod_payments_r1", role -> role.withAttached(admin));

        harness.operator.run(FALLBACK.multipliedBy(2));

        assertThat(harness.operator.iam().role("prod_payments_r1").orElseThrow().attached())
                .doesNotContain(admin);
    }

    @Test
    void resumesSweepsOnceThePermissionIsGranted() {
        ReconcileHarness harness = denied("GetAccountAuthorizationDetails");
        int completed = harness.operator.reports().size();
        harness.operator.iam().faults().none();
        harness.operator.run(DefaultSettings.SWEEP.interval());
        assertThat(harness.operator.reports()).hasSizeGreaterThan(completed);
        harness.forgetCalls();

        harness.operator.run(FALLBACK);

        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
    }

    @Test
    void warnsAgainWhenThePermissionIsRevokedAgain() {
        ReconcileHarness harness = denied("GetAccountAuthorizationDetails");
        harness.operator.iam().faults().none();
        harness.operator.run(DefaultSettings.SWEEP.interval());
        harness.operator.iam().faults().deny("GetAccountAuthorizationDetails");
        harness.operator.run(DefaultSettings.SWEEP.interval());

        assertThat(harness.operator.warnings()).hasSize(2);
    }

    @Test
    void doesNotWarnAgainAfterATransientFailure() {
        ReconcileHarness harness = denied("GetAccountAuthorizationDetails");
        for (int i = 0; i < 5; i++) {
            harness.operator.iam().faults().none();
            harness.operator.iam().faults().throttle("GetAccountAuthorizationDetails");
            harness.operator.run(DefaultSettings.SWEEP.interval());
            harness.operator.iam().faults().none();
            harness.operator.iam().faults().deny("GetAccountAuthorizationDetails");
            harness.operator.run(DefaultSettings.SWEEP.interval());
        }

        assertThat(harness.operator.warnings()).hasSize(1);
    }

    @Test
    void spreadsReadsEvenlyAfterARestart() {
        ReconcileHarness harness = denied("GetAccountAuthorizationDetails");
        harness.operator.restart();
        harness.forgetCalls();

        harness.operator.run(TENTH);

        assertThat(harness.operator.iam().calls().of("GetRole")).isBetween(MANY / 10 - 1, MANY / 10 + 1);
    }
}
