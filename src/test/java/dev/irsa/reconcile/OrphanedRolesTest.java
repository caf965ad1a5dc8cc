package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CrdState;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles without a resource: the operator reports them after two sweeps and removes them only if configured to. */
class OrphanedRolesTest {
    private static final SweepSettings REPORTS_ONLY = DefaultSettings.SWEEP;
    private static final SweepSettings REMOVES = new SweepSettings(
            REPORTS_ONLY.interval(),
            REPORTS_ONLY.fallbackInterval(),
            REPORTS_ONLY.associationInterval(),
            true,
            namespace -> true);

    private static ReconcileHarness many(int resources, SweepSettings settings) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.sweeping(settings).restart();
        IntStream.range(0, resources).forEach(i -> harness.operator.users().apply(NS, "r" + i, USUAL));
        harness.operator.settle();
        harness.operator.run(REPORTS_ONLY.interval());
        harness.forgetCalls();
        return harness;
    }

    private static String role(int i) {
        return "prod_payments_r" + i;
    }

    private static void lose(ReconcileHarness harness, int resources) {
        IntStream.range(0, resources).forEach(i -> harness.operator.users().lose(NS, "r" + i));
    }

    private static void sweeps(ReconcileHarness harness, int times) {
        int until = harness.operator.reports().size() + times;
        while (harness.operator.reports().size() < until) {
            harness.operator.run(Duration.ofSeconds(1));
        }
    }

    @Test
    void reportsAnOrphanOnlyAfterTwoSweeps() {
        ReconcileHarness harness = many(3, REPORTS_ONLY);
        lose(harness, 1);

        sweeps(harness, 1);
        assertThat(harness.operator.warnings()).isEmpty();
        assertThat(harness.operator.reports().getLast().orphans()).isZero();

        sweeps(harness, 1);
        assertThat(harness.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("RolesOrphaned: ")
                .contains(role(0), "payments/r0", "--remove-orphans");
        assertThat(harness.operator.reports().getLast().orphans()).isEqualTo(1);
    }

    @Test
    void warnsOncePerSetOfOrphans() {
        ReconcileHarness harness = many(3, REPORTS_ONLY);
        lose(harness, 1);
        sweeps(harness, 6);
        assertThat(harness.operator.warnings()).hasSize(1);

        lose(harness, 2);
        sweeps(harness, 3);

        assertThat(harness.operator.warnings()).hasSize(2);
        assertThat(harness.operator.warnings().getLast()).contains(role(0), role(1));
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.iam().roles()).hasSize(3);
    }

    @Test
    void keepsTheRoleOfAResourceRecreatedBetweenTwoSweeps() {
        ReconcileHarness harness = many(40, REMOVES);
        lose(harness, 1);
        sweeps(harness, 1);
        harness.operator.users().apply(NS, "r0", USUAL);
        sweeps(harness, 1);
        lose(harness, 1);
        sweeps(harness, 1);

        assertThat(harness.operator.warnings()).isEmpty();
        assertThat(harness.operator.iam().role(role(0))).isPresent();
    }

    @Test
    void ignoresRolesOwnedByOtherClustersOrWithoutOwner() {
        ReconcileHarness harness = many(40, REMOVES);
        lose(harness, 3);
        harness.operator.iam().console().edit(role(0), role -> role.withTag("irsa.dev/cluster-id", "another"));
        harness.operator.iam().console().edit(role(1), role -> role.withTag("irsa.dev/issuer", "another"));
        harness.operator.iam().console().edit(role(2), role -> role.withoutTag("irsa.dev/cluster"));

        sweeps(harness, 4);

        assertThat(harness.operator.warnings()).isEmpty();
        assertThat(harness.operator.iam().roles()).hasSize(40);
    }

    @Test
    void ignoresNamespacesThatAreNotWatched() {
        ReconcileHarness harness = many(
                3,
                new SweepSettings(
                        REPORTS_ONLY.interval(),
                        REPORTS_ONLY.fallbackInterval(),
                        REPORTS_ONLY.associationInterval(),
                        true,
                        namespace -> !namespace.equals(NS)));
        lose(harness, 3);

        sweeps(harness, 4);

        assertThat(harness.operator.warnings()).isEmpty();
        assertThat(harness.operator.iam().roles()).hasSize(3);
    }

    /** The release of a retained role adds the offer, and then removes the ownership tags. */
    @Test
    void neverRemovesARoleWhoseReleaseDidNotComplete() {
        ReconcileHarness harness = many(40, REMOVES);
        lose(harness, 1);
        harness.operator
                .iam()
                .console()
                .edit(role(0), role -> role.withTag("irsa.dev/adoptable-by", "prod/payments/r0"));

        sweeps(harness, 4);

        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.warnings())
                .singleElement()
                .asString()
                .contains("it is offered for adoption, perhaps by a release that did not complete");
    }

    /** Only responders lift a quarantine, also that of a role whose resource lost its finalizer. */
    @Test
    void neverRemovesAQuarantinedRole() {
        String deny = "{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
        ReconcileHarness harness = many(40, REMOVES);
        lose(harness, 2);
        harness.operator
                .iam()
                .console()
                .edit(role(0), role -> role.withAttached("arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"));
        harness.operator.iam().console().edit(role(1), role -> role.withInline("stop", deny));

        sweeps(harness, 4);

        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OrphansKept: ")
                .contains(
                        role(0)
                                + " (of payments/r0): it is quarantined by arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3",
                        role(1) + " (of payments/r1): it is quarantined by stop");
        assertThat(harness.operator.reports().getLast().orphans()).isEqualTo(2);

        harness.operator.iam().console().edit(role(1), role -> role.withoutInline("stop"));
        sweeps(harness, 1);
        assertThat(harness.operator.iam().role(role(0))).isPresent();
        assertThat(harness.operator.iam().role(role(1))).isEmpty();
    }

    @Test
    void removesPoliciesBeforeTheOrphanedRole() {
        ReconcileHarness harness = many(40, REMOVES);
        String deny =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";
        harness.operator.iam().console().edit(role(0), role -> role.withInline("a-denial", deny));
        lose(harness, 1);

        sweeps(harness, 2);

        assertThat(harness.operator.iam().role(role(0))).isEmpty();
        assertThat(harness.operator.iam().roles()).hasSize(39);
        assertThat(harness.operator.interceptor().awsWrites())
                .containsExactly(
                        "iam:DetachRolePolicy", "iam:DeleteRolePolicy", "iam:DeleteRolePolicy", "iam:DeleteRole");
        assertThat(harness.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OrphansRemoved: ")
                .contains(role(0));
        assertThat(harness.operator.reports().getLast().orphans()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role: {name: another}",
                "suspend: true\nrole: {name: another}",
                "externalRole: {arn: 'arn:aws:iam::999999999999:role/another'}"
            })
    void removesTheRoleOfALostResourceThatAsksForAnotherNow(String spec) {
        ReconcileHarness harness = many(40, REMOVES);
        lose(harness, 1);
        harness.operator.users().apply(NS, "r0", spec);

        sweeps(harness, 3);

        assertThat(harness.operator.iam().role(role(0))).isEmpty();
        assertThat(harness.operator.warnings()).anyMatch(warning -> warning.startsWith("OrphansRemoved: "));
    }

    @Test
    void keepsTheRoleOfAResourceRecreatedDuringTheRemoval() {
        for (String moment : new String[] {"iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"}) {
            ReconcileHarness harness = many(40, REMOVES);
            lose(harness, 1);
            harness.operator.interceptor().after(call -> {
                if (call.action().equals(moment) && call.subject().equals(role(0))) {
                    harness.operator.users().apply(NS, "r0", USUAL);
                }
            });
            String id = harness.operator.iam().role(role(0)).orElseThrow().id();

            sweeps(harness, 3);

            assertThat(harness.isReady("r0")).isTrue();
            assertThat(harness.operator.iam().role(role(0)).orElseThrow().id())
                    .as("came back at %s", moment)
                    .isEqualTo(id);
        }
    }

    @Test
    void keepsARoleThatGotAnotherOwnerDuringTheRemoval() {
        ReconcileHarness harness = many(40, REMOVES);
        lose(harness, 1);
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("iam:GetRole") && call.subject().equals(role(0))) {
                harness.operator.iam().console().edit(role(0), role -> role.withTag("irsa.dev/resource", "a/b"));
            }
        });

        sweeps(harness, 2);

        assertThat(harness.operator.iam().role(role(0))).isPresent();
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
    }

    @Test
    void stopsTheRemovalOfMoreThanTenOrphans() {
        ReconcileHarness harness = many(220, REMOVES);
        lose(harness, 11);

        sweeps(harness, 3);

        assertThat(harness.operator.iam().roles()).hasSize(220);
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.warnings())
                .singleElement()
                .asString()
                .startsWith("OrphanRemovalStopped: ")
                .contains("11 of 220");
        assertThat(harness.operator.reports().getLast().orphans()).isEqualTo(11);
    }

    @Test
    void stopsTheRemovalOfMoreThanFivePercent() {
        ReconcileHarness harness = many(40, REMOVES);
        lose(harness, 3);

        sweeps(harness, 3);

        assertThat(harness.operator.iam().roles()).hasSize(40);
        assertThat(harness.operator.warnings()).singleElement().asString().startsWith("OrphanRemovalStopped: ");
    }

    @Test
    void removesUpToFivePercent() {
        ReconcileHarness harness = many(40, REMOVES);
        lose(harness, 2);

        sweeps(harness, 2);

        assertThat(harness.operator.iam().roles()).hasSize(38);
    }

    @ParameterizedTest
    @EnumSource(names = {"MISSING", "UNKNOWN"})
    void removesNothingWithoutTheCrd(CrdState state) {
        ReconcileHarness harness = many(40, REMOVES);
        lose(harness, 1);
        sweeps(harness, 1);
        harness.operator.users().definition(state);

        sweeps(harness, 4);

        assertThat(harness.operator.iam().roles()).hasSize(40);
        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.warnings()).hasSize(state == CrdState.UNKNOWN ? 2 : 1);
    }

    @Test
    void keepsTheRoleWhenTheCrdIsDeletedDuringTheRemoval() {
        ReconcileHarness harness = many(40, REMOVES);
        lose(harness, 1);
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:GetRole") && call.subject().equals(role(0))) {
                harness.operator.users().definition(CrdState.MISSING);
            }
        });

        sweeps(harness, 4);

        assertThat(harness.operator.iam().roles()).hasSize(40);
    }

    @Test
    void keepsRolesOlderThanTheCrd() {
        ReconcileHarness harness = many(40, REMOVES);
        harness.operator.users().definition(CrdState.MISSING);
        sweeps(harness, 1);
        harness.operator.users().definition(CrdState.INTACT);
        IntStream.range(1, 40).forEach(i -> harness.operator.users().apply(NS, "r" + i, USUAL));

        sweeps(harness, 4);

        assertThat(harness.operator.iam().roles()).hasSize(40);
        assertThat(harness.operator.warnings().getLast())
                .startsWith("OrphansKept: ")
                .contains(role(0), "older than the CustomResourceDefinition", "apply their resources again");
    }

    @Test
    void retriesARoleThatCannotBeRemovedWithoutDelayingOthers() {
        ReconcileHarness harness = many(60, REMOVES);
        lose(harness, 2);
        harness.operator.iam().console().edit(role(0), role -> role.inInstanceProfile("box"));

        sweeps(harness, 2);

        assertThat(harness.operator.iam().role(role(0)).orElseThrow().attached())
                .as("a role that stays keeps its policies")
                .isNotEmpty();
        assertThat(harness.operator.iam().role(role(1))).isEmpty();
        assertThat(harness.operator.reports().getLast().orphans()).isEqualTo(1);
        harness.operator.iam().console().edit(role(0), role -> role.outOfInstanceProfile("box"));
        sweeps(harness, 1);
        assertThat(harness.operator.iam().role(role(0))).isEmpty();
    }
}
