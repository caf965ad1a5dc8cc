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
 * Invariants: the operator never writes to a role that it does not provably own. Two resources of any clusters never
 * compete for a role. The second one is refused indefinitely, without repeated writes or events.
 */
class OwnershipInvariantTest {
    private static Map<String, String> tags(String cluster, String id, String issuer, String resource) {
        return new Owner(cluster, id, issuer, resource, PreviousClusters.NONE).tags();
    }

    private static final String ID = "11111111-2222-3333-4444-555555555555";
    private static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC";

    static Stream<Arguments> foreignRoles() {
        Map<String, String> ours = tags("prod", ID, ISSUER, "payments/invoices");
        return Stream.of(
                foreignRole("no tags", Map.of()),
                foreignRole("another cluster", tags("test", ID, ISSUER, "payments/invoices")),
                foreignRole("a cluster of the same name", tags("prod", "another", ISSUER, "payments/invoices")),
                foreignRole("a clone of the cluster", tags("prod", ID, ISSUER + "D", "payments/invoices")),
                foreignRole("another resource", tags("prod", ID, ISSUER, "payments/other")),
                foreignRole("another case", tags("prod", ID, ISSUER, "Payments/invoices")),
                foreignRole("a missing tag", without(ours, "irsa.dev/cluster-id")),
                foreignRole("a missing tag", without(ours, "irsa.dev/issuer")),
                Arguments.of("another path", "/elsewhere/", (UnaryOperator<RoleRecord>) role -> role.withTags(ours)));
    }

    static Stream<Arguments> foreignAndTakenOverRoles() {
        return Stream.concat(foreignRoles(), Stream.of(foreignRole("taken over from this cluster", takenOver())));
    }

    private static Arguments foreignRole(String name, Map<String, String> tags) {
        return Arguments.of(name, "/irsa/prod/", (UnaryOperator<RoleRecord>) role -> role.withTags(tags));
    }

    private static Map<String, String> takenOver() {
        Owner successor =
                new Owner("prod", "successor", ISSUER, "payments/invoices", new PreviousClusters(Set.of(ID), Set.of()));
        return Ownership.of(successor, tags("prod", ID, ISSUER, "payments/invoices"))
                        instanceof Ownership.TakeoverAllowed allowed
                ? allowed.claim()
                : Map.of();
    }

    private static Map<String, String> without(Map<String, String> tags, String key) {
        TreeMap<String, String> less = new TreeMap<>(tags);
        less.remove(key);
        return less;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreignAndTakenOverRoles")
    void refusesAForeignRoleOnCreateUpdateAndDelete(String name, String path, UnaryOperator<RoleRecord> tagging) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().console().create(ROLE, path, "{}");
        RoleRecord foreign = harness.operator
                .iam()
                .console()
                .edit(
                        ROLE,
                        tagging.andThen(
                                role -> role.withAttached(ReconcileHarness.SQS).withInline("theirs", "{}"))::apply);
        harness.apply(USUAL);
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.message()).contains(ROLE);
        assertThat(harness.condition("Stalled")).isPresent();
        assertThat(harness.pointer()).isEmpty();
        harness.apply(USUAL + "role: {description: new}");
        harness.operator.restart();
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        harness.delete();
        harness.operator.settle();
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).contains(foreign);
        assertThat(harness.operator.iam().calls().log())
                .filteredOn(call -> call.isWrite())
                .allMatch(call -> call.action().equals("CreateRole"));
        assertThat(harness.operator.users().serviceAccounts()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreignAndTakenOverRoles")
    void ignoresAnOfferOnARoleThatHasAnOwner(String name, String path, UnaryOperator<RoleRecord> tagging) {
        if (name.equals("no tags")) {
            return;
        }
        String adopting = USUAL + "role: {adoption: IfOffered}";
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().console().create(ROLE, path, "{}");
        RoleRecord foreign = harness.operator
                .iam()
                .console()
                .edit(ROLE, role -> tagging.apply(role).withTag("irsa.dev/adoptable-by", "prod/payments/invoices"));
        harness.apply(adopting + "\nsuspend: true");
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.status().pendingChanges()).isEmpty();
        harness.apply(adopting);
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        harness.delete();
        harness.operator.settle();
        assertThat(harness.operator.iam().role(ROLE)).contains(foreign);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("foreignRoles")
    void stopsWritingToARoleThatIsNoLongerProvablyOwned(String name, String path, UnaryOperator<RoleRecord> tagging) {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(Duration.ofMinutes(5));
        if (!path.equals("/irsa/prod/")) {
            return;
        }
        RoleRecord foreign = harness.operator.iam().console().edit(ROLE, tagging);
        harness.apply(USUAL.replace("AmazonS3ReadOnlyAccess", "Other") + "role: {description: new}");
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.operator.iam().role(ROLE)).contains(foreign);
        harness.delete();
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.operator.iam().role(ROLE)).contains(foreign);
        assertThat(harness.reason()).isEqualTo("DeletionBlocked");
        assertThat(harness.message()).contains("ownership tags").contains("Retain");
    }

    @Test
    void refusesTheSecondResourceOfARoleNameWithoutRepeatedWrites() {
        ReconcileHarness harness = new ReconcileHarness();
        String named = USUAL + "role: {name: shared-role}";
        harness.operator.users().apply("payments", "first", named);
        harness.operator.settle();
        RoleRecord before = harness.operator.iam().role("shared-role").orElseThrow();
        harness.operator.users().apply("payments", "second", named);
        harness.operator.run(Duration.ofMinutes(10));
        harness.forgetCalls();
        int operatorEvents = harness.operator.operatorEvents().size();
        harness.operator.run(Duration.ofHours(5));
        assertThat(harness.isReady("first")).isTrue();
        assertThat(harness.reason("second")).isEqualTo("RoleConflict");
        assertThat(harness.operator.iam().role("shared-role")).contains(before);
        assertThat(harness.operator.iam().calls().writes()).isZero();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
        assertThat(harness.operator.operatorEvents()).hasSize(operatorEvents);
    }
}
