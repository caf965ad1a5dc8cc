package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.OwnershipJourneys.ADOPTING;
import static dev.irsa.fixtures.reconcile.OwnershipJourneys.OFFER;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Adoption;
import dev.irsa.fixtures.eks.AssociationRecord;
import dev.irsa.fixtures.reconcile.Journey;
import dev.irsa.fixtures.reconcile.OwnershipJourneys;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adoptions whose plan also creates or deletes an association, and therefore waits between its changes. */
class AdoptionWithPodIdentityTest {
    private static final String POD_IDENTITY = "delivery: [PodIdentity]\n";

    private static Optional<AssociationRecord> association(ReconcileHarness harness) {
        return harness.operator.eks().console().of(NS, NAME);
    }

    private static void approve(ReconcileHarness harness, String spec) {
        harness.apply(spec + "suspend: true");
        harness.operator.settle();
        harness.apply(spec);
    }

    private static void assertAdopted(ReconcileHarness harness) {
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.status().adoption()).isEqualTo(Adoption.Adopted);
        assertThat(harness.status().pendingChanges()).isEmpty();
        assertThat(harness.role().tags())
                .containsEntry("irsa.dev/resource", "payments/invoices")
                .doesNotContainKey("irsa.dev/adoptable-by");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[PodIdentity]", "[IRSA, PodIdentity]"})
    void adoptsARoleThatIsDeliveredThroughAnAssociation(String delivery) {
        ReconcileHarness harness = new ReconcileHarness();
        OwnershipJourneys.offer(harness);
        approve(harness, ADOPTING + "delivery: " + delivery + "\n");
        harness.operator.settle();

        assertAdopted(harness);
        assertThat(association(harness)).isPresent();
    }

    @Test
    void claimsTheRoleBeforeTheAssociationIsCreated() {
        ReconcileHarness harness = new ReconcileHarness();
        OwnershipJourneys.offer(harness);
        approve(harness, ADOPTING + POD_IDENTITY);
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("eks:CreatePodIdentityAssociation")) {
                assertThat(harness.role().tags()).containsEntry("irsa.dev/adopted", "true");
            }
        });
        harness.operator.settle();

        assertAdopted(harness);
    }

    @Test
    void adoptsARoleThatWasOfferedAgainAndMovesBackToIrsa() {
        ReconcileHarness harness = ReconcileHarness.ready(ADOPTING + POD_IDENTITY);
        harness.operator.run(Duration.ofMinutes(5));
        harness.operator.iam().console().edit(ROLE, role -> role.withTags(Map.of("irsa.dev/adoptable-by", OFFER)));
        approve(harness, ADOPTING);
        harness.operator.settle();

        assertAdopted(harness);
        assertThat(association(harness)).isEmpty();
    }

    /** IAM shows the role as it was before its release, so that the next resource could take it for its own. */
    @Test
    void createsNoAssociationForARoleThatIamShowsAsItWasBeforeItsRelease() {
        ReconcileHarness harness = ReconcileHarness.ready(ADOPTING + "deletionPolicy: Retain");
        harness.operator.run(Duration.ofMinutes(5));
        harness.operator.iam().consistency().lag(Duration.ofSeconds(1));
        harness.whenGone(() -> harness.apply(Journey.WHOLE + POD_IDENTITY));
        harness.operator
                .interceptor()
                .before(call -> assertThat(call.action()).isNotEqualTo("eks:CreatePodIdentityAssociation"));
        harness.delete();
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("RoleConflict");

        harness.apply(ADOPTING);
        harness.operator.settle();

        assertAdopted(harness);
        assertThat(association(harness)).isEmpty();
    }
}
