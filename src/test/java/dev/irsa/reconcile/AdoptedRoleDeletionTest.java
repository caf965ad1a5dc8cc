package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.OwnershipJourneys.OFFER;
import static dev.irsa.fixtures.reconcile.OwnershipJourneys.TRUST;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A resource is deleted right after it adopted its role. */
class AdoptedRoleDeletionTest {
    private static final String ADOPTING =
            "policies: {managed: [AmazonS3ReadOnlyAccess]}\nrole: {adoption: IfOffered}\n";

    private final ReconcileHarness harness = new ReconcileHarness();

    @Test
    void releasesARoleThatIamStillShowsAsItWasBeforeItsAdoption() {
        harness.operator.iam().console().create(ROLE, "/irsa/prod/", TRUST);
        harness.operator.iam().console().edit(ROLE, role -> role.withTags(Map.of("irsa.dev/adoptable-by", OFFER)));
        harness.apply(ADOPTING + "suspend: true");
        harness.operator.settle();
        harness.operator.iam().consistency().lag(Duration.ofSeconds(6));
        harness.apply(ADOPTING);
        boolean[] deleted = {false};
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:AttachRolePolicy") && !deleted[0]) {
                deleted[0] = true;
                harness.delete();
            }
        });

        harness.operator.settle();

        assertThat(deleted[0]).isTrue();
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.role().tags()).isEqualTo(Map.of("irsa.dev/adoptable-by", OFFER));
    }
}
