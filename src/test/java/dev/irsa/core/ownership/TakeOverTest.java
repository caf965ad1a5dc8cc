package dev.irsa.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Takes over roles from previous clusters and after a change of the issuer. */
class TakeOverTest {
    private static final String OLD_ISSUER = "https://old.example.com";
    private static final String ISSUER = "https://new.example.com";

    private static Owner owner(String id, String issuer, PreviousClusters past) {
        return new Owner("prod", id, issuer, "payments/invoices", past);
    }

    private static Owner before(String id) {
        return owner(id, ISSUER, new PreviousClusters(Set.of(id), Set.of()));
    }

    @Test
    void takesOverRoleOfPreviousClusterWithAnyIssuer() {
        Owner now = owner("new", ISSUER, new PreviousClusters(Set.of("old"), Set.of()));

        for (String issuer : List.of(OLD_ISSUER, ISSUER)) {
            assertThat(Ownership.of(
                            now, owner("old", issuer, PreviousClusters.NONE).tags()))
                    .isInstanceOf(Ownership.TakeoverAllowed.class);
        }
    }

    @Test
    void takesOverRoleAfterIssuerChange() {
        Owner now = owner("same", ISSUER, new PreviousClusters(Set.of(), Set.of(OLD_ISSUER)));

        assertThat(Ownership.of(
                        now, owner("same", OLD_ISSUER, PreviousClusters.NONE).tags()))
                .isInstanceOf(Ownership.TakeoverAllowed.class);
        assertThat(Ownership.of(
                        now,
                        owner("same", "https://other", PreviousClusters.NONE).tags()))
                .isInstanceOf(Ownership.Foreign.class);
        assertThat(Ownership.of(
                        now, owner("other", OLD_ISSUER, PreviousClusters.NONE).tags()))
                .isInstanceOf(Ownership.Foreign.class);
    }

    @Test
    void refusesRoleOfCloneWhenClusterNamesItselfAsPrevious() {
        assertThat(Ownership.of(
                        before("same"),
                        owner("same", OLD_ISSUER, PreviousClusters.NONE).tags()))
                .isInstanceOf(Ownership.Foreign.class);
    }

    @Test
    void ownsTakenOverRoleAndRecordsPreviousOwner() {
        Owner now = owner("new", ISSUER, new PreviousClusters(Set.of("old"), Set.of()));
        Owner old = owner("old", OLD_ISSUER, new PreviousClusters(Set.of("new"), Set.of()));
        Map<String, String> tags = old.tags();

        take(now, tags);

        assertThat(Ownership.of(now, tags)).isEqualTo(new Ownership.Ours());
        assertThat(tags.get("irsa.dev/taken-from")).hasSize(16).matches("[0-9a-f]+");
        assertThat(Ownership.of(old, tags))
                .isEqualTo(new Ownership.TakeoverDenied(
                        "was taken over from this cluster by the cluster whose kube-system namespace has the UID new",
                        ""));
        assertThat(Ownership.of(owner("old", OLD_ISSUER, PreviousClusters.NONE), tags))
                .isInstanceOfSatisfying(
                        Ownership.TakeoverDenied.class,
                        denied -> assertThat(denied.flag()).isEqualTo("--previous-cluster-id=new"));
    }

    @Test
    void refusesTakeoverWhenAnotherTagDiffers() {
        Owner now = owner("new", ISSUER, new PreviousClusters(Set.of("old"), Set.of()));
        for (String key : List.of("irsa.dev/cluster", "irsa.dev/resource")) {
            Map<String, String> tags =
                    owner("old", ISSUER, PreviousClusters.NONE).tags();
            tags.put(key, "other");
            assertThat(Ownership.of(now, tags)).as(key).isInstanceOf(Ownership.Foreign.class);
        }
        for (String key : now.tags().keySet()) {
            Map<String, String> tags =
                    owner("old", ISSUER, PreviousClusters.NONE).tags();
            tags.remove(key);
            assertThat(Ownership.of(now, tags)).as(key).isInstanceOf(Ownership.Foreign.class);
        }
    }

    @Test
    void reportsFlagsToSecondClusterWithSameName() {
        Map<String, String> tags = owner("old", ISSUER, PreviousClusters.NONE).tags();

        assertThat(Ownership.of(owner("new", ISSUER, PreviousClusters.NONE), tags))
                .isInstanceOfSatisfying(
                        Ownership.Foreign.class,
                        foreign -> assertThat(foreign.wayOut())
                                .contains("another --cluster-name")
                                .contains("--previous-cluster-id=old"));
        assertThat(Ownership.of(owner("old", OLD_ISSUER, PreviousClusters.NONE), tags))
                .isInstanceOfSatisfying(
                        Ownership.Foreign.class,
                        foreign ->
                                assertThat(foreign.wayOut()).contains("clone").contains("--previous-issuer"));
    }

