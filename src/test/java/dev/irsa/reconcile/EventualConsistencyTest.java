package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.fixtures.iam.Refusal;
import dev.irsa.fixtures.iam.ScopedRights;
import dev.irsa.fixtures.operator.CrashInterceptor.Cut;
import dev.irsa.fixtures.operator.CrashInterceptor.Killed;
import dev.irsa.fixtures.reconcile.InvariantMonitor;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.fixtures.reconcile.StatusRecorder;
import dev.irsa.reconcile.status.PreviousStatus;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** IAM is eventually consistent. The operator must not trust what IAM shows shortly after a write. */
class EventualConsistencyTest {
    private static final String OTHER = USUAL + "serviceAccounts: [{name: other}]\n";

    /**
     * Excludes seven reads. Where the operator reads rarely, they take more than a minute, which is longer than IAM is
     * stale.
     */
    static Stream<Arguments> shortLags() {
        return lags().filter(lag -> !String.valueOf(lag.get()[0]).startsWith("7"));
    }

    static Stream<Arguments> lags() {
        Map<String, Consumer<ReconcileHarness>> lags = Map.of(
                "2 reads", harness -> harness.operator.iam().consistency().lag(2),
                "7 reads", harness -> harness.operator.iam().consistency().lag(7),
                "5 s", harness -> harness.operator.iam().consistency().lag(Duration.ofSeconds(5)),
                "50 s", harness -> harness.operator.iam().consistency().lag(Duration.ofSeconds(50)));
        return lags.entrySet().stream()
                .flatMap(lag -> Stream.of(true, false)
                        .map(scoped -> Arguments.of(
                                lag.getKey() + (scoped ? ", absent roles denied" : ""), lag.getValue(), scoped)));
    }

