package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.eks.AssociationRecord;
import dev.irsa.fixtures.eks.EksConsole;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The label irsa.dev/freeze of a namespace stops every change in it but removals. */
class FrozenNamespaceTest {
    private static String sharedWith(String... others) {
        return USUAL
                + Stream.of(others)
                        .map(name -> ", {name: " + name + "}")
                        .collect(Collectors.joining("", "serviceAccounts: [{name: invoices}", "]\n"));
    }

    private static void freeze(ReconcileHarness harness) {
        harness.operator.limit(limits -> limits.label(NS, Map.of("irsa.dev/freeze", "true")));
    }

    private static void thaw(ReconcileHarness harness) {
        harness.operator.limit(limits -> limits.label(NS, Map.of()));
    }

    /** A creation that had no response may take effect after the association of another request was deleted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletionAndAMoveToIrsaFindAnAssociationThatReplacedTheKnownOne(boolean moves) {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL + "delivery: [PodIdentity]\n");
        harness.operator.run(Duration.ofHours(1));
        freeze(harness);
        harness.operator.run(Duration.ofMinutes(1));
        EksConsole console = harness.operator.eks().console();
        AssociationRecord known = console.of(NS, NAME).orElseThrow();
        console.delete(known.id());
        console.create(NS, NAME, known.roleArn(), known.tags());
        harness.operator.run(Duration.ofMinutes(25));

        if (moves) {
            harness.apply(USUAL + "delivery: [IRSA]\n");
            thaw(harness);
        } else {
            harness.delete();
        }
        harness.operator.run(Duration.ofMinutes(10));

        assertThat(console.associations()).isEmpty();
        assertThat(harness.resource().isPresent()).isEqualTo(moves);
    }

    @Test
    void createsNoRoleUntilTheLabelIsRemoved() {
        ReconcileHarness harness = new ReconcileHarness();
        freeze(harness);
        harness.apply(USUAL);
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("NamespaceFrozen");
        assertThat(harness.condition("Stalled")).isPresent();
        assertThat(harness.message()).contains("kubectl label namespace payments irsa.dev/freeze-");
        assertThat(harness.operator.iam().roles()).isEmpty();
        assertThat(harness.resource().orElseThrow().getMetadata().getFinalizers())
                .isEmpty();

        thaw(harness);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
    }

    /** A mistyped value must not be overlooked in an incident. */
    @ParameterizedTest
    @ValueSource(strings = {"True", "yes", "1", ""})
    void everyOtherValueOfTheLabelFreezesTheNamespaceToo(String value) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.limit(limits -> limits.label(NS, Map.of("irsa.dev/freeze", value)));
        harness.apply(USUAL);
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo("NamespaceFrozen");
        assertThat(harness.operator.iam().roles()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False"})
    void falseFreezesNothing(String value) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.limit(limits -> limits.label(NS, Map.of("irsa.dev/freeze", value)));
        harness.apply(USUAL);
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void changesNothingOfARoleAndListsWhatWaits() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        RoleRecord before = harness.role();
        freeze(harness);
        harness.apply("role: {tags: {team: red}, maxSessionDurationSeconds: 7200}\ntoken: {audience: other}\n");
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.role()).isEqualTo(before);
        assertThat(harness.reason()).isEqualTo("NamespaceFrozen");
        assertThat(harness.status().pendingChanges())
                .anyMatch(line -> line.startsWith("detach policy"))
                .anyMatch(line -> line.startsWith("tag role"))
                .anyMatch(line -> line.startsWith("set the trust policy"));
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();

