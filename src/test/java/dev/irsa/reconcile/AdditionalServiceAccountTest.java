package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.ServiceAccountStatus;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.cluster.ServiceAccountRecord;
import dev.irsa.fixtures.eks.AssociationRecord;
import dev.irsa.fixtures.operator.CrashInterceptor.Cut;
import dev.irsa.fixtures.operator.CrashInterceptor.Killed;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A role for several ServiceAccounts of a namespace. */
class AdditionalServiceAccountTest {
    private static final String ARN = "arn:aws:iam::111122223333:role/irsa/prod/" + ROLE;
    private static final String POD_IDENTITY = "delivery: [PodIdentity]\n";
    private static final String IRSA_ALONE = "delivery: [IRSA]\n";

    private static String with(String... additional) {
        return USUAL
                + Stream.concat(Stream.of("invoices"), Stream.of(additional))
                        .map(name -> "{name: " + name + "}")
                        .collect(Collectors.joining(", ", "serviceAccounts: [", "]\n"));
    }

    private static Optional<String> pointer(ReconcileHarness harness, String name) {
        return harness.operator
                .users()
                .serviceAccount(NS, name)
                .map(ServiceAccountRecord::annotations)
                .map(annotations -> annotations.get(DesiredServiceAccount.ROLE_ARN));
    }

    private static void apply(ReconcileHarness harness, String spec) {
        harness.apply(spec);
        harness.operator.settle();
    }

    private static List<String> associated(ReconcileHarness harness) {
        return harness.operator.eks().console().associations().stream()
                .map(AssociationRecord::serviceAccount)
                .sorted()
                .toList();
    }

    @Test
    void admitsAndAnnotatesEach() {
        ReconcileHarness harness = ReconcileHarness.ready(with("worker", "exporter"));
        assertThat(harness.role().trust())
                .contains("[\"system:serviceaccount:payments:exporter\",\"system:serviceaccount:payments:invoices\","
                        + "\"system:serviceaccount:payments:worker\"]");
        assertThat(List.of("exporter", NAME, "worker"))
                .allSatisfy(name -> assertThat(pointer(harness, name)).contains(ARN));
        assertThat(harness.status().serviceAccounts())
                .containsExactly(
                        new ServiceAccountStatus("exporter", true, List.of(Delivery.IRSA)),
                        new ServiceAccountStatus(NAME, true, List.of(Delivery.IRSA)),
                        new ServiceAccountStatus("worker", true, List.of(Delivery.IRSA)));
        assertThat(harness.message()).contains("ServiceAccounts exporter, invoices, worker are annotated");
    }

    @Test
    void isQuietOnceReady() {
        ReconcileHarness harness = ReconcileHarness.ready(with("worker", "exporter"));
        harness.operator.run(Duration.ofHours(2));
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void recordsEachBeforeItIsChanged() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.interceptor().after(call -> {
            if (harness.operator.users().serviceAccount(NS, "worker").isPresent()
                    || associated(harness).contains("worker")) {
                assertThat(harness.status().serviceAccounts())
                        .as("after %s", call)
                        .extracting(ServiceAccountStatus::name)
                        .contains("worker");
            }
        });
        apply(harness, with("worker") + "delivery: [IRSA, PodIdentity]\n");
        assertThat(harness.isReady()).isTrue();
        assertThat(associated(harness)).containsExactly(NAME, "worker");
    }