    private static void slow(ReconcileHarness harness, Consumer<ReconcileHarness> lag, boolean scoped) {
        lag.accept(harness);
        if (scoped) {
            harness.operator
                    .iam()
                    .faults()
                    .scopedRights(new ScopedRights("/irsa/prod/", Map.of("irsa.dev/cluster", "prod")));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void createsOneRoleWithoutReportingAConflict(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = new ReconcileHarness();
        slow(harness, lag, scoped);
        harness.apply(USUAL);
        StatusRecorder reasons = StatusRecorder.of(harness);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
        assertThat(harness.role().inline()).containsOnlyKeys("read");
        assertThat(reasons.seen()).isSubsetOf("Ready", "Reconciling");
        assertThat(harness.operator.iam().calls().of("CreateRole")).isOne();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void createsOneRoleDespiteRepeatedRestarts(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = new ReconcileHarness();
        slow(harness, lag, scoped);
        harness.apply(USUAL);
        StatusRecorder reasons = StatusRecorder.of(harness);
        for (int i = 0; i < 5; i++) {
            harness.operator.run(Duration.ofSeconds(1));
            harness.operator.restart();
        }
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
        assertThat(harness.role().inline()).containsOnlyKeys("read");
        assertThat(reasons.seen()).isSubsetOf("Ready", "Reconciling");
        assertThat(harness.operator.iam().roles()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void updatesTheRole(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        slow(harness, lag, scoped);
        harness.apply(
                "policies: {managed: [Other]}\nrole: {description: new, tags: {team: a}}\ntoken: {audience: other}");
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly("arn:aws:iam::aws:policy/Other");
        assertThat(harness.role().inline()).isEmpty();
        assertThat(harness.role().description()).isEqualTo("new");
        assertThat(harness.role().tags()).containsEntry("team", "a");
        assertThat(harness.role().trust()).contains("\"other\"");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void revertsToTheFirstSpecWhileIamStillShowsIt(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL + "role: {description: first, tags: {team: first}}");
        slow(harness, lag, scoped);
        harness.apply(USUAL + "role: {description: second, tags: {team: second}}\ntoken: {audience: other}");
        harness.operator.now();
        harness.apply(USUAL + "role: {description: first, tags: {team: first}}");
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().description()).isEqualTo("first");
        assertThat(harness.role().tags()).containsEntry("team", "first");
        assertThat(harness.role().trust()).doesNotContain("other");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void deletesTheRole(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = new ReconcileHarness();
        slow(harness, lag, scoped);
        harness.apply(USUAL);
        harness.operator.settle();
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shortLags")
    void deletesARoleRightAfterItsCreationAndARestart(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = new ReconcileHarness();
        slow(harness, lag, scoped);
        harness.apply(USUAL);
        harness.operator.now();
        harness.delete();
        harness.operator.restart();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void recreatesTheRoleRightAfterItsDeletion(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        slow(harness, lag, scoped);
        String first = harness.role().id();
        harness.delete();
        harness.operator.now();
        harness.apply(USUAL);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().id()).isNotEqualTo(first);
        assertThat(harness.role().attached()).containsExactly(S3);
        assertThat(harness.role().inline()).containsOnlyKeys("read");
        assertThat(harness.status().role())
                .satisfies(
                        role -> assertThat(role.id()).isEqualTo(harness.role().id()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lags")
    void doesNotMistakeTheDeletedRoleForItsReplacement(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        slow(harness, lag, scoped);
        harness.delete();
        harness.operator.now();
        harness.operator.iam().faults().failNth("AttachRolePolicy", 1, Refusal.throttling());
        harness.apply(USUAL);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
        assertThat(harness.role().inline()).containsOnlyKeys("read");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shortLags")
    void leavesNoRoleBehindWhileIamStillShowsADeletedForeignRole(
            String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().console().create(ROLE, "/irsa/prod/", "{}");
        slow(harness, lag, scoped);
        harness.operator.iam().console().delete(ROLE);
        harness.apply(USUAL);
        harness.operator.now();
        assertThat(harness.reason()).isIn("Ready", "Reconciling");
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
    }

    /**
     * Found by the crash points: IAM showed the deleted role with its policies, and its replacement had no policies
     * yet.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("shortLags")
    void completesTheReplacementRoleBeforeAnnotatingTheServiceAccount(
            String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = recreatedAndKilledAt("iam:AttachRolePolicy", USUAL, OTHER, lag, scoped);
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.users().serviceAccount(NS, "other")).isPresent();
        assertThat(harness.role().attached()).containsExactly(S3);
        assertThat(harness.role().inline()).containsOnlyKeys("read");
    }

    /** Found by the crash points: the first sweep of the new process and GetRole both showed the deleted role. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("shortLags")
    void reportsTheIdOfTheReplacementRole(String name, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = recreatedAndKilledAt("get serviceaccounts", OTHER, USUAL, lag, scoped);
        assertThat(harness.isReady()).isTrue();
        assertThat(PreviousStatus.of(harness.resource().orElseThrow()).roleId())
                .isEqualTo(harness.role().id());
    }

    /**
     * Recreates the resource with another spec. Kills the operator right before the first call of this action after the role was
     * recreated, and starts the next process at once.
     */
    private static ReconcileHarness recreatedAndKilledAt(
            String action, String before, String after, Consumer<ReconcileHarness> lag, boolean scoped) {
        ReconcileHarness harness = ReconcileHarness.ready(before);
        String first = harness.role().id();
        slow(harness, lag, scoped);
        InvariantMonitor.watch(harness.operator);
        harness.delete();
        harness.whenGone(() -> harness.apply(after));
        boolean[] killed = {false};
        harness.operator.interceptor().before(call -> {
            boolean recreated = harness.operator
                    .iam()
                    .role(ROLE)
                    .filter(role -> !role.id().equals(first))
                    .isPresent();
            boolean reported = action.startsWith("iam:") || (recreated && harness.isReady());
            if (!killed[0] && recreated && reported && call.action().equals(action)) {
                killed[0] = true;
                harness.operator.interceptor().cut(1, Cut.KILL_BEFORE);
            }
        });
        assertThatThrownBy(() -> harness.operator.settle()).isInstanceOf(Killed.class);
        harness.operator.restart();
        harness.operator.settle();
        return harness;
    }
}
