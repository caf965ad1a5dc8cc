package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.iam.ScopedRights;
import dev.irsa.fixtures.operator.CrashGate.Cut;
import dev.irsa.fixtures.operator.CrashGate.Killed;
import dev.irsa.fixtures.reconcile.InvariantMonitor;
import dev.irsa.fixtures.reconcile.Reasons;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.PreviousStatus;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** IAM takes its time to show what was written. Nothing it says meanwhile may be taken at its word. */
class EventualConsistencyTest {
    /** Seven reads would be more than a minute's, when hardly anything is read: longer than IAM takes. */
    static Stream<Arguments> shortLags() {
        return lags().filter(lag -> !String.valueOf(lag.get()[0]).startsWith("7"));
    }

    static Stream<Arguments> lags() {
        Map<String, Consumer<ReconcileHarness>> lags = Map.of(
                "2 reads", trial -> trial.operator.iam().consistency().lag(2),
                "7 reads", trial -> trial.operator.iam().consistency().lag(7),
                "5 s", trial -> trial.operator.iam().consistency().lag(Duration.ofSeconds(5)),
                "50 s", trial -> trial.operator.iam().consistency().lag(Duration.ofSeconds(50)));
        return lags.entrySet().stream()
                .flatMap(lag -> Stream.of(true, false)
                        .map(scoped -> Arguments.of(
                                lag.getKey() + (scoped ? ", absent roles denied" : ""), lag.getValue(), scoped)));
    }