        thaw(harness);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().tags()).containsEntry("team", "red");
        assertThat(harness.status().pendingChanges()).isEmpty();
    }

    @Test
    void reportsDriftAndRepairsItLater() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        freeze(harness);
        harness.operator.settle();
        harness.operator
                .iam()
                .console()
                .edit(ROLE, role -> role.withTag("team", "x").withDescription("drifted"));
        harness.operator.run(DefaultSettings.SWEEP.interval().multipliedBy(2));

        assertThat(harness.role().description()).isEqualTo("drifted");
        assertThat(harness.status().pendingChanges()).anyMatch(line -> line.contains("description"));

        thaw(harness);
        harness.operator.settle();
        assertThat(harness.role().description()).isEmpty();
    }

    @Test
    void makesNoCallWhileNothingChanges() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        freeze(harness);
        harness.operator.settle();
        harness.forgetCalls();
        harness.operator.run(Duration.ofDays(1));

        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void releasesAServiceAccountThatIsRemovedAndAddsNone() {
        ReconcileHarness harness = ReconcileHarness.ready(sharedWith("one", "two"));
        harness.operator.run(Duration.ofMinutes(5));
        freeze(harness);
        harness.apply(sharedWith("two", "three"));
        harness.operator.settle();

        assertThat(harness.role().trust())
                .contains("payments:invoices", "payments:two")
                .doesNotContain("payments:one", "payments:three");
        assertThat(harness.operator.users().serviceAccount(NS, "one")).isEmpty();
        assertThat(harness.operator.users().serviceAccount(NS, "three")).isEmpty();
        assertThat(harness.operator.users().serviceAccount(NS, "two")).isPresent();
        assertThat(harness.operator.interceptor().awsWrites()).containsExactly("iam:UpdateAssumeRolePolicy");
        assertThat(harness.reason()).isEqualTo("NamespaceFrozen");

        harness.forgetCalls();
        harness.operator.restart();
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();

        thaw(harness);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().trust()).contains("payments:three");
    }

    @Test
    void narrowsTheTrustPolicyThatAnotherProcessHasToFinish() {
        ReconcileHarness harness = ReconcileHarness.ready(sharedWith("one"));
        freeze(harness);
        harness.operator.iam().faults().deny("UpdateAssumeRolePolicy");
        harness.apply(USUAL);
        harness.operator.run(Duration.ofMinutes(10));
        assertThat(harness.reason()).isEqualTo("AccessDenied");

        harness.operator.iam().faults().none();
        harness.operator.restart();
        harness.operator.run(Duration.ofMinutes(30));

        assertThat(harness.role().trust()).doesNotContain("payments:one");
        assertThat(harness.reason()).isEqualTo("NamespaceFrozen");
    }

    @Test
    void deletesAResource() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        freeze(harness);
        harness.operator.settle();
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void annotatesNoServiceAccountWithARoleOfOthers() {
        ReconcileHarness harness = new ReconcileHarness();
        freeze(harness);
        harness.operator.limit(limits -> limits.apply("everything", """
                namespaceSelector: {}
                allow:
                  externalRoleARNs: ["arn:aws:iam::111122223333:role/*"]
                """));
        harness.apply("externalRole: {arn: \"arn:aws:iam::111122223333:role/theirs\"}\n");
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo("NamespaceFrozen");
        assertThat(harness.pointer()).isEmpty();
    }

    @Test
    void publishesThePlanOfASuspendedResourceAndApprovesNothing() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        freeze(harness);
        harness.apply("suspend: true\n");
        harness.operator.settle();

        assertThat(harness.reason(NAME)).isEqualTo("Suspended");
        assertThat(harness.message()).contains("NamespaceFrozen");
        assertThat(harness.status().pendingChanges()).anyMatch(line -> line.startsWith("detach policy"));
    }

    @Test
    void retainsARoleOnlyAsItIs() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        RoleRecord before = harness.role();
        freeze(harness);
        harness.apply(sharedWith("other") + "role: {tags: {team: red}}\ndeletionPolicy: Retain\n");
        harness.delete();
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.message())
                .startsWith(
                        "role " + ROLE + " differs from the spec and may not change before it outlives this resource:"
                                + " namespace payments has the label irsa.dev/freeze")
                .endsWith("; or set spec.deletionPolicy to Delete");
        assertThat(harness.role()).isEqualTo(before);

        harness.apply(USUAL + "deletionPolicy: Retain\n");
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.role().trust()).isEqualTo(before.trust());
        assertThat(harness.role().attached()).isEqualTo(before.attached());
    }

    /** A process that has just started drops what it read too early, and does not read a frozen role again. */
    @Test
    void listsWhatWaitsAlthoughTheOperatorWasRestarted() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.iam().faults().deny("UpdateRole");
        harness.apply(USUAL + "role: {description: changed}\n");
        harness.operator.run(Duration.ofSeconds(10));
        harness.operator.restart();
        harness.operator.run(Duration.ofSeconds(2));
        freeze(harness);
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("NamespaceFrozen");
        assertThat(harness.status().pendingChanges()).anyMatch(line -> line.contains("description"));
    }

    @Test
    void reportsNoChangesOfARoleThatWasOnlyReadTooEarly() {
        ReconcileHarness harness = ReconcileHarness.ready(ReconcileHarness.USUAL);
        harness.operator.run(Duration.ofMinutes(10));
        harness.apply(ReconcileHarness.USUAL.replace("AmazonS3ReadOnlyAccess", "AmazonSQSFullAccess"));
        harness.operator.restart();
        harness.operator.now();
        assertThat(harness.message()).startsWith("waiting to rule out a stale IAM read");

        freeze(harness);
        harness.operator.run(Duration.ofMinutes(15));

        assertThat(harness.reason()).isEqualTo("NamespaceFrozen");
        assertThat(harness.status().pendingChanges())
                .containsExactly(
                        "attach policy arn:aws:iam::aws:policy/AmazonSQSFullAccess to role prod_payments_invoices",
                        "detach policy arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess from role prod_payments_invoices");
    }
}
