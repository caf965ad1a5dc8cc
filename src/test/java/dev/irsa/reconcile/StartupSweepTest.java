package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.iam.FaultInjection;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A start costs the pages of one sweep and one read of the OIDC provider, for any number of roles. */
class StartupSweepTest {
    private static final int MANY = 50;
    private static final Duration FALLBACK = DefaultSettings.SWEEP.fallbackInterval();
    private static final List<String> PAGES = List.of(
            "GetOpenIDConnectProvider " + SimulatedOperator.PROVIDER, "GetAccountAuthorizationDetails", "ListRoles");

    private static ReconcileHarness many() {
        ReconcileHarness harness = new ReconcileHarness();
        IntStream.range(0, MANY).forEach(i -> harness.operator.users().apply(NS, "r" + i, USUAL));
        harness.operator.settle();
        assertAllReady(harness);
        harness.operator.run(Duration.ofMinutes(10));
        harness.forgetCalls();
        return harness;
    }

    private static void assertAllReady(ReconcileHarness harness) {
        assertThat(IntStream.range(0, MANY).mapToObj(i -> "r" + i)).allMatch(harness::isReady);
    }

    private static String role(int i) {
        return "prod_payments_r" + i;
    }

    @Test
    void readsOnlyPagesAndWritesNothing() {
        ReconcileHarness harness = many();

        harness.operator.restart();
        harness.operator.settle();

        assertThat(harness.operator.iam().calls().trail()).containsExactlyElementsOf(PAGES);
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
        assertAllReady(harness);
    }

    @Test
    void readsEveryShortPageOnce() {
        ReconcileHarness harness = many();
        harness.operator.iam().pages().atMost(20);

        harness.operator.restart();
        harness.operator.settle();

        assertThat(harness.operator.iam().calls().counts())
                .isEqualTo(Map.of("GetOpenIDConnectProvider", 1, "GetAccountAuthorizationDetails", 3, "ListRoles", 3));
    }

    @Test
    void repairsOnlyRolesThatDriftedDuringTheDowntime() {
        ReconcileHarness harness = many();
        harness.operator.iam().console().edit(role(7), role -> role.withDescription("drifted"));
        harness.operator.iam().console().delete(role(9));

        harness.operator.restart();
        harness.operator.settle();

        assertThat(harness.operator.iam().role(role(7)).orElseThrow().description())
                .isEmpty();
        assertThat(harness.operator.iam().role(role(9))).isPresent();
        assertAllReady(harness);
        assertThat(harness.operator.iam().calls().perRole())
                .allMatch(call -> call.endsWith("_r7") || call.endsWith("_r9"));
        // The finalizers of both are confirmed. The status of the resource whose role was recreated gets the new ID.
        assertThat(harness.operator.interceptor().clusterWrites())
                .containsExactlyInAnyOrder(
                        "patch iamserviceaccounts", "patch iamserviceaccounts", "patch iamserviceaccounts/status");
    }

    @Test
    void appliesSpecChangesMadeDuringTheDowntime() {
        ReconcileHarness harness = many();
        harness.operator.users().apply(NS, "r3", USUAL + "role: {description: new}");

        harness.operator.restart();
        harness.operator.settle();

        assertThat(harness.operator.iam().role(role(3)).orElseThrow().description())
                .isEqualTo("new");
        assertAllReady(harness);
        assertThat(harness.operator.iam().calls().perRole()).allMatch(call -> call.endsWith("_r3"));
    }

    @Test
    void finishesDeletionsWithoutWaitingForTheSweep() {
        ReconcileHarness harness = many();
        harness.operator.iam().faults().throttle("GetAccountAuthorizationDetails");
        harness.operator.users().delete(NS, "r4");

        harness.operator.restart();
        harness.operator.run(Duration.ofMinutes(5));

        assertThat(harness.operator.users().resource(NS, "r4")).isEmpty();
        assertThat(harness.operator.iam().role(role(4))).isEmpty();
    }

    @Test
    void restoresAServiceAccountWithoutWaitingForTheSweep() {
        ReconcileHarness harness = many();
        harness.operator.iam().faults().throttle("GetAccountAuthorizationDetails");
        harness.operator.users().deleteServiceAccount(NS, "r5");

        harness.operator.restart();
        harness.operator.run(Duration.ofSeconds(1));

        assertThat(harness.operator.users().serviceAccount(NS, "r5")).isPresent();
    }

    @Test
    void restoresARemovedFinalizerAtOnce() {
        ReconcileHarness harness = many();
        harness.operator.users().edit(NS, "r6", resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        harness.operator.iam().console().edit(role(6), role -> role.withDescription("drifted"));

        harness.operator.restart();
        harness.operator.run(Duration.ofSeconds(1));
        assertThat(harness.operator.users().resource(NS, "r6").orElseThrow().hasFinalizer(IamServiceAccount.FINALIZER))
                .isTrue();

        harness.operator.run(DefaultSettings.SWEEP.interval());
        assertThat(harness.operator.iam().role(role(6)).orElseThrow().description())
                .isEmpty();
        assertAllReady(harness);
    }

    static Stream<Named<Consumer<FaultInjection>>> faults() {
        return Stream.of(
                Named.of("unreachable", FaultInjection::unreachable),
                Named.of("throttled", FaultInjection::throttleAll),
                Named.of("failing", faults -> faults.failAll(Refusal.serviceFailure())),
                Named.of("expired", faults -> faults.failAll(Refusal.of("ExpiredToken", 403, "expired"))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void writesNothingBeforeTheFirstSweep(Consumer<FaultInjection> order) {
        ReconcileHarness harness = many();
        harness.operator.iam().console().edit(role(7), role -> role.withDescription("drifted"));
        order.accept(harness.operator.iam().faults());
        harness.operator.restart();

        harness.operator.run(Duration.ofMinutes(30));
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
        assertAllReady(harness);

        harness.operator.iam().faults().none();
        harness.forgetCalls();
        harness.operator.run(Duration.ofMinutes(2));
        assertThat(harness.operator.iam().role(role(7)).orElseThrow().description())
                .isEmpty();
        assertThat(harness.operator.iam().calls().perRole()).hasSize(2);
        // The operator confirms the finalizer before it writes to the role.
        assertThat(harness.operator.interceptor().clusterWrites()).containsExactly("patch iamserviceaccounts");
    }

    @Test
    void readsRolesOneByOneWhenSweepsKeepFailing() {
        ReconcileHarness harness = many();
        harness.operator.iam().console().edit(role(7), role -> role.withDescription("drifted"));
        harness.operator.iam().faults().throttle("GetAccountAuthorizationDetails");
        harness.operator.restart();

        harness.operator.run(FALLBACK.multipliedBy(2).plusMinutes(2));

        assertThat(harness.operator.iam().role(role(7)).orElseThrow().description())
                .isEmpty();
        assertAllReady(harness);
        // The operator confirms the finalizer before it writes to the role.
        assertThat(harness.operator.interceptor().clusterWrites()).containsExactly("patch iamserviceaccounts");
    }

    @Test
    void readsRolesOneByOneAndWritesNothingWhenTheSweepIsDenied() {
        ReconcileHarness harness = many();
        harness.operator.iam().faults().deny("GetAccountAuthorizationDetails");
        harness.operator.restart();

        harness.operator.run(FALLBACK.plusMinutes(1));

        assertThat(harness.operator.iam().calls().of("GetRole")).isBetween(MANY, MANY + 1);
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
        assertAllReady(harness);
    }
}
