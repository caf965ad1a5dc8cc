package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.cluster.ServiceAccountRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which ServiceAccounts the operator creates and which it annotates. */
class ServiceAccountManagementTest {
    private static final String ARN = "eks.amazonaws.com/role-arn";
    private static final String ANNOTATE = USUAL + "serviceAccounts: [{name: invoices, management: Annotate}]";
    private static final String IGNORE = USUAL + "serviceAccounts: [{name: invoices, management: Ignore}]";

    private static ReconcileHarness withAccount(String spec, Map<String, String> annotations) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, NAME, "helm", annotations);
        harness.apply(spec);
        harness.operator.run(Duration.ofMinutes(1));
        return harness;
    }

    @Test
    void annotatesAnExistingServiceAccountAndKeepsItsOtherAnnotations() {
        ReconcileHarness harness = withAccount(USUAL, Map.of("chart", "x"));
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.serviceAccount().annotations()).containsOnlyKeys("chart", ARN);
        assertThat(harness.serviceAccount().owners()).isEmpty();
        assertThat(harness.status().serviceAccounts())
                .singleElement()
                .satisfies(account -> assertThat(account.created()).isFalse());
        harness.delete();
        harness.operator.settle();
        assertThat(harness.serviceAccount().annotations()).containsOnlyKeys("chart");
    }

    @Test
    void waitsForAServiceAccountManagedInGit() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(ANNOTATE);
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("ServiceAccountMissing");
        assertThat(harness.condition("Stalled")).isEmpty();
        assertThat(harness.condition("Reconciling")).isEmpty();
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
        harness.operator.users().annotate(NS, NAME, "argocd", Map.of());
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.pointer()).contains(harness.role().arn());
    }

    @Test
    void writesToNoServiceAccountWithManagementIgnore() {
        ReconcileHarness harness = withAccount(IGNORE, Map.of(ARN, "arn:aws:iam::1:role/mine"));
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.pointer()).contains("arn:aws:iam::1:role/mine");
        assertThat(harness.status().serviceAccounts()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites())
                .doesNotContain("create serviceaccounts", "patch serviceaccounts");
    }

    @Test
    void leavesAServiceAccountAloneWhileItIsAnnotatedWithAnotherRole() {
        ReconcileHarness harness = withAccount(USUAL, Map.of(ARN, "arn:aws:iam::1:role/foreign"));
        ServiceAccountRecord before = harness.serviceAccount();
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(harness.message()).contains("arn:aws:iam::1:role/foreign").contains("kubectl annotate");
        assertThat(harness.condition("Stalled")).isPresent();
        assertThat(harness.serviceAccount()).isEqualTo(before);
        harness.operator.users().strip(NS, NAME, ARN);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void restoresItsServiceAccountAfterDeletionOrEdit() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.users().deleteServiceAccount(NS, NAME);
        harness.operator.settle();
        assertThat(harness.pointer()).contains(harness.role().arn());
        harness.operator.users().strip(NS, NAME, ARN);
        harness.operator.settle();
        assertThat(harness.pointer()).contains(harness.role().arn());
        harness.operator.users().annotate(NS, NAME, "kubectl", Map.of(ARN, "arn:aws:iam::1:role/foreign"));
        harness.operator.settle();
        assertThat(harness.pointer()).contains(harness.role().arn());
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.iam().calls().total()).isZero();
    }

    @Test
    void readsAgainWhenAnotherClientCreatesTheServiceAccountFirst() {
        ReconcileHarness harness = new ReconcileHarness();
        boolean[] created = {false};
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("create serviceaccounts") && !created[0]) {
                created[0] = true;
                harness.operator.users().annotate(NS, NAME, "helm", Map.of("chart", "x"));
            }
        });
        harness.apply(USUAL);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.serviceAccount().annotations()).containsOnlyKeys("chart", ARN);
        assertThat(harness.serviceAccount().owners()).isEmpty();
    }

    @Test
    void doesNotWriteToAServiceAccountReplacedBetweenReadAndWrite() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, NAME, "helm", Map.of("chart", "x"));
        boolean[] replaced = {false};
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("patch serviceaccounts") && !replaced[0]) {
                replaced[0] = true;
                harness.operator.users().deleteServiceAccount(NS, NAME);
                harness.operator.users().annotate(NS, NAME, "other", Map.of(ARN, "arn:aws:iam::1:role/foreign"));
            }
        });
        harness.apply(USUAL);
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(harness.pointer()).contains("arn:aws:iam::1:role/foreign");
    }

    @Test
    void waitsForItsOwnDeletionInATerminatingNamespace() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.interceptor().reset();
        harness.operator.users().terminate(NS);
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.operator.interceptor().clusterWrites())
                .containsExactly("create serviceaccounts", "patch iamserviceaccounts/status");
        assertThat(harness.reason()).isEqualTo("Reconciling");
        assertThat(harness.condition("Stalled")).isEmpty();
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }
}
