package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.OwnershipJourneys.OFFER;
import static dev.irsa.fixtures.reconcile.OwnershipJourneys.TRUST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Adoption;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.ownership.OwnershipTags;
import dev.irsa.fixtures.iam.Call;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Roles that match an adoption role are adopted and managed, and no others. IAM allows everything here, so that only the operator
 * can refuse.
 */
class AdoptionRoleTest {
    private static final String ROLE = "eksctl-prod-invoices";
    private static final String POLICIES = "policies: {managed: [AmazonS3ReadOnlyAccess]}\n";
    private static final ClusterIdentity USUAL = SimulatedOperator.IDENTITY;
    private static final ClusterIdentity ADOPTING =
            SampleCluster.withAdoption(USUAL, AdoptionScope.of(Set.of(), Set.of("/eksctl-prod-*")));

    /** The same role, adopted because of its path. */
    private static final ClusterIdentity BY_PATH =
            SampleCluster.withAdoption(USUAL, AdoptionScope.of(Set.of("/"), Set.of()));

    private final ReconcileHarness harness = new ReconcileHarness();

    static List<ClusterIdentity> bothWays() {
        return List.of(ADOPTING, BY_PATH);
    }

    private void runAs(ClusterIdentity identity) {
        harness.operator.restart(() -> identity);
    }

    private void offer(String path, String role) {
        harness.operator.iam().console().create(role, path, TRUST);
        harness.operator.iam().console().edit(role, found -> found.withTags(Map.of(OwnershipTags.ADOPTABLE_BY, OFFER)));
    }

    private static String spec(String path, String role) {
        return POLICIES + "role: {name: " + role + ", path: " + path + ", adoption: IfOffered}\n";
    }

    private void adopt(String path, String role) {
        offer(path, role);
        harness.apply(spec(path, role) + "suspend: true");
        harness.operator.settle();
        harness.apply(spec(path, role));
        harness.operator.settle();
    }

    private RoleRecord role() {
        return harness.operator.iam().role(ROLE).orElseThrow();
    }

    @Test
    void adoptsARoleOfThatName() {
        runAs(ADOPTING);

        adopt("/", ROLE);

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(role().tags()).containsEntry(OwnershipTags.ADOPTED, "true");
        assertThat(harness.status().adoption()).isEqualTo(Adoption.Adopted);
        assertThat(harness.operator.iam().calls().log())
                .extracting(Call::action)
                .doesNotContain("CreateRole");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ eksctl-test-invoices", "/prod/ eksctl-prod-invoices", "/eksctl-prod-a/ invoices"})
    void adoptsNoOtherRoleEvenIfIamAllowsIt(String pathAndName) {
        runAs(ADOPTING);
        String[] role = pathAndName.split(" ", -1);

        adopt(role[0], role[1]);

        assertThat(harness.reason()).isEqualTo("InvalidSpec");
        assertThat(harness.message()).contains("spec.role.path", "adoption of role " + role[0] + role[1]);
        assertThat(harness.operator.iam().role(role[1]).orElseThrow().tags())
                .isEqualTo(Map.of(OwnershipTags.ADOPTABLE_BY, OFFER));
    }

    @Test
    void createsNoRoleOfThatName() {
        runAs(ADOPTING);
        harness.apply(spec("/", ROLE));

        harness.operator.run(Duration.ofMinutes(30));

        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.message()).contains("does not exist", "creates no roles with the path /;");
        assertThat(harness.status().adoption()).isEqualTo(Adoption.Refused);
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void managesAnAdoptedRoleAfterARestart(ClusterIdentity identity) {
        runAs(identity);
        adopt("/", ROLE);
        runAs(identity);
        harness.operator.run(Duration.ofHours(1));

        harness.operator
                .iam()
                .console()
                .edit(ROLE, found -> found.withoutAttached("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(role().attached()).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void retainsAnAdoptedRoleAfterARestart(ClusterIdentity identity) {
        runAs(identity);
        adopt("/", ROLE);
        runAs(identity);

        harness.delete();
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(role().tags()).isEqualTo(Map.of(OwnershipTags.ADOPTABLE_BY, OFFER));
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void deletesAnAdoptedRoleIfTheSpecSaysSo(ClusterIdentity identity) {
        runAs(identity);
        adopt("/", ROLE);
        harness.apply(spec("/", ROLE) + "deletionPolicy: Delete");
        harness.operator.settle();
        runAs(identity);

        harness.delete();
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void leavesAnAdoptedRoleAloneOnceTheFlagIsRemoved(ClusterIdentity identity) {
        runAs(identity);
        adopt("/", ROLE);
        RoleRecord before = role();

        runAs(USUAL);
        harness.operator.run(Duration.ofHours(3));

        assertThat(harness.reason()).isEqualTo("InvalidSpec");
        assertThat(harness.message()).contains("adoption of role /" + ROLE);
        assertThat(role()).isEqualTo(before);
        assertThat(harness.status().role()).isNotNull();
        assertThat(harness.status().adoption()).isEqualTo(Adoption.Adopted);

        runAs(identity);
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    /** The tags prove that the role belongs to the resource, so a deletion does not ask for the flag. */
    @ParameterizedTest
    @MethodSource("bothWays")
    void retainsAnAdoptedRoleOnceTheFlagIsRemoved(ClusterIdentity identity) {
        runAs(identity);
        adopt("/", ROLE);

        runAs(USUAL);
        harness.operator.run(Duration.ofHours(1));
        harness.delete();
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(role().tags()).isEqualTo(Map.of(OwnershipTags.ADOPTABLE_BY, OFFER));
    }
}
