package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls each moment may cost. A call more fails these tests. */
class CallBudgetTest {
    private static final String LOOK = "GetOpenIDConnectProvider " + SimulatedOperator.PROVIDER;

    private static String managed(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "Policy" + i)
                .collect(Collectors.joining(", ", "policies: {managed: [", "]}"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "10, 11"})
    void createsWithOneCallAndOneAPolicy(int policies, int calls) {
        ReconcileHarness trial = new ReconcileHarness();
        trial.apply(managed(policies));
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.iam().calls().perRole()).hasSize(calls);
    }

    @Test
    void createsTheUsualRoleWithThreeCallsAndThreeKubernetesWrites() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.apply(USUAL);
        trial.operator.settle();
        assertThat(trial.operator.iam().calls().perRole())
                .containsExactly("CreateRole " + ROLE, "AttachRolePolicy " + ROLE, "PutRolePolicy " + ROLE);
        assertThat(trial.operator.gate().clusterWrites())
                .containsExactly(
                        "patch iamserviceaccounts", "create serviceaccounts", "patch iamserviceaccounts/status");
    }

    @Test
    void costsNothingWhileNothingChanges() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        for (int i = 0; i < 5; i++) {
            trial.operator.hands().annotate(NS, NAME, "kubectl", Map.of("note", "v" + i));
            trial.operator.settle();
        }
        assertThat(trial.operator.iam().calls().trail()).isEmpty();
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }

    @Test
    void costsASweepAndALookAtTheProviderEachIntervalHoweverManyResourcesThereAre() {
        ReconcileHarness trial = new ReconcileHarness();
        IntStream.range(0, 20).forEach(i -> trial.operator.hands().apply(NS, "r" + i, USUAL));
        trial.operator.settle();
        trial.operator.run(Duration.ofMinutes(10));
        trial.forgetCalls();
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.operator.iam().calls().counts())
                .containsOnlyKeys("GetAccountAuthorizationDetails", "ListRoles", "GetOpenIDConnectProvider")
                .allSatisfy((action, calls) -> assertThat(calls).as(action).isBetween(6, 8));
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UpdateRole             | role: {description: d}",
                "UpdateRole             | role: {maxSessionDurationSeconds: 7200}",
                "PutRolePermissionsBoundary | role: {permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/b'}",
                "UpdateAssumeRolePolicy | token: {audience: other}",
                "AttachRolePolicy       | policies: {managed: [One, Two]}",
                "DetachRolePolicy       | policies: {managed: []}",
                "PutRolePolicy          | policies: {managed: [One], inline: [{name: i, document: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:Get*', Resource: '*'}]}}]}",
            })
    void changesOneThingWithARecheckAndAWrite(String write, String change) {
        String before = "policies: {managed: [One]}";
        ReconcileHarness trial = ReconcileHarness.ready(before);
        trial.apply(change.startsWith("policies") ? change : before + "\n" + change);
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.iam().calls().trail()).containsExactly("GetRole " + ROLE, write + " " + ROLE);
    }

    @Test
    void changesTagsAndInlinePoliciesWithARecheckAndAWrite() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL + "role: {tags: {team: a}}");
        trial.apply(USUAL + "role: {tags: {team: b}}");
        trial.operator.settle();
        assertThat(trial.operator.iam().calls().trail()).containsExactly("GetRole " + ROLE, "TagRole " + ROLE);
        trial.forgetCalls();
        trial.apply("policies: {managed: [AmazonS3ReadOnlyAccess]}\nrole: {tags: {team: b}}");
        trial.operator.settle();
        assertThat(trial.operator.iam().calls().trail()).containsExactly("GetRole " + ROLE, "DeleteRolePolicy " + ROLE);
    }

    @Test
    void changesATokenSettingWithoutAskingAws() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.apply(USUAL + "token: {expirationSeconds: 3600}");
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.iam().calls().trail()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 3", "10, 12"})
    void deletesWithARecheckAndOneCallAPolicyAndOneForTheRole(int policies, int calls) {
        ReconcileHarness trial = ReconcileHarness.ready(managed(policies));
        trial.delete();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
        assertThat(trial.operator.iam().calls().perRole()).hasSize(calls);
    }

    @Test
    void deletesTheUsualRoleWithFourCalls() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.delete();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
        assertThat(trial.operator.iam().calls().trail())
                .containsExactly(
                        "GetRole " + ROLE,
                        "DetachRolePolicy " + ROLE,
                        "DeleteRolePolicy " + ROLE,
                        "DeleteRole " + ROLE);
    }

    @Test
    void deletesWithFourCallsAfterARestartToo() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.run(ReconcileSettings.DEFAULT.consistencyWindow().multipliedBy(3));
        trial.forgetCalls();
        trial.delete();
        trial.operator.restart();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
        assertThat(trial.operator.iam().calls().perRole()).hasSize(4);
    }

    @Test
    void readsNoRoleByItselfAfterARestartAndIsThenAsCheapAsBefore() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.restart();
        trial.operator.settle();
        assertThat(trial.operator.iam().calls().trail())
                .containsExactly(LOOK, "GetAccountAuthorizationDetails", "ListRoles");
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
        trial.forgetCalls();
        trial.operator.hands().annotate(NS, NAME, "kubectl", Map.of("note", "v"));
        trial.operator.settle();
        assertThat(trial.operator.iam().calls().trail()).isEmpty();
        trial.apply(USUAL + "role: {description: d}");
        trial.operator.settle();
        assertThat(trial.operator.iam().calls().trail()).containsExactly("GetRole " + ROLE, "UpdateRole " + ROLE);
    }

    @Test
    void looksOnceARetryAtARoleThatIsNotItsOwnAndNeverWrites() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().console().create(ROLE, "/", "{}");
        trial.apply(USUAL);
        trial.operator.run(Duration.ofSeconds(1));
        assertThat(trial.reason()).isEqualTo("RoleConflict");
        trial.forgetCalls();
        int before = trial.operator.reconciles();
        trial.operator.run(Duration.ofHours(1));
        int retries = trial.operator.reconciles() - before;
        assertThat(retries).isBetween(10, 25);
        assertThat(trial.operator.iam().calls().perRole()).hasSize(retries).containsOnly("GetRole " + ROLE);
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }

    @Test
    void looksOnceARetryAtARoleWhoseNameDiffersInCaseAndNeverWrites() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().account().caseSensitiveLookups(true);
        trial.operator.iam().console().create("PROD_payments_invoices", "/irsa/prod/", "{}");
        trial.apply(USUAL);
        trial.operator.run(Duration.ofMinutes(5));
        assertThat(trial.reason()).isEqualTo("RoleConflict");
        trial.forgetCalls();
        int before = trial.operator.reconciles();
        trial.operator.run(Duration.ofHours(1));
        int retries = trial.operator.reconciles() - before;
        assertThat(trial.operator.iam().calls().perRole()).hasSizeLessThanOrEqualTo(2 * retries);
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
    }
}
