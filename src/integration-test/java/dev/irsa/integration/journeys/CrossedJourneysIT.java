package dev.irsa.integration.journeys;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.PoliciesSpec;
import dev.irsa.fixtures.operator.CrashInterceptor.Cut;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.Journey;
import dev.irsa.fixtures.reconcile.OwnershipJourneys;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.fixtures.reconcile.StateSnapshot;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another actor makes a change at every call of every journey, once with the operator running on and once with it
 * killed at that call. The final state must be as if the change had come before the operator started or after it
 * finished.
 */
class CrossedJourneysIT {
    private static int points;

    @AfterAll
    static void printCoverage() {
        System.out.println("crash points tried with a change by another actor: " + points);
    }

    /**
     * Excludes the journeys on which a role changes its owner, because an interruption halfway leaves a third valid
     * state.
     */
    static List<Journey> journeys() {
        List<String> excluded = Stream.concat(
                        OwnershipJourneys.journeys().stream().map(Journey::name), Stream.of("adopt a role of others"))
                .toList();
        return Journey.all().stream()
                .filter(journey -> !excluded.contains(journey.name()))
                .map(Journey::alone)
                .toList();
    }

    /** Excludes the journeys that retain the role, because its name stays taken. */
    static List<Journey> journeysWithReturn() {
        return journeys().stream()
                .filter(journey -> !journey.name().contains("retain"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void carriesOutADeletionAtAnyCall(Journey journey) {
        crossed(journey, ReconcileHarness::delete);
    }

    @ParameterizedTest
    @MethodSource("journeysWithReturn")
    void carriesOutADeletionAndRecreationAtAnyCall(Journey journey) {
        crossed(journey, harness -> {
            harness.delete();
            harness.whenGone(() -> harness.apply(Journey.WHOLE));
        });
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void appliesAnEditAtAnyCall(Journey journey) {
        crossed(journey, harness -> {
            // A role of others has no policies in the spec.
            if (harness.resource().filter(CrossedJourneysIT::hasOwnRole).isPresent()) {
                harness.operator.users().edit(NS, NAME, CrossedJourneysIT::withAnotherPolicy);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void repairsDriftAtAnyCall(Journey journey) {
        Journey longer = journey.noticedWithin(journey.takes().plus(DefaultSettings.SWEEP.interval()));
        crossed(
                longer,
                harness -> harness.operator
                        .iam()
                        .role(ROLE)
                        .filter(role -> role.tags().containsKey("irsa.dev/resource"))
                        .ifPresent(_ -> drift(harness)),
                // A role keeps what others change right before it is retained.
                harness -> harness.operator.iam().role(ROLE).ifPresent(_ -> drift(harness)));
    }

    private static void drift(ReconcileHarness harness) {
        harness.operator
                .iam()
                .console()
                .edit(
                        ROLE,
                        role -> role.withDescription("theirs")
                                .withMaxSessionSeconds(43200)
                                .withTag("team", "theirs"));
    }

    private static boolean hasOwnRole(IamServiceAccount resource) {
        return resource.getSpec().externalRole() == null;
    }

    private static IamServiceAccount withAnotherPolicy(IamServiceAccount resource) {
        IamServiceAccountSpec spec = resource.getSpec();
        resource.setSpec(new IamServiceAccountSpec(
                spec.serviceAccounts(),
                spec.role(),
                spec.externalRole(),
                new PoliciesSpec(List.of("Other"), List.of()),
                spec.token(),
                spec.deletionPolicy(),
                spec.suspend(),
                spec.delivery(),
                null));
        return resource;
    }

    private static void crossed(Journey journey, Consumer<ReconcileHarness> act) {
        crossed(journey, act, _ -> {});
    }

    /** @param unnoticed what the action may leave behind if it comes too late for the operator to see it */
    private static void crossed(Journey journey, Consumer<ReconcileHarness> act, Consumer<ReconcileHarness> unnoticed) {
        StateSnapshot before = StateSnapshot.of(journey.end(act, _ -> {}).operator);
        ReconcileHarness finished = journey.end(_ -> {}, _ -> {});
        act.accept(finished);
        journey.rest(finished);
        StateSnapshot after = StateSnapshot.of(finished.operator);
        if (finished.resource().isEmpty()) {
            unnoticed.accept(finished);
        }
        StateSnapshot left = StateSnapshot.of(finished.operator);
        int calls = journey.calls(_ -> {});
        for (int nth = 1; nth <= calls; nth++) {
            int point = nth;
            for (boolean killed : new boolean[] {false, true}) {
                points++;
                ReconcileHarness harness = journey.end(
                        started -> {
                            started.atCall(point, () -> act.accept(started));
                            if (killed) {
                                started.operator.interceptor().cut(point, Cut.KILL_AFTER);
                            }
                        },
                        _ -> {});
                // The next sweep finds what came too late for the last one.
                journey.rest(harness);
                assertThat(StateSnapshot.of(harness.operator))
                        .as("%s: at call %d%s", journey, nth, killed ? ", and killed there" : "")
                        .isIn(before, after, left);
            }
        }
    }
}
