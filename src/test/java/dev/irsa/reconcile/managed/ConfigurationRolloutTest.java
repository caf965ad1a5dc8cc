package dev.irsa.reconcile.managed;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.reconcile.OwnershipJourneys;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tags of every role by configuration: they are part of each role, and a change reaches existing roles gradually. */
class ConfigurationRolloutTest {
    private static final int MANY = 60;
    private static final Duration WINDOW = DefaultSettings.RECONCILE.consistencyWindow();
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final Map<String, String> COST = Map.of("cost-center", "4711");

    private static void restart(ReconcileHarness harness, Map<String, String> tags) {
        ClusterIdentity identity =
                SampleCluster.withRoleTags(SimulatedOperator.IDENTITY, new ConfiguredRoleTags(new TreeMap<>(tags)));
        harness.operator.restart(() -> identity);
    }

    private static ReconcileHarness tagging(Map<String, String> tags) {
        ReconcileHarness harness = new ReconcileHarness();
        restart(harness, tags);
        return harness;
    }

    /** Ready for longer than IAM takes to propagate a write. */
    private static ReconcileHarness ready(Map<String, String> tags, String spec) {
        ReconcileHarness harness = tagging(tags);
        harness.apply(spec);
        harness.operator.run(INTERVAL);
        assertThat(harness.isReady()).isTrue();
        harness.forgetCalls();
        return harness;
    }

    private static ReconcileHarness many(Map<String, String> tags) {
        ReconcileHarness harness = tagging(tags);
        names().forEach(name -> harness.operator.users().apply(NS, name, USUAL));
        harness.operator.run(INTERVAL);
        harness.forgetCalls();
        return harness;
    }

    private static Stream<String> names() {
        return IntStream.range(0, MANY).mapToObj(i -> "r" + i);
    }

    private static List<Map<String, String>> tags(ReconcileHarness harness) {
        return harness.operator.iam().roles().stream().map(role -> role.tags()).toList();
    }

    @Test
    void createsARoleWithTheTagsInTheSameCall() {
        ReconcileHarness harness = tagging(COST);
        harness.apply(USUAL);
        harness.operator.settle();

        assertThat(harness.role().tags()).containsAllEntriesOf(COST);
        assertThat(harness.operator.iam().calls().perRole())
                .containsExactly("CreateRole " + ROLE, "AttachRolePolicy " + ROLE, "PutRolePolicy " + ROLE);
    }

