package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.SQS;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an entitlement requires is on every role that it allows, and stays there. */
class RequirementsTest {
    private static final String BASELINE = "arn:aws:iam::111122223333:policy/baseline";
    private static final String LOGS = "arn:aws:iam::111122223333:policy/logs";
    private static final String SPEC = "policies: {managed: [AmazonS3ReadOnlyAccess]}\n";
    private static final String COST = "tags: [{key: cost-center, value: '4711'}]";
    private static final String TEAM = "tags: [{key: team, namespaceLabel: team, values: [pay*, ledger]}]";

    private static void require(ReconcileHarness harness, String requirements) {
        harness.operator.limit(limits -> limits.apply(
                InMemoryEntitlements.EVERYTHING,
                "namespaceSelector: {}\nallow: {managedPolicies: ['arn:aws:iam::aws:policy/*']}\nrequire: {"
                        + requirements + "}\n"));
    }

    private static ReconcileHarness ready(String requirements, String spec) {
        ReconcileHarness harness = new ReconcileHarness();
        require(harness, requirements);
        harness.apply(spec);
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.isReady()).isTrue();
        harness.forgetCalls();
        return harness;
    }

    private static List<String> writes(ReconcileHarness harness) {
        return harness.operator.interceptor().awsWrites();
    }

    private static List<String> requiredPolicies(ReconcileHarness harness) {
        return requireNonNull(harness.status().role()).requiredPolicies();
    }

    /** Returns what is attached to the role after each call from now on, in this order. */
    private static Set<Set<String>> attachedFromNow(ReconcileHarness harness) {
        Set<Set<String>> attached = new LinkedHashSet<>();
        harness.operator
                .interceptor()
                .after(_ ->
                        harness.operator.iam().role(ROLE).ifPresent(role -> attached.add(Set.copyOf(role.attached()))));
        return attached;
    }

    @Test
    void attachesRequiredPoliciesBeforeOthersToANewRole() {
        ReconcileHarness harness = new ReconcileHarness();
        require(harness, "managedPolicies: ['" + LOGS + "', '" + BASELINE + "'], " + COST);
        harness.apply(SPEC);
        Set<Set<String>> attached = attachedFromNow(harness);
        harness.operator.settle();

        assertThat(attached)
                .containsExactly(Set.of(), Set.of(BASELINE), Set.of(BASELINE, LOGS), Set.of(BASELINE, LOGS, S3));
        assertThat(harness.role().tags()).containsEntry("cost-center", "4711");
        assertThat(harness.status().entitlement()).isEqualTo(InMemoryEntitlements.EVERYTHING);
        assertThat(requiredPolicies(harness)).containsExactly(BASELINE, LOGS);
    }

    /** Policies that read {@code aws:PrincipalTag/risk} would not find the lookalike. */
    @Test
    void setsARequiredTagBesideALookalikeOfTheUser() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, """
                namespaceSelector: {}
                allow: {tags: [{key: '*', values: ['*']}]}
                require: {tags: [{key: risk, value: high}]}
                """));
        harness.apply("role: {tags: {r\u0131sk: high}}\n");
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().tags()).containsEntry("risk", "high").containsEntry("r\u0131sk", "high");
    }

    @Test
    void reachesAnExistingRoleWithOneCallForEachChange() {
        ReconcileHarness harness = ready("", SPEC);

        require(harness, "managedPolicies: ['" + BASELINE + "'], " + COST);
        harness.operator.settle();
        assertThat(writes(harness)).containsExactly("iam:AttachRolePolicy", "iam:TagRole");
        harness.forgetCalls();
        require(harness, "managedPolicies: ['" + BASELINE + "'], " + COST.replace("4711", "4712"));
        harness.operator.settle();
        assertThat(writes(harness)).containsExactly("iam:TagRole");
        assertThat(harness.role().tags()).containsEntry("cost-center", "4712");

        harness.forgetCalls();
        require(harness, COST.replace("4711", "4712"));
        harness.operator.settle();
        assertThat(writes(harness)).containsExactly("iam:DetachRolePolicy");
        assertThat(requiredPolicies(harness)).isEmpty();

        harness.forgetCalls();
        require(harness, "");
        harness.operator.run(Duration.ofHours(1));
        assertThat(writes(harness)).containsExactly("iam:UntagRole");
        assertThat(harness.role().tags()).doesNotContainKey("cost-center");
        assertThat(harness.operator.operatorEvents())
                .extracting(EventMessage::reason)
                .contains("PolicyAttached")
                .doesNotContain("DriftRepaired");
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void repairsDrift() {
        ReconcileHarness harness = ready("managedPolicies: ['" + BASELINE + "'], " + COST, SPEC);
        harness.operator
                .iam()
                .console()
                .edit(ROLE, role -> role.withAllAttached(Set.of(S3)).withTag("cost-center", "1"));

        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.role().attached()).containsExactlyInAnyOrder(BASELINE, S3);
        assertThat(harness.role().tags()).containsEntry("cost-center", "4711");
        assertThat(harness.operator.operatorEvents().getLast().reason()).isEqualTo("DriftRepaired");
        require(harness, "managedPolicies: ['" + BASELINE + "'], " + COST.replace("4711", "4712"));
        harness.operator.settle();
        assertThat(harness.operator.operatorEvents().getLast().reason()).isEqualTo("RoleUpdated");
    }

    @Test
    void isNoConflictWithASpecThatNamesTheSame() {
        ReconcileHarness harness = ready(
                "managedPolicies: ['" + BASELINE + "'], " + COST,
                "policies: {managed: [AmazonS3ReadOnlyAccess, '" + BASELINE
                        + "']}\nrole: {tags: {Cost-Center: '4711'}}\n");

        harness.apply(SPEC);
        harness.operator.settle();

        assertThat(writes(harness)).isEmpty();
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void deniesAnotherValueOfARequiredTagAndClearsTheEntitlementOfTheStatus() {
        ReconcileHarness harness = ready(COST, SPEC);

        harness.apply(SPEC + "role: {tags: {cost-center: '1'}}\n");
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.message())
                .isEqualTo("denied by IamEntitlement everything because role.tags has cost-center=1 instead of the"
                        + " required \"4711\"; omit what is not allowed, or ask a platform engineer to allow it");
        assertThat(harness.status().entitlement()).isNull();
        assertThat(writes(harness)).isEmpty();
    }

    @Test
    void followsTheLabelOfTheNamespace() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.limit(limits -> limits.label(NS, Map.of("team", "payments")));
        require(harness, TEAM);
        harness.apply(SPEC);
        harness.operator.settle();
        assertThat(harness.role().tags()).containsEntry("team", "payments");

        harness.forgetCalls();
        harness.operator.limit(limits -> limits.label(NS, Map.of("team", "ledger")));
        harness.operator.settle();
        assertThat(writes(harness)).containsExactly("iam:TagRole");
        assertThat(harness.role().tags()).containsEntry("team", "ledger");

        harness.operator.limit(limits -> limits.label(NS, Map.of("team", "admin")));
        harness.operator.settle();
        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.message())
                .contains("from the label team, and \"admin\" is not in its values in require.tags");
        assertThat(harness.role().tags()).containsEntry("team", "ledger");
    }

    @Test
    void grantsNothingWithoutARequiredPolicyAndDoesNotPreventADeletion() {
        ReconcileHarness harness = new ReconcileHarness();
        require(harness, "managedPolicies: ['" + BASELINE + "']");
        harness.operator
                .iam()
                .faults()
                .fail("AttachRolePolicy", Refusal.of("NoSuchEntity", 404, "Policy " + BASELINE + " does not exist"));
        harness.apply(SPEC);
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.role().attached()).isEmpty();
        assertThat(harness.pointer()).isEmpty();
        assertThat(harness.isReady()).isFalse();
        assertThat(harness.message()).contains("IamEntitlement everything requires this policy on every role");

        harness.delete();
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void countsInTheQuotaThatTheMessageExplains() {
        String ten = "policies: {managed: [P0, P1, P2, P3, P4, P5, P6, P7, P8]}\n";
        ReconcileHarness harness = ready("", ten);

        require(harness, "managedPolicies: ['" + BASELINE + "']");
        harness.operator.settle();

        assertThat(harness.message())
                .isEqualTo("spec.policies.managed: 10 managed policies requested, of"
                        + " which IamEntitlement everything requires 1 (" + BASELINE
                        + "), and 9 possible (IAM's quota is 10, of which 1 is kept free"
                        + " for incident response); use at most 8 others; if the account has a higher quota, start the"
                        + " operator with --managed-policies-per-role");
        assertThat(writes(harness)).isEmpty();
    }

    @Test
    void neverGoesWithoutARequirementBecauseOfAQuota() {
        ReconcileHarness harness = ready("managedPolicies: ['" + BASELINE + "']", SPEC);
        harness.operator
                .iam()
                .account()
                .quotas(harness.operator.iam().account().quotas().withManagedPoliciesPerRole(2));

        require(harness, "managedPolicies: ['" + LOGS + "']");
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.role().attached()).containsExactlyInAnyOrder(BASELINE, S3);
        assertThat(harness.reason()).isEqualTo("QuotaExceeded");
        assertThat(harness.message())
                .contains(
                        "IamEntitlement everything requires this policy", "remove a policy from spec.policies.managed");

        harness.apply("{}");
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.role().attached()).containsExactly(LOGS);
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void anotherProcessDetachesLastWhatIsNoLongerRequired() {
        ReconcileHarness harness = ready("managedPolicies: ['" + BASELINE + "']", SPEC);
        harness.operator.restart();
        require(harness, "");
        harness.apply("policies: {managed: [AmazonSQSFullAccess]}\n");
        Set<Set<String>> attached = attachedFromNow(harness);
        harness.operator.run(Duration.ofHours(1));

        assertThat(attached).containsExactly(Set.of(BASELINE, S3), Set.of(BASELINE), Set.of(), Set.of(SQS));
    }

    @Test
    void roleThatOutlivesItsResourceHasWhatIsRequired() {
        ReconcileHarness harness = new ReconcileHarness();
        String retain = """
                namespaceSelector: {}
                allow: {managedPolicies: ['*'], deletionPolicies: [Retain]}
                require: {%s}
                """;
        harness.operator.limit(limits -> limits.apply(InMemoryEntitlements.EVERYTHING, retain.formatted("")));
        harness.apply(SPEC + "deletionPolicy: Retain\n");
        harness.operator.run(Duration.ofHours(1));
        harness.delete();
        harness.operator.limit(limits -> limits.apply(
                InMemoryEntitlements.EVERYTHING, retain.formatted("managedPolicies: ['" + BASELINE + "']")));

        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.role().attached()).containsExactlyInAnyOrder(BASELINE, S3);
    }

    /** A required policy that is missing must not keep what is to be taken from a role. */
    @Test
    void revokesAlthoughARequiredPolicyCannotBeAttached() {
        ReconcileHarness harness = ready("", "policies: {managed: [AmazonS3ReadOnlyAccess, AmazonSQSFullAccess]}\n");
        harness.operator
                .iam()
                .faults()
                .fail("AttachRolePolicy", Refusal.of("NoSuchEntity", 404, "Policy " + BASELINE + " does not exist"));
        require(harness, "managedPolicies: ['" + BASELINE + "']");
        harness.apply(SPEC);
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.isReady()).isFalse();
        assertThat(harness.role().attached()).containsExactly(S3);
    }

    @Test
    void reportsWhatAFrozenRoleDoesNotHave() {
        ReconcileHarness harness = ready("", SPEC);
        harness.operator.limit(limits -> limits.label(NS, Map.of("irsa.dev/freeze", "true")));
        require(harness, "permissionsBoundaryARN: '" + LOGS + "', managedPolicies: ['" + BASELINE + "'], " + COST);
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NamespaceFrozen");
        assertThat(harness.status().missingRequirements())
                .containsExactly(
                        "IamEntitlement everything requires permissions boundary " + LOGS,
                        "IamEntitlement everything requires managed policy " + BASELINE,
                        "IamEntitlement everything requires tag cost-center=4711");

        harness.operator.limit(limits -> limits.label(NS, Map.of()));
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.status().missingRequirements()).isEmpty();
    }

    @Test
    void reportsWhatASuspendedRoleDoesNotHaveAlsoInANewProcess() {
        ReconcileHarness harness = ready("", SPEC);
        harness.apply(SPEC + "suspend: true\n");
        require(harness, COST);
        harness.operator.settle();
        assertThat(harness.status().missingRequirements())
                .containsExactly("IamEntitlement everything requires tag cost-center=4711");

        require(harness, "managedPolicies: ['" + BASELINE + "']");
        harness.operator.restart();
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.status().missingRequirements())
                .containsExactly("IamEntitlement everything requires managed policy " + BASELINE);
    }

    private static void requireBaselineAndAllowNothing(ReconcileHarness harness) {
        harness.operator.limit(limits -> limits.apply(
                InMemoryEntitlements.EVERYTHING,
                "namespaceSelector: {}\nrequire: {managedPolicies: ['" + BASELINE + "']}\n"));
        harness.operator.settle();
    }

    @Test
    void reportsWhatARoleDoesNotHaveThatIsNotAllowedAnyMore() {
        ReconcileHarness harness = ready("", SPEC);
        requireBaselineAndAllowNothing(harness);

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.status().missingRequirements())
                .containsExactly("IamEntitlement everything requires managed policy " + BASELINE);
    }

    @Test
    void reportsARequirementThatAwsRejects() {
        ReconcileHarness harness = ready("", SPEC);
        harness.operator
                .iam()
                .faults()
                .fail("AttachRolePolicy", Refusal.of("NoSuchEntity", 404, "Policy " + BASELINE + " does not exist"));
        require(harness, "managedPolicies: ['" + BASELINE + "']");
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("PolicyNotFound");
        assertThat(harness.status().missingRequirements())
                .containsExactly("IamEntitlement everything requires managed policy " + BASELINE);
    }

    /** Within the window after the start, the operator does not know yet which policies the role has. */
    @Test
    void reportsNothingOfASuspendedRoleBeforeItsPoliciesAreKnown() {
        ReconcileHarness harness = ready("managedPolicies: ['" + BASELINE + "']", SPEC);
        harness.apply(SPEC + "suspend: true\n");
        harness.operator.restart();
        harness.apply(SPEC + "suspend: true\nrole: {description: changed}\n");
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("Suspended");
        assertThat(harness.status().missingRequirements()).isEmpty();
    }

    @Test
    void reportsNothingOfARoleThatWasDeleted() {
        ReconcileHarness harness = ready("", SPEC);
        requireBaselineAndAllowNothing(harness);
        assertThat(harness.status().missingRequirements()).isNotEmpty();

        harness.operator.iam().console().delete(ROLE);
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.status().missingRequirements()).isEmpty();
    }

    /** Found by the simulation: the deletion was suspended between the deletion of the role and its confirmation. */
    @Test
    void reportsNothingOfARoleWhoseDeletionWasSuspendedTooLate() {
        ReconcileHarness harness = ready("", SPEC);
        requireBaselineAndAllowNothing(harness);
        // A new process waits after the deletion for writes that its predecessor may have lost.
        harness.operator.restart();
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:DeleteRole")) {
                harness.apply(SPEC + "suspend: true\n");
            }
        });
        harness.delete();
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.status().missingRequirements()).isEmpty();
    }

    /** Found by the simulation: a new process knew the role only from the sweeps, which nothing had asked for it. */
    @Test
    void reportsNothingOfARoleThatWasDeletedByHandWhileItsDeletionWasSuspended() {
        ReconcileHarness harness = ready("", SPEC);
        requireBaselineAndAllowNothing(harness);
        harness.apply(SPEC + "suspend: true\n");
        harness.delete();
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.status().missingRequirements()).isNotEmpty();

        harness.operator.iam().console().delete(ROLE);
        harness.operator.restart();
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.status().missingRequirements()).isEmpty();
    }

    @Test
    void aLabelThatIsNotAllowedIsNotRequired() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.limit(limits -> limits.label(NS, Map.of("team", "payments")));
        require(harness, TEAM);
        harness.apply(SPEC);
        harness.operator.settle();

        harness.operator.limit(limits -> limits.label(NS, Map.of("team", "admin")));
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.status().missingRequirements()).isEmpty();
    }
}
