package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A responder cuts off a role. Neither the operator nor a user undoes it. */
class IncidentResponseTest {
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final Duration WINDOW = DefaultSettings.RECONCILE.consistencyWindow();
    private static final String QUARANTINE = "arn:aws:iam::111122223333:policy/quarantine";
    private static final String DENY = deny("*");

    private static String deny(String action) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"" + action
                + "\",\"Resource\":\"*\"}]}";
    }

    /** A spec with one inline policy that only denies. */
    private static String denying(String action) {
        return "policies: {managed: [AmazonS3ReadOnlyAccess], inline: [{name: read, document: " + deny(action) + "}]}";
    }

    private static void responder(ReconcileHarness harness, UnaryOperator<RoleRecord> edit) {
        RoleRecord _ = harness.operator.iam().console().edit(ROLE, edit);
    }

    private static String read(ReconcileHarness harness) {
        return harness.role().inline().getOrDefault("read", "");
    }

    private static Map<String, String> denies(ReconcileHarness harness) {
        return Objects.requireNonNull(harness.status().role()).denyPolicyDigests();
    }

    private static void assertProtected(ReconcileHarness harness) {
        assertThat(harness.reason()).as(harness.message()).isEqualTo("PolicyProtected");
        assertThat(harness.condition("Stalled")).map(Condition::reason).contains("PolicyProtected");
        assertThat(read(harness)).isEqualTo(DENY);
    }

    @Test
    void keepsADenyUnderTheNameOfAPolicyOfTheSpec() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(WINDOW.multipliedBy(2));
        responder(harness, role -> role.withInline("read", DENY));
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertProtected(harness);
        assertThat(harness.message())
                .contains("aws iam delete-role-policy --role-name " + ROLE + " --policy-name read");
    }

    @Test
    void keepsADenyWhenTheResourceIsChangedBeforeASweepHasSeenIt() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(WINDOW.multipliedBy(2));
        responder(harness, role -> role.withInline("read", DENY));
        harness.apply(USUAL.replace("s3:GetObject", "s3:PutObject"));
        harness.operator.run(Duration.ofSeconds(1));

        assertProtected(harness);
    }

    @Test
    void keepsADenyWhenTheResourceIsChangedRightAfterTheRoleWasRead() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        responder(harness, role -> role.withInline("read", DENY));
        harness.apply(USUAL.replace("s3:GetObject", "s3:PutObject"));
        harness.operator.run(WINDOW.multipliedBy(2));

        assertProtected(harness);
    }

    @Test
    void keepsADenyWhenThePolicyOfThatNameLeavesTheSpec() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(WINDOW.multipliedBy(2));
        responder(harness, role -> role.withInline("read", DENY));
        harness.apply("policies: {managed: [AmazonS3ReadOnlyAccess]}");
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).contains("policies kept because they only deny: read");
        assertThat(read(harness)).isEqualTo(DENY);
    }

    private static String own(String document) {
        return "policies: {managed: [AmazonS3ReadOnlyAccess], inline: [{name: incident, document: " + document + "}]}";
    }

    /** When a user copies the policy of a responder into the spec, so that the operator may write it. */
    enum Copied {
        WITHIN_A_WINDOW_OF_A_WRITE {
            @Override
            void to(ReconcileHarness harness) {
                harness.apply("policies: {managed: [AmazonS3ReadOnlyAccess, AmazonSQSFullAccess]}");
                harness.operator.run(Duration.ofSeconds(1));
                responder(harness, role -> role.withInline("incident", DENY));
                harness.apply(own(DENY));
            }
        },
        WHILE_THE_OPERATOR_IS_DOWN {
            @Override
            void to(ReconcileHarness harness) {
                responder(harness, role -> role.withInline("incident", DENY));
                harness.apply(own(DENY));
                harness.operator.restart();
            }
        },
        INTO_ANOTHER_RESOURCE_OF_THAT_NAME {
            @Override
            void to(ReconcileHarness harness) {
                responder(harness, role -> role.withInline("incident", DENY));
                harness.operator.run(INTERVAL.multipliedBy(2));
                harness.operator.users().lose(NS, NAME);
                harness.operator.run(Duration.ofSeconds(1));
                harness.apply(own(DENY));
            }
        };

        abstract void to(ReconcileHarness harness);
    }

    @ParameterizedTest
    @EnumSource
    void keepsADenyThatTheSpecCopiedWhenTheOperatorMayWriteIt(Copied copied) {
        ReconcileHarness harness = ReconcileHarness.ready("policies: {managed: [AmazonS3ReadOnlyAccess]}");
        harness.operator.run(WINDOW.multipliedBy(2));
        copied.to(harness);
        harness.operator.run(WINDOW.multipliedBy(3));
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(denies(harness)).isEmpty();

        harness.apply(own(DENY.replace("Deny", "Allow")));
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(harness.reason()).isEqualTo("PolicyProtected");
        assertThat(harness.role().inline()).containsEntry("incident", DENY);
    }

    @Test
    void keepsADenyWhoseNameTheSpecGetsAfterwards() {
        ReconcileHarness harness = ReconcileHarness.ready("policies: {managed: [AmazonS3ReadOnlyAccess]}");
        harness.operator.run(WINDOW.multipliedBy(2));
        responder(harness, role -> role.withInline("read", DENY));
        harness.apply(USUAL);
        harness.operator.run(Duration.ofSeconds(1));

        assertProtected(harness);
    }

    @Test
    void keepsADenyAcrossARestartAndAChangeOfTheResource() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(WINDOW.multipliedBy(2));
        responder(harness, role -> role.withInline("read", DENY));
        harness.apply(USUAL.replace("s3:GetObject", "s3:PutObject") + "role: {description: changed}");
        harness.operator.restart();
        for (Duration waited = Duration.ZERO; waited.compareTo(WINDOW) < 0; waited = waited.plusSeconds(5)) {
            harness.operator.run(Duration.ofSeconds(5));
            assertThat(read(harness)).isEqualTo(DENY);
        }
        for (int i = 0; i < 8; i++) {
            harness.operator.run(Duration.ofSeconds(20));
            assertProtected(harness);
        }
        harness.operator.restart();
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertProtected(harness);
        assertThat(harness.role().description()).isEqualTo("changed");
    }

    @Test
    void writesThePolicyOfTheSpecOnceTheDenyIsDeleted() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(WINDOW.multipliedBy(2));
        responder(harness, role -> role.withInline("read", DENY));
        harness.operator.run(INTERVAL.multipliedBy(2));
        responder(harness, role -> role.withoutInline("read"));
        harness.operator.run(DefaultSettings.RECONCILE.slowestRetry().multipliedBy(2));

        assertThat(harness.isReady()).isTrue();
        assertThat(read(harness)).contains("Allow");
    }

    @Test
    void keepsBothPoliciesOnceTheOneOfTheSpecIsRenamed() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(WINDOW.multipliedBy(2));
        responder(harness, role -> role.withInline("read", DENY));
        harness.operator.run(INTERVAL.multipliedBy(2));
        harness.apply(USUAL.replace("name: read", "name: read-2"));
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().inline()).containsOnlyKeys("read", "read-2").containsEntry("read", DENY);
    }

    /** A user who can edit the resource must not be able to remove the deny in two steps. */
    @Test
    void keepsADenyThatTheSpecCopiedForAWhile() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(WINDOW.multipliedBy(2));
        responder(harness, role -> role.withInline("read", DENY));
        harness.operator.run(INTERVAL.multipliedBy(2));
        harness.apply(denying("*"));
        harness.operator.run(INTERVAL.multipliedBy(2));
        assertThat(harness.isReady()).isTrue();

        harness.apply(USUAL);
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertProtected(harness);
    }

    @Test
    void deletesADenyAfterAllOtherPoliciesRightAfterARestart() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(WINDOW.multipliedBy(2));
        responder(harness, role -> role.withInline("stop", deny("s3:*")));
        harness.operator.restart();
        harness.apply(USUAL + "role: {description: changed}");
        harness.operator.run(Duration.ofSeconds(1));
        harness.forgetCalls();

        harness.delete();
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.iam().calls().trail())
                .filteredOn(call -> call.startsWith("D"))
                .containsExactly(
                        "DetachRolePolicy " + ROLE,
                        "DeleteRolePolicy " + ROLE,
                        "DeleteRolePolicy " + ROLE,
                        "DeleteRole " + ROLE);
    }

    @Test
    void removesNoPolicyOfARoleThatItCannotDelete() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        responder(harness, role -> role.withInline("stop", deny("s3:*")).inInstanceProfile("nodes"));
        harness.operator.run(INTERVAL);
        harness.delete();
        harness.operator.run(Duration.ofSeconds(1));

        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.message()).contains("aws iam remove-role-from-instance-profile");
        assertThat(harness.role().inline()).containsOnlyKeys("read", "stop");
        assertThat(harness.role().attached()).hasSize(1);

        responder(harness, role -> role.outOfInstanceProfile("nodes"));
        harness.operator.run(INTERVAL);
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void deletesAGuardrailWithTheRole() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        responder(harness, role -> role.withInline("read", deny("s3:*")).withInline("stop", deny("ec2:*")));
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    /** An explicit Deny overrides every Allow, wherever it is. */
    @Test
    void keepsADenyOfEverythingInAPolicyThatAlsoAllows() {
        String both = "{\"Version\":\"2012-10-17\",\"Statement\":["
                + "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"},"
                + "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(WINDOW.multipliedBy(2));
        responder(harness, role -> role.withInline("read", both).withInline("other", both));
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(harness.reason()).as(harness.message()).isEqualTo("PolicyProtected");
        assertThat(harness.role().inline()).containsEntry("read", both).containsEntry("other", both);
    }

    @Test
    void replacesADenyOfTheSpecAfterARestart() {
        ReconcileHarness harness = ReconcileHarness.ready(denying("s3:Put*"));
        assertThat(denies(harness)).containsOnlyKeys("read");
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.apply(denying("s3:Delete*"));
        harness.operator.restart();
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(read(harness)).isEqualTo(deny("s3:Delete*"));

        harness.apply(USUAL);
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(denies(harness)).isEmpty();
    }

    @Test
    void protectsADenyWhoseWriterTheStatusNoLongerNames() {
        ReconcileHarness harness = ReconcileHarness.ready(denying("*"));
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.operator.users().edit(ReconcileHarness.NS, ReconcileHarness.NAME, resource -> {
            resource.setStatus(null);
            return resource;
        });
        harness.apply(USUAL);
        harness.operator.restart();
        harness.operator.run(INTERVAL);

        assertProtected(harness);
    }

    @Test
    void detachesNoProtectedPolicy() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.restart(() -> SampleCluster.withProtectedPolicies(
                SimulatedOperator.IDENTITY, ProtectedPolicies.of(List.of("arn:aws:iam::*:policy/quarantine"))));
        harness.apply(USUAL);
        harness.operator.settle();
        responder(harness, role -> role.withAttached(QUARANTINE));
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message())
                .contains("policies kept because --protected-policies matches them: " + QUARANTINE);
        assertThat(harness.role().attached()).containsExactlyInAnyOrder(QUARANTINE, S3);
    }

    @Test
    void refusesASpecThatLeavesRespondersNoRoom() {
        String ten = "policies: {managed: [A, B, C, D, E, F, G, H, I, J]}";
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(ten);
        harness.operator.settle();
        assertThat(harness.reason()).isEqualTo("InvalidSpec");
        assertThat(harness.operator.iam().roles()).isEmpty();

        harness.apply(ten.replace(", J", ""));
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        harness.apply(ten);
        harness.operator.settle();
        assertThat(harness.reason()).isEqualTo("InvalidSpec");
        assertThat(harness.role().attached()).hasSize(9);
    }

    @Test
    void keepsAndRepairsARoleThatWasFullBefore() {
        String ten = "policies: {managed: [A, B, C, D, E, F, G, H, I, J]}\n";
        ClusterIdentity usual = SimulatedOperator.IDENTITY;
        ClusterIdentity raised = SampleCluster.of(
                usual.name(),
                usual.id(),
                usual.issuer(),
                usual.account().withManagedPoliciesPerRole(20),
                usual.rolePath());
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.restart(() -> raised);
        harness.apply(ten);
        harness.operator.settle();
        harness.operator.restart(() -> usual);
        harness.operator.run(INTERVAL);
        responder(harness, role -> role.withoutAttached("arn:aws:iam::aws:policy/A"));
        harness.operator.run(INTERVAL.multipliedBy(2));
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.role().attached()).hasSize(10);

        harness.apply(ten + "role: {description: changed}");
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        harness.apply(ten.replace("A,", "Z,"));
        harness.operator.settle();
        assertThat(harness.reason()).isEqualTo("InvalidSpec");
        assertThat(harness.role().attached()).hasSize(10).contains("arn:aws:iam::aws:policy/A");
    }
}
