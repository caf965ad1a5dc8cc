package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.reconcile.OwnershipJourneys;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Several running clusters in one account. */
class CompetingClustersTest {
    private static final String ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/";
    private static final PreviousClusters NONE = PreviousClusters.NONE;

    /** Runs the clusters in turn, each with a resource of the same name, until long after the last change. */
    private static List<SimulatedOperator> competing(List<ClusterIdentity> clusters) {
        SimulatedOperator first = new SimulatedOperator();
        List<SimulatedOperator> operators = new ArrayList<>();
        clusters.forEach(cluster -> operators.add(first.another(cluster)));
        for (SimulatedOperator operator : operators) {
            operator.users().apply(NS, NAME, USUAL);
            operator.run(Duration.ofSeconds(1));
        }
        inTurn(operators, Duration.ofMinutes(30));
        return operators;
    }

    private static void inTurn(List<SimulatedOperator> operators, Duration time) {
        Duration turn = Duration.ofSeconds(20);
        for (Duration left = time; left.isPositive(); left = left.minus(turn.multipliedBy(operators.size()))) {
            operators.forEach(operator -> operator.run(turn));
        }
    }

    private static String reason(SimulatedOperator operator) {
        return operator.users().resource(NS, NAME).map(IamServiceAccount::getStatus).orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .map(condition -> condition.reason() + ": " + condition.message())
                .findFirst()
                .orElseThrow();
    }

    private static long ready(List<SimulatedOperator> operators) {
        return operators.stream()
                .filter(operator -> reason(operator).startsWith("Ready"))
                .count();
    }

    private static RoleRecord role(List<SimulatedOperator> operators) {
        return operators.getFirst().iam().role(ROLE).orElseThrow();
    }

    /** Deletes the resource in every cluster and runs the operators in turn. */
    private static void deleteAll(List<SimulatedOperator> operators) {
        operators.forEach(operator -> operator.users().delete(NS, NAME));
        inTurn(operators, Duration.ofHours(1));
        assertThat(operators).allMatch(operator -> operator.users().resources().isEmpty());
    }

    @Property(tries = 60)
    void oneClusterOwnsTheRoleAndTheOthersMakeNoWrites(@ForAll("clusters") List<ClusterIdentity> clusters) {
        List<SimulatedOperator> operators = competing(clusters);
        long writes = operators.getFirst().iam().calls().writes();
        List<Integer> events = operators.stream()
                .map(operator -> operator.operatorEvents().size())
                .toList();

        inTurn(operators, Duration.ofHours(2));

        assertThat(ready(operators)).isEqualTo(1);
        assertThat(operators)
                .allMatch(operator ->
                        reason(operator).startsWith("Ready") || reason(operator).startsWith("RoleConflict"));
        assertThat(operators.getFirst().iam().calls().writes()).isEqualTo(writes);
        assertThat(operators.stream().map(operator -> operator.operatorEvents().size()))
                .isEqualTo(events);
        assertThat(takeovers(operators)).isLessThan(clusters.size());
    }

    private static long takeovers(List<SimulatedOperator> operators) {
        return operators.stream()
                .flatMap(operator -> operator.operatorEvents().stream())
                .filter(notice -> notice.reason().equals("RoleTakenOver"))
                .count();
    }

    @Test
    void refusesASecondClusterOfTheSameNameAndExplainsWhatToDo() {
        List<SimulatedOperator> operators = competing(List.of(
                OwnershipJourneys.cluster("a", ISSUER + 1, NONE), OwnershipJourneys.cluster("b", ISSUER + 2, NONE)));

        assertThat(reason(operators.getFirst())).startsWith("Ready");
        assertThat(reason(operators.getLast()))
                .startsWith("RoleConflict")
                .contains("another --cluster-name", "--previous-cluster-id=a");
        RoleRecord before = role(operators);
        operators.getLast().users().delete(NS, NAME);
        inTurn(operators, Duration.ofMinutes(30));
        assertThat(operators.getLast().users().resources()).isEmpty();
        assertThat(role(operators)).isEqualTo(before);
    }