    @Test
    void withdrawsTheRoleFromARemovedOne() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, "exporter", "helm", Map.of("chart", "x"));
        apply(harness, with("worker", "exporter"));
        apply(harness, USUAL);
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().trust())
                .contains(
                        "\"oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub\":\"system:serviceaccount:payments:invoices\"");
        assertThat(harness.operator.users().serviceAccount(NS, "worker")).isEmpty();
        assertThat(harness.operator.users().serviceAccount(NS, "exporter"))
                .hasValueSatisfying(account -> assertThat(account.annotations()).isEqualTo(Map.of("chart", "x")));
        assertThat(harness.status().serviceAccounts())
                .extracting(ServiceAccountStatus::name)
                .containsExactly(NAME);
    }

    @Test
    void findsARemovedOneAfterARestart() {
        ReconcileHarness harness = ReconcileHarness.ready(with("worker") + POD_IDENTITY);
        harness.apply(USUAL + POD_IDENTITY);
        harness.operator.restart();
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(associated(harness)).containsExactly(NAME);
        assertThat(harness.operator.users().serviceAccount(NS, "worker")).isEmpty();
        assertThat(harness.status().podIdentity())
                .satisfies(status -> assertThat(Objects.requireNonNull(status).associations())
                        .extracting(AssociationStatus::serviceAccount)
                        .containsExactly(NAME));
    }

    /** The spec is changed while no process works, for example before the status names an association. */
    @ParameterizedTest
    @ValueSource(strings = {IRSA_ALONE, POD_IDENTITY})
    void findsARemovedOneWhereverTheProcessWasKilled(String delivery) {
        int killed = 0;
        for (int nth = 1; nth == 1 || killed == nth - 1; nth++) {
            ReconcileHarness harness = ReconcileHarness.ready(USUAL);
            harness.operator.interceptor().cut(nth, Cut.KILL_AFTER);
            harness.apply(with("worker") + POD_IDENTITY);
            try {
                harness.operator.settle();
            } catch (Killed e) {
                killed++;
                harness.apply(USUAL + delivery);
                harness.operator.restart();
                harness.operator.settle();
                assertThat(harness.isReady())
                        .as("%d: %s", nth, harness.message())
                        .isTrue();
                assertThat(associated(harness)).as("killed at call %d", nth).doesNotContain("worker");
                assertThat(harness.operator.users().serviceAccount(NS, "worker"))
                        .as("killed at call %d", nth)
                        .isEmpty();
                assertThat(harness.role().trust()).doesNotContain("worker");
            }
        }
        assertThat(killed).isGreaterThan(8);
    }

    @Test
    void narrowsTheTrustPolicyThoughARemovedOneCannotBeReleased() {
        ReconcileHarness harness = ReconcileHarness.ready(with("worker"));
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("patch serviceaccounts")) {
                throw new FailureException(new Failure.AccessDenied("patch serviceaccounts", "no"));
            }
        });
        harness.apply(USUAL);
        harness.operator.now();
        assertThat(harness.role().trust()).doesNotContain("worker");
        assertThat(harness.isReady()).isFalse();
        assertThat(harness.status().serviceAccounts())
                .extracting(ServiceAccountStatus::name)
                .containsExactly(NAME, "worker");
        harness.operator.interceptor().removeHooks();
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.users().serviceAccount(NS, "worker")).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenDeleted() {
        ReconcileHarness harness =
                ReconcileHarness.ready(with("worker", "exporter") + "delivery: [IRSA, PodIdentity]\n");
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
        assertThat(associated(harness)).isEmpty();
    }

    /** A status write without a response can take effect after a later one, while the process cannot reach the API server. */
    @ParameterizedTest
    @ValueSource(strings = {IRSA_ALONE, POD_IDENTITY})
    void deletesEverythingAfterALateStatusWrite(String delivery) {
        ReconcileHarness harness = new ReconcileHarness();
        apply(harness, USUAL + delivery);
        IamServiceAccountStatus early = harness.status();
        apply(harness, with("worker") + delivery);
        assertThat(harness.isReady()).isTrue();
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.setStatus(early);
            return resource;
        });
        harness.delete();
        harness.operator.restart();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
        assertThat(associated(harness)).isEmpty();
        assertThat(pointer(harness, "worker")).isEmpty();
    }

    @Test
    void leavesTheServiceAccountOfAnotherResourceWhenDeleted() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, "ledger", "helm", Map.of("chart", "x"));
        harness.operator.users().apply(NS, "ledger", USUAL + POD_IDENTITY + "token: {expirationSeconds: 3600}\n");
        harness.operator.settle();
        apply(harness, USUAL + IRSA_ALONE);
        apply(harness, with("ledger") + IRSA_ALONE);
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        ServiceAccountRecord before =
                harness.operator.users().serviceAccount(NS, "ledger").orElseThrow();
        harness.operator
                .interceptor()
                .after(call -> assertThat(harness.operator.users().serviceAccount(NS, "ledger"))
                        .as("after %s", call)
                        .contains(before));
        harness.delete();
        harness.operator.settle();
        assertThat(harness.resource()).isEmpty();
        assertThat(associated(harness)).containsExactly("ledger");
    }

    /** If the write of the status is lost, the status still names the association that was deleted. */
    @Test
    void createsTheAssociationAgainThatAnOldStatusStillNames() {
        ReconcileHarness harness = ReconcileHarness.ready(with("worker") + POD_IDENTITY);
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("patch iamserviceaccounts/status")) {
                harness.operator.interceptor().cut(1, Cut.FAIL_BEFORE);
            }
        });
        harness.apply(USUAL + POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(5));
        assertThat(associated(harness)).containsExactly(NAME);
        assertThat(harness.status().serviceAccounts())
                .extracting(ServiceAccountStatus::name)
                .containsExactly(NAME, "worker");

        harness.operator.interceptor().removeHooks();
        harness.apply(with("worker") + POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(10));

        assertThat(associated(harness)).containsExactly(NAME, "worker");
    }

    @Test
    void refusesTheServiceAccountOfAnotherResource() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().apply(NS, "ledger", USUAL);
        harness.operator.settle();
        String owned = harness.operator
                .iam()
                .role("prod_payments_ledger")
                .orElseThrow()
                .arn();
        apply(harness, with("ledger"));
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(harness.message())
                .isEqualTo("IamServiceAccount ledger already owns the ServiceAccount ledger; remove it from"
                        + " spec.serviceAccounts of this resource");
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
        assertThat(pointer(harness, "ledger")).contains(owned);
    }

    @Test
    void refusesTheServiceAccountOfAnotherResourceWithPodIdentity() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, "shared", "helm", Map.of("chart", "x"));
        harness.operator
                .users()
                .apply(NS, "zebra", USUAL + "serviceAccounts: [{name: zebra}, {name: shared}]\n" + POD_IDENTITY);
        harness.operator.settle();
        harness.operator.users().apply(NS, "shared", USUAL + POD_IDENTITY);
        harness.operator.settle();
        assertThat(harness.isReady("zebra")).isTrue();
        assertThat(harness.reason("shared")).isEqualTo("ServiceAccountConflict");
    }

    @Test
    void refusesTheForeignAnnotationOfAnAdditionalOne() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator
                .users()
                .annotate(NS, "worker", "kubectl", Map.of(DesiredServiceAccount.ROLE_ARN, "arn:aws:iam::1:role/x"));
        apply(harness, with("worker", "exporter"));
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(pointer(harness, "worker")).contains("arn:aws:iam::1:role/x");
        assertThat(pointer(harness, "exporter")).contains(ARN);
        assertThat(pointer(harness, NAME)).contains(ARN);
    }

    @Test
    void waitsUntilTheOtherResourceNoLongerNamesIt() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().apply(NS, "ledger", USUAL + "serviceAccounts: [{name: ledger}, {name: worker}]\n");
        harness.operator.settle();
        apply(harness, with("worker"));
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        String uid = harness.operator
                .users()
                .serviceAccount(NS, "worker")
                .orElseThrow()
                .uid();
        harness.operator.users().apply(NS, "ledger", USUAL);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.isReady("ledger")).isTrue();
        assertThat(pointer(harness, "worker")).contains(ARN);
        assertThat(harness.operator
                        .users()
                        .serviceAccount(NS, "worker")
                        .orElseThrow()
                        .uid())
                .as("the tokens of its pods stay valid")
                .isEqualTo(uid);
    }

    @Test
    void listsTheRemovalWhileSuspended() {
        ReconcileHarness harness = ReconcileHarness.ready(with("worker"));
        apply(harness, USUAL + "suspend: true\n");
        assertThat(harness.status().pendingChanges()).contains("delete ServiceAccount worker");
        assertThat(pointer(harness, "worker")).contains(ARN);
        assertThat(harness.status().serviceAccounts())
                .extracting(ServiceAccountStatus::name)
                .containsExactly(NAME, "worker");
    }

    @Test
    void requiresAnEntitlement() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, """
                namespaceSelector: {}
                allow:
                  managedPolicies: ["*"]
                  inlineActions: ["*"]
                """));
        apply(harness, with("worker"));
        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.message())
                .contains("the role would have 2 ServiceAccounts and limits.serviceAccountsPerRole allows 1");
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
        assertThat(harness.operator.iam().roles()).isEmpty();
    }

    @Test
    void treatsAServiceAccountThatIsListedTwiceAsOne() {
        ReconcileHarness harness = new ReconcileHarness();
        apply(harness, with(NAME));
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().trust()).containsOnlyOnce("system:serviceaccount:payments:invoices");
        assertThat(harness.status().serviceAccounts())
                .extracting(ServiceAccountStatus::name)
                .containsExactly(NAME);
    }
}