    private static void slow(ReconcileHarness trial, Consumer<ReconcileHarness> lag, boolean scoped) {
        lag.accept(trial);
        if (scoped) {
            trial.operator
                    .iam()
                    .faults()
                    .scopedRights(new ScopedRights("/irsa/prod/", Map.of("irsa.dev/cluster", "prod")));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void createsOneRoleAndNeverTakesItForSomebodyElses(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = new ReconcileHarness();
        slow(trial, lag, scoped);
        trial.apply(USUAL);
        Reasons reasons = Reasons.of(trial);
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).containsExactly(S3);
        assertThat(trial.role().inline()).containsOnlyKeys("read");
        assertThat(reasons.seen()).isSubsetOf("Ready", "Reconciling");
        assertThat(trial.operator.iam().calls().of("CreateRole")).isOne();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void createsOneRoleThoughItIsRestartedAllTheTime(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = new ReconcileHarness();
        slow(trial, lag, scoped);
        trial.apply(USUAL);
        Reasons reasons = Reasons.of(trial);
        for (int i = 0; i < 5; i++) {
            trial.operator.run(Duration.ofSeconds(1));
            trial.operator.restart();
        }
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).containsExactly(S3);
        assertThat(trial.role().inline()).containsOnlyKeys("read");
        assertThat(reasons.seen()).isSubsetOf("Ready", "Reconciling");
        assertThat(trial.operator.iam().roles()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void updates(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        slow(trial, lag, scoped);
        trial.apply(
                "policies: {managed: [Other]}\nrole: {description: new, tags: {team: a}}\ntoken: {audience: other}");
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).containsExactly("arn:aws:iam::aws:policy/Other");
        assertThat(trial.role().inline()).isEmpty();
        assertThat(trial.role().description()).isEqualTo("new");
        assertThat(trial.role().tags()).containsEntry("team", "a");
        assertThat(trial.role().trust()).contains("\"other\"");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void comesBackToTheFirstSpecThoughIamStillShowsIt(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL + "role: {description: first, tags: {team: first}}");
        slow(trial, lag, scoped);
        trial.apply(USUAL + "role: {description: second, tags: {team: second}}\ntoken: {audience: other}");
        trial.operator.now();
        trial.apply(USUAL + "role: {description: first, tags: {team: first}}");
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().description()).isEqualTo("first");
        assertThat(trial.role().tags()).containsEntry("team", "first");
        assertThat(trial.role().trust()).doesNotContain("other");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void deletes(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = new ReconcileHarness();
        slow(trial, lag, scoped);
        trial.apply(USUAL);
        trial.operator.settle();
        trial.delete();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shortLags")
    void losesNoRoleThatIsDeletedRightAfterItsCreationAndARestart(
            String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = new ReconcileHarness();
        slow(trial, lag, scoped);
        trial.apply(USUAL);
        trial.operator.now();
        trial.delete();
        trial.operator.restart();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void makesTheRoleAgainRightAfterItsDeletion(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        slow(trial, lag, scoped);
        String first = trial.role().id();
        trial.delete();
        trial.operator.now();
        trial.apply(USUAL);
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().id()).isNotEqualTo(first);
        assertThat(trial.role().attached()).containsExactly(S3);
        assertThat(trial.role().inline()).containsOnlyKeys("read");
        assertThat(trial.status().role())
                .satisfies(role -> assertThat(role.id()).isEqualTo(trial.role().id()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void doesNotTakeTheRoleThatWasForTheOneThatIs(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        slow(trial, lag, scoped);
        trial.delete();
        trial.operator.now();
        trial.operator.iam().faults().failNth("AttachRolePolicy", 1, Refusal.throttling());
        trial.apply(USUAL);
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).containsExactly(S3);
        assertThat(trial.role().inline()).containsOnlyKeys("read");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shortLags")
    void leavesNoRoleBehindThoughIamStillShowsTheForeignOneBeforeIt(
            String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().console().create(ROLE, "/irsa/prod/", "{}");
        slow(trial, lag, scoped);
        trial.operator.iam().console().delete(ROLE);
        trial.apply(USUAL);
        trial.operator.now();
        assertThat(trial.reason()).isIn("Ready", "Reconciling");
        trial.delete();
        trial.operator.settle();
        assertThat(trial.isClean()).isTrue();
    }

    /** Found by the crash points: what IAM showed was the role before, complete, and the new one had no policies yet. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("shortLags")
    void pointsAtNoRoleThatLacksWhatTheOneBeforeOfThatNameHad(
            String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = madeAnewAndKilledAt("iam:AttachRolePolicy", lag, scoped);
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.hands().serviceAccount(NS, "other")).isPresent();
        assertThat(trial.role().attached()).containsExactly(S3);
        assertThat(trial.role().inline()).containsOnlyKeys("read");
    }

    /** Found by the crash points: the first sweep of the new process showed the role before, and so did GetRole. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("shortLags")
    void tellsTheIdOfTheRoleThatIsThereAndNotOfTheOneBefore(
            String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = madeAnewAndKilledAt("get serviceaccounts", lag, scoped);
        assertThat(trial.isReady()).isTrue();
        assertThat(PreviousStatus.of(trial.resource().orElseThrow()).roleId())
                .isEqualTo(trial.role().id());
    }

    /** Right before the first call of this kind, once the new role is there; the next process goes on at once. */
    private static ReconcileHarness madeAnewAndKilledAt(String action, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        String first = trial.role().id();
        slow(trial, lag, scoped);
        InvariantMonitor.over(trial.operator);
        trial.delete();
        trial.whenGone(() -> trial.apply(USUAL + "serviceAccount: {name: other}"));
        boolean[] killed = {false};
        trial.operator.gate().before(call -> {
            boolean anew = trial.operator
                    .iam()
                    .role(ROLE)
                    .filter(role -> !role.id().equals(first))
                    .isPresent();
            boolean told = action.startsWith("iam:") || (anew && trial.isReady());
            if (!killed[0] && anew && told && call.action().equals(action)) {
                killed[0] = true;
                trial.operator.gate().cut(1, Cut.KILL_BEFORE);
            }
        });
        assertThatThrownBy(() -> trial.operator.settle()).isInstanceOf(Killed.class);
        trial.operator.restart();
        trial.operator.settle();
        return trial;
    }
}
