package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.reconcile.OwnershipJourneys;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** While a role is quarantined, its resource cannot be deleted, and nothing is withdrawn. */
class QuarantinedDeletionTest {
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final Duration WINDOW = DefaultSettings.RECONCILE.consistencyWindow();
    private static final Duration NEXT_RETRY = Duration.ofMinutes(2);
    private static final String DENY = deny("*", "");
    private static final String BOTH = USUAL + "delivery: [IRSA, PodIdentity]\n";

    private static String deny(String action, String condition) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"" + action
                + "\",\"Resource\":\"*\"" + condition + "}]}";
    }

    /** How responders cut off a role, and how they lift that. */
    enum Response {
        ATTACHED("arn:aws:iam::aws:policy/AWSDenyAll"),
        CONFIGURED("arn:aws:iam::111122223333:policy/quarantine"),
        INLINE("AWSDenyAll"),
        REPLACED("read");

        /** An ARN, or the name of an inline policy. */
        private final String policy;

        Response(String policy) {
            this.policy = policy;
        }

        private boolean isAttached() {
            return policy.startsWith("arn:");
        }

        RoleRecord cut(RoleRecord role) {
            return isAttached() ? role.withAttached(policy) : role.withInline(policy, DENY);
        }

        RoleRecord lift(RoleRecord role) {
            return isAttached() ? role.withoutAttached(policy) : role.withoutInline(policy);
        }

        String command() {
            return isAttached()
                    ? "aws iam detach-role-policy --role-name " + ROLE + " --policy-arn " + policy
                    : "aws iam delete-role-policy --role-name " + ROLE + " --policy-name " + policy;
        }

        boolean isOn(RoleRecord role) {
            return cut(role).equals(role);
        }
    }

    private static void responder(ReconcileHarness harness, UnaryOperator<RoleRecord> edit) {
        RoleRecord _ = harness.operator.iam().console().edit(ROLE, edit);
    }

    /** Returns a harness in which the resource has been Ready for a while. */
    private static ReconcileHarness ready(String spec) {
        ReconcileHarness harness = new ReconcileHarness();
        configure(harness);
        harness.apply(spec);
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        harness.operator.run(WINDOW.multipliedBy(3));
        harness.forgetCalls();
        return harness;
    }

    private static void configure(ReconcileHarness harness) {
        harness.operator.restart(() -> SampleCluster.withProtectedPolicies(
                SimulatedOperator.IDENTITY, ProtectedPolicies.of(List.of("arn:aws:iam::*:policy/quarantine"))));
    }

    private static void assertBlocked(ReconcileHarness harness, Response response) {
        assertThat(harness.reason()).as(harness.message()).isEqualTo("DeletionBlocked");
        assertThat(harness.message())
                .startsWith("role " + ROLE + " is quarantined by ")
                .contains(response.command());
        assertThat(response.isOn(harness.role())).isTrue();
    }

    /** Deletes the resource while the role is quarantined, and again once it is not. */
    private static void deleteAndLift(ReconcileHarness harness, Response response) {
        RoleRecord before = harness.role();
        var serviceAccounts = harness.operator.users().serviceAccounts();
        var association = harness.operator.eks().console().of(NS, NAME);
        harness.delete();
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertBlocked(harness, response);
        assertThat(harness.role()).isEqualTo(before);
        assertThat(harness.operator.users().serviceAccounts()).isEqualTo(serviceAccounts);
        assertThat(harness.operator.eks().console().of(NS, NAME)).isEqualTo(association);

        responder(harness, response::lift);
        harness.operator.run(NEXT_RETRY);
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
        assertThat(harness.operator.eks().console().of(NS, NAME)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void blocksTheDeletionUntilTheQuarantineIsLifted(Response response) {
        ReconcileHarness harness = ready(BOTH);
        responder(harness, response::cut);
        harness.operator.run(INTERVAL.multipliedBy(2));

        deleteAndLift(harness, response);
        assertThat(harness.isClean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void blocksTheDeletionRightAfterARestart(Response response) {
        ReconcileHarness harness = ready(BOTH);
        responder(harness, response::cut);
        configure(harness);

        deleteAndLift(harness, response);
        assertThat(harness.isClean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void blocksTheReleaseOfTheRole(Response response) {
        ReconcileHarness harness = ready(BOTH + "deletionPolicy: Retain\n");
        responder(harness, response::cut);

        deleteAndLift(harness, response);
        assertThat(harness.role().tags()).doesNotContainKey("irsa.dev/cluster");
    }

    @Test
    void blocksTheReleaseOfAnAdoptedRole() {
        ReconcileHarness harness = new ReconcileHarness();
        OwnershipJourneys.offer(harness);
        harness.apply(OwnershipJourneys.ADOPTING + "suspend: true");
        harness.operator.settle();
        harness.apply(OwnershipJourneys.ADOPTING);
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        responder(harness, Response.INLINE::cut);

        deleteAndLift(harness, Response.INLINE);
        assertThat(harness.role().tags()).doesNotContainKey("irsa.dev/cluster");
    }

    /** Nothing shows a policy that was added since the last sweep, until IAM refuses to delete the role. */
    @ParameterizedTest
    @EnumSource
    void keepsAQuarantineThatNoSweepHasSeen(Response response) {
        ReconcileHarness harness = ready(USUAL);
        responder(harness, response::cut);
        harness.delete();
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertBlocked(harness, response);
        responder(harness, response::lift);
        harness.operator.run(NEXT_RETRY);
        assertThat(harness.isClean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = "REPLACED", mode = EnumSource.Mode.EXCLUDE)
    void keepsAQuarantineThatArrivesBetweenTwoCallsOfTheDeletion(Response response) {
        for (String spec : List.of(BOTH, BOTH + "deletionPolicy: Retain\n")) {
            for (int call = 1; call <= 12; call++) {
                ReconcileHarness harness = ready(spec);
                harness.delete();
                harness.atCall(call, () -> {
                    if (harness.operator.iam().role(ROLE).isPresent()) {
                        responder(harness, response::cut);
                    }
                });
                harness.operator.run(INTERVAL);

                harness.operator
                        .iam()
                        .role(ROLE)
                        .ifPresent(role -> assertThat(response.isOn(role))
                                .as("%s", harness.operator.iam().calls().trail())
                                .isTrue());
                assertThat(harness.resource().isEmpty() || harness.reason().equals("DeletionBlocked"))
                        .isTrue();
            }
        }
    }

    @Test
    void continuesAfterTheSweepThatSeesTheQuarantineLifted() {
        ReconcileHarness harness = ready(USUAL);
        responder(harness, Response.ATTACHED::cut);
        harness.delete();
        configure(harness);
        harness.operator.run(INTERVAL.multipliedBy(100));
        assertBlocked(harness, Response.ATTACHED);
        assertThat(harness.operator.pauses()).allMatch(pause -> pause.compareTo(NEXT_RETRY) <= 0);
    }

    /** Its user may copy the quarantine into the spec, so that the operator would have attached it. */
    @Test
    void blocksTheDeletionAlsoIfTheSpecNamesTheProtectedPolicy() {
        ReconcileHarness harness = ready(USUAL);
        responder(harness, Response.ATTACHED::cut);
        harness.operator.run(INTERVAL.multipliedBy(2));
        harness.apply("policies: {managed: [AmazonS3ReadOnlyAccess, AWSDenyAll], inline: [{name: AWSDenyAl, document: "
                + DENY + "}]}");
        harness.operator.settle();
        harness.delete();
        harness.operator.run(INTERVAL);

        assertBlocked(harness, Response.ATTACHED);
        assertThat(harness.message()).doesNotContain("AWSDenyAl,", "--policy-name AWSDenyAl");
    }

    @Test
    void deletesARoleWithADenyThatTheOperatorWrote() {
        ReconcileHarness harness = ready("policies: {inline: [{name: stop, document: " + DENY + "}]}");
        configure(harness);
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWSRevokeOlderSessions", "guardrail"})
    void deletesARoleThatIsNotCutOffAltogether(String name) {
        ReconcileHarness harness = ready(USUAL);
        responder(
                harness,
                role -> role.withInline(
                        name,
                        name.equals("guardrail")
                                ? deny("s3:*", "")
                                : deny("*", ",\"Condition\":{\"DateLessThan\":{\"aws:TokenIssueTime\":\"2026\"}}")));
        harness.operator.run(INTERVAL.multipliedBy(2));
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void anotherResourceDoesNotGetTheServiceAccountMeanwhile() {
        ReconcileHarness harness = ready(USUAL);
        responder(harness, Response.INLINE::cut);
        harness.operator.run(INTERVAL.multipliedBy(2));
        harness.delete();
        harness.operator.users().apply(NS, "another", USUAL + "serviceAccounts: [{name: " + NAME + "}]\n");
        harness.operator.run(INTERVAL);

        assertThat(harness.reason("another")).isEqualTo("ServiceAccountConflict");
        assertThat(harness.pointer()).hasValueSatisfying(arn -> assertThat(arn).endsWith("/" + ROLE));
    }

    /** A user who removes the finalizer by hand leaves the role, and the same resource gets it again. */
    @ParameterizedTest
    @EnumSource
    void theSameResourceGetsTheQuarantinedRoleAgain(Response response) {
        ReconcileHarness harness = ready(USUAL);
        responder(harness, response::cut);
        harness.operator.run(INTERVAL.multipliedBy(2));
        harness.delete();
        harness.operator.run(INTERVAL);
        String id = harness.role().id();
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.getMetadata().setFinalizers(List.of());
            return resource;
        });
        harness.operator.run(INTERVAL.multipliedBy(2));
        assertThat(harness.resource()).isEmpty();
        assertThat(response.isOn(harness.role())).isTrue();

        harness.apply(USUAL);
        harness.operator.run(INTERVAL.multipliedBy(2));
        assertThat(harness.role().id()).isEqualTo(id);
        assertThat(response.isOn(harness.role())).isTrue();
        assertThat(harness.role().attached()).contains(S3);
    }

    @Test
    void aTemplateDoesNotReplaceTheQuarantine() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.limit(
                limits -> limits.apply(
                        "everything",
                        "namespaceSelector: {}\nallow: {managedPolicies: ['*'], inlineActions: ['*'], templates: [{name: stop}]}\n"));
        harness.operator.limit(limits -> limits.applyTemplate("stop", "document: " + deny("s3:*", "")));
        harness.apply(USUAL);
        harness.operator.settle();
        harness.operator.run(WINDOW.multipliedBy(3));
        responder(harness, role -> role.withInline("stop", DENY));
        harness.operator.run(INTERVAL.multipliedBy(2));
        harness.apply(USUAL + "  templates: [{name: stop}]\n");
        harness.operator.run(INTERVAL.multipliedBy(2));
        harness.delete();
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(harness.reason()).as(harness.message()).isEqualTo("DeletionBlocked");
        assertThat(harness.role().inline()).containsEntry("stop", DENY);
    }

    @Test
    void anExternalRoleIsTheQuarantinedRole() {
        ReconcileHarness harness = ready(USUAL);
        responder(harness, Response.INLINE::cut);
        harness.operator.run(INTERVAL.multipliedBy(2));
        RoleRecord before = harness.role();
        harness.apply("externalRole: {arn: '" + before.arn() + "'}");
        harness.operator.run(INTERVAL);
        harness.delete();
        harness.operator.run(INTERVAL);

        assertThat(harness.resource()).as("it still has its role").isPresent();
        assertThat(harness.role()).isEqualTo(before);
    }
}