    @Test
    void refusesTakeoverWhenHistoryIsFull() {
        Map<String, String> tags = before("0").tags();
        for (int i = 1; i <= 16; i++) {
            take(owner("" + i, ISSUER, new PreviousClusters(Set.of("" + (i - 1)), Set.of())), tags);
        }
        assertThat(tags.get("irsa.dev/taken-from")).hasSize(256);
        Owner next = owner("17", ISSUER, new PreviousClusters(Set.of("16"), Set.of()));

        assertThat(Ownership.of(next, tags))
                .isInstanceOfSatisfying(
                        Ownership.TakeoverDenied.class,
                        denied -> assertThat(denied.why()).contains("irsa.dev/taken-from is full"));
        tags.remove("irsa.dev/taken-from");
        assertThat(Ownership.of(next, tags)).isInstanceOf(Ownership.TakeoverAllowed.class);
    }

    @Test
    void readsHistoryWithAnyKeyCaseAndIgnoresInvalidHistory() {
        Owner now = owner("new", ISSUER, new PreviousClusters(Set.of("old"), Set.of()));
        Owner old = owner("old", ISSUER, new PreviousClusters(Set.of("new"), Set.of()));
        Map<String, String> tags = old.tags();
        take(now, tags);
        Map<String, String> upperCase = new TreeMap<>();
        tags.forEach((key, value) -> upperCase.put(key.toUpperCase(Locale.ROOT), value));
        assertThat(Ownership.of(old, upperCase)).isInstanceOf(Ownership.TakeoverDenied.class);

        tags.put("irsa.dev/taken-from", "by hand");
        assertThat(Ownership.of(old, tags)).isInstanceOf(Ownership.TakeoverAllowed.class);
    }

    @Test
    void recognizesRolesOfThisAndPreviousClusters() {
        Owner any = new Owner("prod", "new", ISSUER, "/", new PreviousClusters(Set.of("old"), Set.of()));

        assertThat(any.belongsToClusterOrPredecessor(
                        owner("new", ISSUER, PreviousClusters.NONE).tags()))
                .isTrue();
        assertThat(any.belongsToClusterOrPredecessor(
                        owner("old", ISSUER, PreviousClusters.NONE).tags()))
                .isTrue();
        assertThat(any.belongsToClusterOrPredecessor(
                        owner("other", ISSUER, PreviousClusters.NONE).tags()))
                .isFalse();
        assertThat(any.belongsToClusterOrPredecessor(Map.of())).isFalse();
    }

    @Test
    void returnsOwningResourceOnlyForThisCluster() {
        Owner any = new Owner("prod", "new", ISSUER, "/", new PreviousClusters(Set.of("old"), Set.of()));

        assertThat(any.owningResource(
                        owner("new", ISSUER, PreviousClusters.NONE).tags()))
                .contains("payments/invoices");
        assertThat(any.owningResource(
                        owner("old", ISSUER, PreviousClusters.NONE).tags()))
                .isEmpty();
    }

    /** Running clusters may name each other as previous clusters. Each takes a role over from each other at most once. */
    @Property
    void takeoversBetweenClustersEndAfterOneRound(
            @ForAll("clusters") List<Owner> clusters, @ForAll List<@IntRange(max = 4) Integer> turns) {
        Map<String, String> tags = new TreeMap<>(clusters.getFirst().tags());
        Map<String, Integer> takeOvers = new HashMap<>();
        turns.forEach(turn -> turn(clusters.get(turn % clusters.size()), tags, takeOvers));
        for (int round = 0; round < clusters.size(); round++) {
            clusters.forEach(cluster -> turn(cluster, tags, takeOvers));
        }
        Map<String, String> end = new TreeMap<>(tags);
        clusters.forEach(cluster -> turn(cluster, tags, takeOvers));

        assertThat(tags).as("no cluster writes again").isEqualTo(end);
        assertThat(takeOvers.values()).allMatch(times -> times == 1);
        assertThat(clusters)
                .filteredOn(cluster -> Ownership.of(cluster, tags) instanceof Ownership.Ours)
                .as("owner")
                .hasSize(1);
    }

    private static void turn(Owner cluster, Map<String, String> tags, Map<String, Integer> takeOvers) {
        if (Ownership.of(cluster, tags) instanceof Ownership.TakeoverAllowed(var claim)) {
            takeOvers.merge(
                    cluster.tags() + " from " + tags.get("irsa.dev/cluster-id") + tags.get("irsa.dev/issuer"),
                    1,
                    Integer::sum);
            tags.putAll(claim);
        }
    }

    private static void take(Owner owner, Map<String, String> tags) {
        assertThat(Ownership.of(owner, tags))
                .isInstanceOfSatisfying(Ownership.TakeoverAllowed.class, allowed -> tags.putAll(allowed.claim()));
    }

    @Provide
    Arbitrary<List<Owner>> clusters() {
        Arbitrary<String> ids = Arbitraries.of("a", "b", "c");
        Arbitrary<String> issuers = Arbitraries.of("https://1", "https://2", "https://3");
        Arbitrary<PreviousClusters> pasts =
                Combinators.combine(ids.set(), issuers.set()).as(PreviousClusters::new);
        return Combinators.combine(ids, issuers, pasts)
                .as(TakeOverTest::owner)
                .list()
                .ofMinSize(2)
                .ofMaxSize(5)
                .uniqueElements(owner -> owner.tags().toString());
    }
}
