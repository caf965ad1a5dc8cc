package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.Ownership;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invariants: no write to a role that is not provably ours; two resources, in this or any cluster, never fight over a
 * role: the second is refused, for ever and quietly.
 */
class OwnershipInvariantTest {
    private static Map<String, String> tags(String cluster, String id, String issuer, String resource) {
        return new Owner(cluster, id, issuer, resource).tags();
    }

    private static final String ID = "11111111-2222-3333-4444-555555555555";
    private static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC";

    static Stream<Arguments> strangers() {
        Map<String, String> ours = tags("prod", ID, ISSUER, "payments/invoices");
        return Stream.of(
                stranger("no tags", Map.of()),
                stranger("another cluster", tags("test", ID, ISSUER, "payments/invoices")),
                stranger("a cluster of the same name", tags("prod", "another", ISSUER, "payments/invoices")),
                stranger("a clone of the cluster", tags("prod", ID, ISSUER + "D", "payments/invoices")),
                stranger("another resource", tags("prod", ID, ISSUER, "payments/other")),
                stranger("another case", tags("prod", ID, ISSUER, "Payments/invoices")),
                stranger("one tag less", without(ours, "irsa.dev/cluster-id")),
                stranger("one tag less", without(ours, "irsa.dev/issuer")),
                Arguments.of("another path", "/elsewhere/", (UnaryOperator<RoleRecord>) role -> role.withTags(ours)));
    }

    static Stream<Arguments> strangersAndHeirs() {
        return Stream.concat(strangers(), Stream.of(stranger("taken from us", takenFromUs())));
    }

    private static Arguments stranger(String name, Map<String, String> tags) {
        return Arguments.of(name, "/irsa/prod/", (UnaryOperator<RoleRecord>) role -> role.withTags(tags));
    }

    private static Map<String, String> takenFromUs() {
        Owner heir = new Owner("prod", "heir", ISSUER, "payments/invoices", new PreviousClusters(Set.of(ID), Set.of()));
        return Ownership.of(heir, tags("prod", ID, ISSUER, "payments/invoices")) instanceof Ownership.Inherited taken
                ? taken.claim()
                : Map.of();
    }

    private static Map<String, String> without(Map<String, String> tags, String key) {
        TreeMap<String, String> less = new TreeMap<>(tags);
        less.remove(key);
        return less;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangersAndHeirs")
    void refusesAForeignRoleOnCreateUpdateAndDelete(String name, String path, UnaryOperator<RoleRecord> tagging) {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().console().create(ROLE, path, "{}");
        RoleRecord foreign = trial.operator
                .iam()
                .console()
                .edit(
                        ROLE,
                        tagging.andThen(
                                role -> role.withAttached(ReconcileHarness.SQS).withInline("theirs", "{}"))::apply);
        trial.apply(USUAL);
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("RoleConflict");
        assertThat(trial.message()).contains(ROLE);
        assertThat(trial.condition("Stalled")).isPresent();
        assertThat(trial.pointer()).isEmpty();
        trial.apply(USUAL + "role: {description: new}");
        trial.operator.restart();
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("RoleConflict");
        trial.delete();
        trial.operator.settle();
        assertThat(trial.resource()).isEmpty();
        assertThat(trial.operator.iam().role(ROLE)).contains(foreign);
        assertThat(trial.operator.iam().calls().log())
                .filteredOn(call -> call.isWrite())
                .allMatch(call -> call.action().equals("CreateRole"));
        assertThat(trial.operator.hands().serviceAccounts()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangersAndHeirs")
    void anOfferIsNoneWhileTheRoleSaysThatItIsSomebodys(String name, String path, UnaryOperator<RoleRecord> tagging) {
        if (name.equals("no tags")) {
            return;
        }
        String adopting = USUAL + "role: {adopt: IfTagged}";
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().console().create(ROLE, path, "{}");
        RoleRecord foreign = trial.operator
                .iam()
                .console()
                .edit(ROLE, role -> tagging.apply(role).withTag("irsa.dev/adoptable-by", "prod/payments/invoices"));
        trial.apply(adopting + "\nsuspend: true");
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.status().pendingChanges()).isEmpty();
        trial.apply(adopting);
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("RoleConflict");
        trial.delete();
        trial.operator.settle();
        assertThat(trial.operator.iam().role(ROLE)).contains(foreign);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void letsGoOfARoleThatIsNoLongerProvablyOurs(String name, String path, UnaryOperator<RoleRecord> tagging) {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.run(Duration.ofMinutes(5));
        if (!path.equals("/irsa/prod/")) {
            return;
        }
        RoleRecord taken = trial.operator.iam().console().edit(ROLE, tagging);
        trial.apply(USUAL.replace("AmazonS3ReadOnlyAccess", "Other") + "role: {description: new}");
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("RoleConflict");
        assertThat(trial.operator.iam().role(ROLE)).contains(taken);
        trial.delete();
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.operator.iam().role(ROLE)).contains(taken);
        assertThat(trial.reason()).isEqualTo("DeletionBlocked");
        assertThat(trial.message()).contains("ownership tags").contains("Retain");
    }

    @Test
    void givesWayQuietlyWhenAnotherResourceHasTheName() {
        ReconcileHarness trial = new ReconcileHarness();
        String named = USUAL + "role: {name: shared-role}";
        trial.operator.hands().apply("payments", "first", named);
        trial.operator.settle();
        RoleRecord before = trial.operator.iam().role("shared-role").orElseThrow();
        trial.operator.hands().apply("payments", "second", named);
        trial.operator.run(Duration.ofMinutes(10));
        trial.forgetCalls();
        int notices = trial.operator.notices().size();
        trial.operator.run(Duration.ofHours(5));
        assertThat(trial.isReady("first")).isTrue();
        assertThat(trial.reason("second")).isEqualTo("RoleConflict");
        assertThat(trial.operator.iam().role("shared-role")).contains(before);
        assertThat(trial.operator.iam().calls().writes()).isZero();
        assertThat(trial.operator.gate().clusterWrites()).isEmpty();
        assertThat(trial.operator.notices()).hasSize(notices);
    }
}