    @Test
    void rebuiltClusterTakesOverTheRoleAndTheOldOneReleasesIt() {
        ClusterIdentity old = OwnershipJourneys.cluster("old", ISSUER + 1, NONE);
        SimulatedOperator before = new SimulatedOperator().another(old);
        before.users().apply(NS, NAME, USUAL);
        before.run(Duration.ofMinutes(10));
        RoleRecord created = before.iam().role(ROLE).orElseThrow();
        SimulatedOperator now = before.another(
                OwnershipJourneys.cluster("new", ISSUER + 2, new PreviousClusters(Set.of("old"), Set.of())));
        now.users().apply(NS, NAME, USUAL);
        List<SimulatedOperator> both = List.of(before, now);
        inTurn(both, Duration.ofMinutes(30));

        RoleRecord takenOver = role(both);
        assertThat(takenOver.id()).isEqualTo(created.id());
        assertThat(takenOver.arn()).isEqualTo(created.arn());
        assertThat(takenOver.trust()).contains("id/2").doesNotContain("id/1");
        assertThat(takenOver.tags()).containsEntry("irsa.dev/cluster-id", "new").containsKey("irsa.dev/taken-from");
        assertThat(reason(now)).startsWith("Ready");
        assertThat(now.operatorEvents()).extracting(EventMessage::reason).containsExactly("RoleTakenOver");
        assertThat(reason(before)).startsWith("RoleConflict").contains("taken over from this cluster", "UID new");
        before.users().delete(NS, NAME);
        inTurn(both, Duration.ofMinutes(30));
        assertThat(before.users().resources()).isEmpty();
        assertThat(role(both)).isEqualTo(takenOver);
    }

    @Test
    void refusesACloneAndAllowsOneTakeoverBetweenKnownIssuers() {
        List<SimulatedOperator> unrelated = competing(List.of(
                OwnershipJourneys.cluster("same", ISSUER + 1, NONE),
                OwnershipJourneys.cluster("same", ISSUER + 2, NONE)));
        assertThat(reason(unrelated.getLast())).startsWith("RoleConflict").contains("--previous-issuer");
        assertThat(takeovers(unrelated)).isZero();

        List<SimulatedOperator> related = competing(List.of(
                OwnershipJourneys.cluster("same", ISSUER + 1, new PreviousClusters(Set.of(), Set.of(ISSUER + 2))),
                OwnershipJourneys.cluster("same", ISSUER + 2, new PreviousClusters(Set.of(), Set.of(ISSUER + 1)))));
        assertThat(takeovers(related)).isEqualTo(1);
        assertThat(reason(related.getFirst()))
                .startsWith("RoleConflict")
                .contains("a clone of it", "--tag-keys irsa.dev/taken-from");
        assertThat(reason(related.getLast())).startsWith("Ready");
        deleteAll(related);
        assertThat(related.getFirst().iam().roles()).isEmpty();
    }

    @Test
    void doesNotTakeOverAgainARoleTakenBackByHand() {
        List<SimulatedOperator> operators = competing(List.of(
                OwnershipJourneys.cluster("a", ISSUER + 1, new PreviousClusters(Set.of("b"), Set.of())),
                OwnershipJourneys.cluster("b", ISSUER + 2, new PreviousClusters(Set.of("a"), Set.of()))));
        assertThat(reason(operators.getLast())).startsWith("Ready");

        operators.getFirst().iam().console().edit(ROLE, role -> role.withoutTag("irsa.dev/taken-from"));
        inTurn(operators, Duration.ofHours(1));

        assertThat(reason(operators.getFirst())).startsWith("Ready");
        assertThat(reason(operators.getLast())).startsWith("RoleConflict");
    }

    @Test
    void clustersWithDifferentNamesDoNotInteract() {
        SimulatedOperator prod = new SimulatedOperator();
        ClusterIdentity identity = SimulatedOperator.IDENTITY;
        SimulatedOperator test =
                prod.another(SampleCluster.of("test", "other", identity.issuer(), identity.account(), "/irsa/test/"));
        List<SimulatedOperator> both = List.of(prod, test);
        both.forEach(operator -> operator.users().apply(NS, NAME, USUAL));
        inTurn(both, Duration.ofMinutes(10));
        assertThat(ready(both)).isEqualTo(2);
        Map<String, String> tags =
                prod.iam().role("test_payments_invoices").orElseThrow().tags();

        prod.users().delete(NS, NAME);
        inTurn(both, Duration.ofMinutes(30));

        assertThat(prod.iam().roles())
                .singleElement()
                .satisfies(left -> assertThat(left.tags()).isEqualTo(tags));
        assertThat(reason(test)).startsWith("Ready");
    }

    @Provide
    Arbitrary<List<ClusterIdentity>> clusters() {
        Arbitrary<String> ids = Arbitraries.of("a", "b", "c");
        Arbitrary<String> issuers = Arbitraries.of(ISSUER + 1, ISSUER + 2);
        Arbitrary<PreviousClusters> pasts =
                Combinators.combine(ids.set(), issuers.set()).as(PreviousClusters::new);
        return Combinators.combine(ids, issuers, pasts)
                .as(OwnershipJourneys::cluster)
                .list()
                .ofMinSize(2)
                .ofMaxSize(4)
                .uniqueElements(cluster -> cluster.id() + cluster.issuer().url());
    }
}
