package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.OwnershipJourneys.OFFER;
import static dev.irsa.fixtures.reconcile.OwnershipJourneys.TRUST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.TrustPolicy;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.fixtures.iam.Call;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.iam.ScopedRights;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Roles under an adoption path are adopted. The operator has no permission to create roles there. */
class AdoptionPathTest {
    private static final String ROLE = "by-hand";
    private static final String POLICIES = "policies: {managed: [AmazonS3ReadOnlyAccess]}\n";
    private static final String ADOPTING = POLICIES + "role: {name: by-hand, path: /teams/, adoption: IfOffered}\n";
    private static final String SUSPENDED = ADOPTING + "suspend: true";

    private final ReconcileHarness harness = new ReconcileHarness();

    AdoptionPathTest() {
        ClusterIdentity usual = SimulatedOperator.IDENTITY;
        ClusterIdentity adopting = SampleCluster.withPrevious(
                SampleCluster.withAdoption(
                        SampleCluster.of(usual.name(), usual.id(), usual.issuer(), usual.account(), usual.rolePath())
                                .withOidcProvider(usual.oidcProvider()),
                        AdoptionScope.of(Set.of("/teams/"), Set.of())),
                usual.previousClusters());
        harness.operator.restart(() -> adopting);
        Map<String, String> owned = Map.of("irsa.dev/cluster", "prod");
        harness.operator.iam().faults().scopedRights(new ScopedRights("/irsa/prod/", owned));
        harness.operator.iam().faults().scopedRights(new ScopedRights("/teams/", owned, false));
        harness.operator
                .iam()
                .faults()
                .scopedRights(new ScopedRights("/teams/", Map.of("irsa.dev/adoptable-by", OFFER), false));
    }

    private void offer() {
        harness.operator.iam().console().create(ROLE, "/teams/", TRUST);
        harness.operator.iam().console().edit(ROLE, role -> role.withTags(Map.of("irsa.dev/adoptable-by", OFFER)));
    }

    private void adopt() {
        offer();
        harness.apply(SUSPENDED);
        harness.operator.settle();
        harness.apply(ADOPTING);
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    /** The first step of such an adoption is in Kubernetes alone, and the second in IAM. */
    @Test
    void adoptsARoleThatWasManagedByOthersWithoutTouchingTheAnnotation() {
        String arn = "arn:aws:iam::111122223333:role/teams/" + ROLE;
        harness.operator.limit(limits ->
                limits.apply("external", "namespaceSelector: {}\nallow: {externalRoleARNs: ['" + arn + "']}"));
        String admits = TrustPolicy.of(
                        Set.of(Delivery.IRSA),
                        new TrustTerms(
                                SimulatedOperator.IDENTITY.account(),
                                SimulatedOperator.IDENTITY.oidcProvider(),
                                Optional.empty(),
                                "payments",
                                List.of("invoices"),
                                "sts.amazonaws.com"))
                .text();
        harness.operator.iam().console().create(ROLE, "/teams/", admits);
        harness.apply("externalRole: {arn: '" + arn + "'}");
        harness.operator.run(Duration.ofMinutes(1));
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.pointer()).contains(arn);

        harness.operator.iam().console().edit(ROLE, role -> role.withTags(Map.of("irsa.dev/adoptable-by", OFFER)));
        harness.forgetCalls();
        harness.apply(ADOPTING);
        harness.operator.run(Duration.ofMinutes(5));

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.status().role()).isNotNull();
        assertThat(harness.pointer()).contains(arn);
        assertThat(harness.operator.interceptor().clusterWrites())
                .doesNotContain("patch serviceaccounts", "create serviceaccounts");
        assertNoRoleCreated();
    }

    private void assertNoRoleCreated() {
        assertThat(harness.operator.iam().calls().log())
                .extracting(Call::action)
                .doesNotContain("CreateRole");
    }

    @Test
    void reportsInvalidSpecWithoutTheConsentOfTheResource() {
        harness.apply(POLICIES + "role: {name: by-hand, path: /teams/other/}");

        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("InvalidSpec");
        assertThat(harness.message())
                .contains(
                        "spec.role.path: /teams/other/",
                        "the operator creates no roles",
                        "spec.role.adoption",
                        "/irsa/prod/");
        assertNoRoleCreated();
    }

    @Test
    void reportsAConflictForAMissingRoleAndCreatesNone() {
        harness.apply(ADOPTING);

        harness.operator.run(Duration.ofMinutes(30));

        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.message())
                .contains("role by-hand does not exist", "the operator creates no roles with the path /teams/");
        assertThat(harness.resource().orElseThrow().getMetadata().getFinalizers())
                .isEmpty();
        assertNoRoleCreated();
    }

    @Test
    void findsARoleThatIsCreatedAndOfferedLater() {
        harness.apply(SUSPENDED);
        harness.operator.run(Duration.ofMinutes(30));
        assertThat(harness.reason()).isEqualTo("RoleConflict");

        offer();
        harness.operator.settle();
        assertThat(harness.status().pendingChanges()).anyMatch(line -> line.contains("ec2.amazonaws.com"));
        harness.apply(ADOPTING);
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertNoRoleCreated();
    }

    @Test
    void keepsTheApprovalAcrossARestart() {
        offer();
        harness.apply(SUSPENDED);
        harness.operator.settle();
        harness.operator.restart();
        harness.apply(ADOPTING);

        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(role().tags()).containsEntry("irsa.dev/adopted", "true");
        assertNoRoleCreated();
    }

    @Test
    void reportsNoConflictWhileIamDoesNotShowTheRoleYet() {
        harness.operator.iam().consistency().lag(Duration.ofSeconds(20));
        offer();
        harness.apply(SUSPENDED);

        harness.operator.run(Duration.ofSeconds(15));
        assertThat(harness.reason()).isEqualTo("Reconciling");
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("Suspended");
        assertThat(harness.operator.operatorEvents()).noneMatch(EventMessage::warning);
    }

    @Test
    void doesNotRecreateAnAdoptedRoleDeletedByHand() {
        adopt();
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().console().delete(ROLE);

        harness.operator.run(Duration.ofHours(2));

        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.message()).contains("the operator creates no roles with the path /teams/");
        assertNoRoleCreated();
    }

    @Test
    void removesTheFinalizerWhenTheAdoptedRoleWasDeletedByHand() {
        adopt();
        harness.operator.iam().console().delete(ROLE);

        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
    }

    private RoleRecord role() {
        return harness.operator.iam().role(ROLE).orElseThrow();
    }
}