    @Test
    void needsNoEntitlementForThem() {
        ReconcileHarness harness = tagging(COST);
        harness.operator.limit(
                limits -> limits.apply(
                        InMemoryEntitlements.EVERYTHING,
                        "---\n{namespaceSelector: {}, allow: {managedPolicies: ['*'], inlineActions: ['*'], tags: [{key: team, values: [a]}]}}"));
        harness.apply(USUAL + "role: {tags: {team: a}}");
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().tags()).containsAllEntriesOf(COST).containsEntry("team", "a");
    }

    @Test
    void refusesASpecThatSetsSuchATagInAnyCase() {
        ReconcileHarness harness = tagging(COST);
        harness.apply(USUAL + "role: {tags: {Cost-Center: mine}}");
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("InvalidSpec");
        assertThat(harness.message())
                .isEqualTo("spec.role.tags: the operator sets Cost-Center on every role (--role-tags), and a resource"
                        + " cannot override it; tag keys are not case-sensitive; remove it");
        assertThat(harness.operator.iam().roles()).isEmpty();
    }

    @Test
    void restoresThemWithTheReadAndTheWrite() {
        ReconcileHarness harness = ready(COST, USUAL);
        Map<String, String> before = harness.role().tags();
        harness.operator.iam().console().edit(ROLE, role -> role.withTag("cost-center", "0815"));

        harness.operator.run(INTERVAL);

        assertThat(harness.role().tags()).isEqualTo(before);
        assertThat(harness.operator.iam().calls().perRole()).containsExactly("GetRole " + ROLE, "TagRole " + ROLE);
    }

    @Test
    void keepsThemOnARetainedRole() {
        ReconcileHarness harness = ready(COST, USUAL + "deletionPolicy: Retain");
        harness.delete();
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.role().tags()).containsAllEntriesOf(COST).doesNotContainKey("irsa.dev/cluster");
    }

    @Test
    void doesNotInterruptTheAccessOfAnAdoptedRole() {
        ReconcileHarness harness = tagging(Map.of("owner", "platform"));
        OwnershipJourneys.offer(harness);
        String adopting = USUAL + "role: {adoption: IfOffered}\n";
        harness.apply(adopting + "suspend: true");
        harness.operator.settle();

        harness.apply(adopting);
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        List<String> calls = harness.operator.iam().calls().perRole();
        assertThat(calls.indexOf("AttachRolePolicy " + ROLE)).isLessThan(calls.indexOf("DetachRolePolicy " + ROLE));
        assertThat(harness.role().tags()).containsEntry("owner", "platform").containsEntry("cost", "a");
    }

    @Test
    void changesExistingRolesAtThePaceOfTheSweep() {
        ReconcileHarness harness = many(Map.of());
        restart(harness, COST);

        harness.operator.run(WINDOW);
        assertThat(harness.operator.iam().calls().perRole())
                .as("no burst at startup")
                .isEmpty();

        int most = 0;
        for (int minute = 0; minute < INTERVAL.toMinutes(); minute++) {
            int before = harness.operator.iam().calls().of("TagRole");
            harness.operator.run(Duration.ofMinutes(1));
            most = Math.max(most, harness.operator.iam().calls().of("TagRole") - before);
        }

        assertThat(most).as("roles changed in one minute").isLessThan(MANY / 3);
        assertThat(tags(harness))
                .hasSize(MANY)
                .allSatisfy(tags -> assertThat(tags).containsAllEntriesOf(COST));
        assertThat(harness.operator.iam().calls().counts())
                .containsEntry("GetRole", MANY)
                .containsEntry("TagRole", MANY)
                .doesNotContainKeys("PutRolePolicy", "AttachRolePolicy", "UpdateAssumeRolePolicy");
        assertThat(names()).allMatch(harness::isReady);
        harness.forgetCalls();
        harness.operator.run(INTERVAL.multipliedBy(3));
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
    }

    @Test
    void removesTagsThatLeftTheConfigurationAndKeepsThoseOfOthers() {
        ReconcileHarness harness = ready(COST, USUAL + "role: {tags: {team: a}}");
        harness.operator.iam().console().edit(ROLE, role -> role.withTag("backup", "daily"));
        restart(harness, Map.of("owner", "platform"));

        harness.operator.run(WINDOW.plus(INTERVAL));

        assertThat(harness.role().tags())
                .containsEntry("owner", "platform")
                .containsEntry("team", "a")
                .containsEntry("backup", "daily")
                .doesNotContainKey("cost-center");
    }

    @Test
    void repairsOtherDriftAtStartupWithoutDelay() {
        ReconcileHarness harness = ready(Map.of(), USUAL);
        harness.operator.iam().console().edit(ROLE, role -> role.withDescription("drifted"));
        restart(harness, COST);

        harness.operator.run(Duration.ofSeconds(10));

        assertThat(harness.role().description()).isEmpty();
        assertThat(harness.role().tags()).containsAllEntriesOf(COST);
    }

    @Test
    void appliesASpecChangeTogetherWithTheTags() {
        ReconcileHarness harness = ready(Map.of(), USUAL);
        restart(harness, COST);
        harness.apply(USUAL + "role: {description: new}");

        harness.operator.run(WINDOW);

        assertThat(harness.role().description()).isEqualTo("new");
        assertThat(harness.role().tags()).containsAllEntriesOf(COST);
    }

    @Test
    void reachesExistingRolesWhereRolesCannotBeReadInBulk() {
        ReconcileHarness harness = ready(Map.of(), USUAL);
        harness.operator.iam().faults().deny("GetAccountAuthorizationDetails");
        restart(harness, COST);

        harness.operator.run(DefaultSettings.SWEEP.fallbackInterval().multipliedBy(2));

        assertThat(harness.role().tags()).containsAllEntriesOf(COST);
    }
}
