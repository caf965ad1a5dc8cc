package dev.irsa.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.observed.RoleState;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.sweep.SampleRoles;
import dev.irsa.fixtures.sweep.ScriptedCluster;
import dev.irsa.port.NamespacedName;
import dev.irsa.port.RoleListing.Detail;
import dev.irsa.port.SweepSnapshot;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrphanFinderTest {
    private final ScriptedCluster cluster = new ScriptedCluster();
    private final OrphanFinder search = new OrphanFinder(cluster, namespace -> !namespace.equals("elsewhere"));

    private static SweepSnapshot snapshot(RoleState... roles) {
        Map<String, RoleState> byName = new HashMap<>();
        for (RoleState role : roles) {
            byName.put(role.role().name(), role);
        }
        return new SweepSnapshot(Instant.EPOCH, byName, Set.of());
    }

    private static RoleState owned(SortedMap<String, String> tags) {
        Detail detail = SampleRoles.detail("a");
        return new Detail(
                        detail.name(),
                        detail.path(),
                        detail.arn(),
                        detail.id(),
                        detail.boundary(),
                        tags,
                        detail.trust(),
                        detail.policies())
                .with(SampleRoles.summary("a"));
    }

    private static RoleState ownedBy(ClusterIdentity cluster, String namespace, String name) {
        return owned(cluster.owner(namespace, name).tags());
    }

    private List<OrphanedRole> in(RoleState... roles) {
        return search.confirm(snapshot(roles), SampleRoles.CLUSTER);
    }

    @Test
    void requiresTwoConsecutiveSweeps() {
        assertThat(in(SampleRoles.role("b"), SampleRoles.role("a"))).isEmpty();
        assertThat(in(SampleRoles.role("b"), SampleRoles.role("a")))
                .containsExactly(
                        new OrphanedRole("a", "AROAa", new NamespacedName("payments", "a")),
                        new OrphanedRole("b", "AROAb", new NamespacedName("payments", "b")));
    }

    @Test
    void restartsWhenSweepSawResource() {
        in(SampleRoles.role("a"));
        cluster.live.add("payments/a");
        in(SampleRoles.role("a"));
        cluster.live.clear();

        assertThat(in(SampleRoles.role("a"))).isEmpty();
        assertThat(in(SampleRoles.role("a"))).hasSize(1);
    }

    @Test
    void restartsAfterPause() {
        in(SampleRoles.role("a"));
        search.reset(1);

        assertThat(search.unconfirmed()).isEqualTo(1);
        assertThat(in(SampleRoles.role("a"))).isEmpty();
        assertThat(search.unconfirmed()).isEqualTo(1);
        assertThat(in(SampleRoles.role("a"))).hasSize(1);
        assertThat(search.unconfirmed()).isZero();
    }

    @Test
    void treatsRecreatedRoleAsNew() {
        in(SampleRoles.role("a"));
        Detail other = SampleRoles.detail("a");
        RoleState again = new Detail(
                        "a",
                        other.path(),
                        other.arn(),
                        "AROAanother",
                        other.boundary(),
                        other.tags(),
                        other.trust(),
                        other.policies())
                .with(SampleRoles.summary("a"));

        assertThat(in(again)).isEmpty();
        assertThat(in(again)).hasSize(1);
    }

    @Test
    void trustsApiServerInsteadOfCache() {
        cluster.live.add("payments/a");

        in(SampleRoles.role("a"));
        assertThat(in(SampleRoles.role("a"))).isEmpty();
        assertThat(cluster.asked).containsExactly("payments/a", "payments/a");
    }

    @Test
    void skipsApiServerForCachedResource() {
        cluster.cached.add("payments/a");
        cluster.resource = resource("{role: {name: A}}", "");

        in(SampleRoles.role("a"));
        assertThat(in(SampleRoles.role("a"))).isEmpty();
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void aResourceWithItsRoleInAnotherAccountHidesNoOrphan() {
        cluster.cached.add("payments/a");
        cluster.resource = ofAnalytics("arn:aws:iam::444455556666:role/irsa/prod/a");

        in(SampleRoles.role("a"));
        assertThat(in(SampleRoles.role("a"))).hasSize(1);
        assertThat(cluster.asked).isEmpty();
    }

    /** A user could leave a role behind and then hide it. */
    @Test
    void aResourceInAnotherAccountHidesNoOrphanBeforeItHasARole() {
        cluster.cached.add("payments/a");
        cluster.resource = ofAnalytics("");
        cluster.resource.setStatus(null);

        in(SampleRoles.role("a"));
        assertThat(in(SampleRoles.role("a"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{role: {name: another}}",
                "{role: {name: a, path: /another/}}",
                "{externalRole: {arn: 'arn:aws:iam::111122223333:role/irsa/prod/a'}}"
            })
    void aResourceThatAsksForAnotherRoleHidesNoOrphan(String spec) {
        cluster.cached.add("payments/a");
        cluster.resource = resource(spec, "");
        cluster.resource.setStatus(null);

        in(SampleRoles.role("a"));
        assertThat(in(SampleRoles.role("a"))).hasSize(1);
    }

    @Test
    void aRoleThatAStatusNamesIsNoOrphanWhateverTheIamAccountIsCalled() {
        cluster.cached.add("payments/a");
        cluster.resource = ofAnalytics(SampleRoles.role("a").role().arn());

        in(SampleRoles.role("a"));
        assertThat(in(SampleRoles.role("a"))).isEmpty();
    }

    private static IamServiceAccount ofAnalytics(String roleArn) {
        return resource("{account: analytics}", roleArn);
    }

    private static IamServiceAccount resource(String spec, String roleArn) {
        return Serialization.unmarshal("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: payments, name: a}
                spec: %s
                status: {observedGeneration: 1, roleARN: "%s"}
                """.formatted(spec, roleArn), IamServiceAccount.class);
    }

    @Test
    void failedReadProvesNothing() {
        in(SampleRoles.role("a"));
        cluster.away = true;
        assertThat(in(SampleRoles.role("a"))).isEmpty();
        cluster.away = false;

        assertThat(in(SampleRoles.role("a"))).isEmpty();
        assertThat(in(SampleRoles.role("a"))).hasSize(1);
    }

    @Test
    void ignoresOtherNamespacesAndClusters() {
        ClusterIdentity us = SampleRoles.CLUSTER;
        ClusterIdentity clone = SampleCluster.of(us.name(), "other-id", us.issuer(), us.account(), us.rolePath());
        for (RoleState role : List.of(
                ownedBy(us, "elsewhere", "a"),
                ownedBy(clone, "payments", "a"),
                ownedBy(us, "", "a"),
                ownedBy(us, "payments", ""),
                owned(new TreeMap<>()))) {
            in(role);
            assertThat(in(role)).as(role.toString()).isEmpty();
        }
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void ignoresCaseOfTagKeys() {
        TreeMap<String, String> tags = new TreeMap<>();
        SampleRoles.CLUSTER
                .owner("payments", "a")
                .tags()
                .forEach((key, value) -> tags.put(key.toUpperCase(Locale.ROOT), value));

        in(owned(tags));
        assertThat(in(owned(tags))).hasSize(1);
    }
}
