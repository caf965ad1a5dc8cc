package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CallInterceptor.ExternalCall;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits the number of calls of each operation. One call more fails these tests. */
class CallBudgetTest {
    private static final String LOOK = "GetOpenIDConnectProvider " + SimulatedOperator.PROVIDER;

    private static String managed(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "Policy" + i)
                .collect(Collectors.joining(", ", "policies: {managed: [", "]}"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "9, 10"})
    void createsARoleWithOneCallPlusOnePerPolicy(int policies, int calls) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(managed(policies));
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.iam().calls().perRole()).hasSize(calls);
    }

    @Test
    void createsTheSampleRoleWithThreeCallsAndThreeKubernetesWrites() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(USUAL);
        harness.operator.settle();
        assertThat(harness.operator.iam().calls().perRole())
                .containsExactly("CreateRole " + ROLE, "AttachRolePolicy " + ROLE, "PutRolePolicy " + ROLE);
        assertThat(harness.operator.interceptor().clusterWrites())
                .containsExactly(
                        "patch iamserviceaccounts", "create serviceaccounts", "patch iamserviceaccounts/status");
    }

    @Test
    void makesNoCallsWhileNothingChanges() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        for (int i = 0; i < 5; i++) {
            harness.operator.users().annotate(NS, NAME, "kubectl", Map.of("note", "v" + i));
            harness.operator.settle();
        }
        assertThat(harness.operator.iam().calls().trail()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void costsOneSweepAndOneProviderReadPerIntervalForAnyNumberOfResources() {
        ReconcileHarness harness = new ReconcileHarness();
        IntStream.range(0, 20).forEach(i -> harness.operator.users().apply(NS, "r" + i, USUAL));
        harness.operator.settle();
        harness.operator.run(Duration.ofMinutes(10));
        harness.forgetCalls();
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.operator.iam().calls().counts())
                .containsOnlyKeys("GetAccountAuthorizationDetails", "ListRoles", "GetOpenIDConnectProvider")
                .allSatisfy((action, calls) -> assertThat(calls).as(action).isBetween(6, 8));
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UpdateRole             | role: {description: d}",
                "UpdateRole             | role: {maxSessionDurationSeconds: 7200}",
                "PutRolePermissionsBoundary | role: {permissionsBoundaryARN: 'arn:aws:iam::111122223333:policy/b'}",
                "UpdateAssumeRolePolicy | token: {audience: other}",
                "AttachRolePolicy       | policies: {managed: [One, Two]}",
                "DetachRolePolicy       | policies: {managed: []}",
            })
    void makesAChangeWithOneReadAndOneWrite(String write, String change) {
        String before = "policies: {managed: [One]}";
        ReconcileHarness harness = ReconcileHarness.ready(before);
        harness.apply(change.startsWith("policies") ? change : before + "\n" + change);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.iam().calls().trail()).containsExactly("GetRole " + ROLE, write + " " + ROLE);
    }

    @Test
    void changesTagsWithOneReadAndOneWrite() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL + "role: {tags: {team: a}}");
        harness.apply(USUAL + "role: {tags: {team: b}}");
        harness.operator.settle();
        assertThat(harness.operator.iam().calls().trail()).containsExactly("GetRole " + ROLE, "TagRole " + ROLE);
    }

    /** Responders may have put a policy that denies under this name since the role was last read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PutRolePolicy    | policies: {inline: [{name: read, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:List*', Resource: '*'}]}}], managed: [AmazonS3ReadOnlyAccess]}",
                "DeleteRolePolicy | policies: {managed: [AmazonS3ReadOnlyAccess]}",
            })
    void readsAnInlinePolicyAgainBeforeItChangesIt(String write, String change) {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.apply(change);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.iam().calls().trail())
                .containsExactly("GetRole " + ROLE, "GetRolePolicy " + ROLE, write + " " + ROLE);
    }

    @Test
    void changesATokenSettingWithoutCallingAws() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.apply(USUAL + "token: {expirationSeconds: 3600}");
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.iam().calls().trail()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 3", "9, 11"})
    void deletesARoleWithOneReadOneCallPerPolicyAndOneForTheRole(int policies, int calls) {
        ReconcileHarness harness = ReconcileHarness.ready(managed(policies));
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
        assertThat(harness.operator.iam().calls().perRole()).hasSize(calls);
    }

    @Test
    void deletesTheSampleRoleWithFourCalls() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
        assertThat(harness.operator.iam().calls().trail())
                .containsExactly(
                        "GetRole " + ROLE,
                        "DetachRolePolicy " + ROLE,
                        "DeleteRolePolicy " + ROLE,
                        "DeleteRole " + ROLE);
    }

    /** The other accesses are reads of the watches' caches. */
    @Test
    void deletesTheSampleResourceWithTwoReadsAndTwoWritesOfTheApiServer() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.delete();
        harness.operator.settle();
        assertThat(harness.operator.interceptor().calls().stream().map(ExternalCall::action))
                .filteredOn(action -> !action.startsWith("iam:"))
                .filteredOn(action -> !Set.of("get serviceaccounts", "list iamserviceaccounts")
                        .contains(action))
                .containsExactly(
                        "get customresourcedefinitions",
                        "get iamserviceaccounts",
                        "patch serviceaccounts",
                        "patch iamserviceaccounts");
    }

    /** An inline policy that was last read more than a window ago may have become a quarantine. */
    @Test
    void deletesTheSampleRoleWithOneMoreReadAfterAWhile() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(DefaultSettings.RECONCILE.consistencyWindow().multipliedBy(3));
        assertDeletedWith(harness, "GetRole", "GetRolePolicy", "DetachRolePolicy", "DeleteRolePolicy", "DeleteRole");
    }

    @Test
    void deletesTheSampleRoleWithOneMoreReadAfterARestartAndASweep() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.restart();
        harness.operator.run(DefaultSettings.SWEEP.interval().multipliedBy(2));
        assertDeletedWith(harness, "GetRole", "GetRolePolicy", "DetachRolePolicy", "DeleteRolePolicy", "DeleteRole");
    }

    /** This process does not know which policies the role has, and one of them may be a quarantine. */
    @Test
    void readsAllPoliciesOfARoleThatNoSweepHasShown() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(DefaultSettings.RECONCILE.consistencyWindow().multipliedBy(3));
        harness.operator.restart();
        assertDeletedWith(
                harness,
                "GetRole",
                "ListAttachedRolePolicies",
                "ListRolePolicies",
                "GetRolePolicy",
                "DetachRolePolicy",
                "DeleteRolePolicy",
                "DeleteRole");
    }

    private static void assertDeletedWith(ReconcileHarness harness, String... calls) {
        harness.forgetCalls();
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
        assertThat(harness.operator.iam().calls().perRole())
                .containsExactly(Stream.of(calls).map(call -> call + " " + ROLE).toArray(String[]::new));
    }

    @Test
    void readsNoSingleRoleAfterARestart() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.restart();
        harness.operator.settle();
        assertThat(harness.operator.iam().calls().trail())
                .containsExactly(LOOK, "GetAccountAuthorizationDetails", "ListRoles");
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
        harness.forgetCalls();
        harness.operator.users().annotate(NS, NAME, "kubectl", Map.of("note", "v"));
        harness.operator.settle();
        assertThat(harness.operator.iam().calls().trail()).isEmpty();
        harness.apply(USUAL + "role: {description: d}");
        harness.operator.settle();
        assertThat(harness.operator.iam().calls().trail()).containsExactly("GetRole " + ROLE, "UpdateRole " + ROLE);
    }

    @Test
    void readsAForeignRoleOncePerRetryAndNeverWrites() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().console().create(ROLE, "/", "{}");
        harness.apply(USUAL);
        harness.operator.run(Duration.ofSeconds(1));
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        harness.forgetCalls();
        int before = harness.operator.reconciles();
        harness.operator.run(Duration.ofHours(1));
        int retries = harness.operator.reconciles() - before;
        assertThat(retries).isBetween(10, 25);
        assertThat(harness.operator.iam().calls().perRole()).hasSize(retries).containsOnly("GetRole " + ROLE);
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void readsARoleWhoseNameDiffersInCaseOncePerRetryAndNeverWrites() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().account().caseSensitiveLookups(true);
        harness.operator.iam().console().create("PROD_payments_invoices", "/irsa/prod/", "{}");
        harness.apply(USUAL);
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        harness.forgetCalls();
        int before = harness.operator.reconciles();
        harness.operator.run(Duration.ofHours(1));
        int retries = harness.operator.reconciles() - before;
        assertThat(harness.operator.iam().calls().perRole()).hasSizeLessThanOrEqualTo(2 * retries);
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }
}
