package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.Handovers.OFFER;
import static dev.irsa.fixtures.reconcile.Handovers.TRUST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.fixtures.iam.Call;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.iam.ScopedRights;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Under an adoption path roles are adopted, with rights that make none there. */
class AdoptionPathTest {
    private static final String ROLE = "by-hand";
    private static final String POLICIES = "policies: {managed: [AmazonS3ReadOnlyAccess]}\n";
    private static final String ADOPTING = POLICIES + "role: {name: by-hand, path: /teams/, adopt: IfTagged}\n";
    private static final String SUSPENDED = ADOPTING + "suspend: true";

    private final ReconcileHarness trial = new ReconcileHarness();

    AdoptionPathTest() {
        ClusterIdentity usual = SimulatedOperator.IDENTITY;
        ClusterIdentity adopting = new ClusterIdentity(
                usual.name(),
                usual.id(),
                usual.issuer(),
                usual.account(),
                usual.oidcProvider(),
                usual.rolePath(),
                Set.of("/teams/"),
                usual.past());
        trial.operator.restart(() -> adopting);
        Map<String, String> owned = Map.of("irsa.dev/cluster", "prod");
        trial.operator.iam().faults().scopedRights(new ScopedRights("/irsa/prod/", owned));
        trial.operator.iam().faults().scopedRights(new ScopedRights("/teams/", owned, false));
        trial.operator
                .iam()
                .faults()
                .scopedRights(new ScopedRights("/teams/", Map.of("irsa.dev/adoptable-by", OFFER), false));
    }

    private void offer() {
        trial.operator.iam().console().create(ROLE, "/teams/", TRUST);
        trial.operator.iam().console().edit(ROLE, role -> role.withTags(Map.of("irsa.dev/adoptable-by", OFFER)));
    }

    private void adopt() {
        offer();
        trial.apply(SUSPENDED);
        trial.operator.settle();
        trial.apply(ADOPTING);
        trial.operator.settle();
        assertThat(trial.isReady()).as(trial.message()).isTrue();
    }

    private void assertNothingWasMade() {
        assertThat(trial.operator.iam().calls().log()).extracting(Call::action).doesNotContain("CreateRole");
    }

    @Test
    void withoutTheResourcesConsentItsSpecCannotWork() {
        trial.apply(POLICIES + "role: {name: by-hand, path: /teams/other/}");

        trial.operator.run(Duration.ofHours(1));

        assertThat(trial.reason()).isEqualTo("InvalidSpec");
        assertThat(trial.message())
                .contains(
                        "spec.role.path: /teams/other/", "adopted but never created", "spec.role.adopt", "/irsa/prod/");
        assertNothingWasMade();
    }

    @Test
    void aRoleThatIsNotThereIsAConflictAndNoneIsMade() {
        trial.apply(ADOPTING);

        trial.operator.run(Duration.ofMinutes(30));

        assertThat(trial.reason()).isEqualTo("RoleConflict");
        assertThat(trial.message())
                .contains("role by-hand does not exist", "roles under /teams/ are adopted but never created");
        assertThat(trial.resource().orElseThrow().getMetadata().getFinalizers()).isEmpty();
        assertNothingWasMade();
    }

    @Test
    void aRoleThatIsMadeAndOfferedLaterIsFound() {
        trial.apply(SUSPENDED);
        trial.operator.run(Duration.ofMinutes(30));
        assertThat(trial.reason()).isEqualTo("RoleConflict");

        offer();
        trial.operator.settle();
        assertThat(trial.status().pendingChanges()).anyMatch(line -> line.contains("ec2.amazonaws.com"));
        trial.apply(ADOPTING);
        trial.operator.settle();

        assertThat(trial.isReady()).as(trial.message()).isTrue();
        assertNothingWasMade();
    }

    @Test
    void theWordHoldsThoughTheProcessDiesBeforeTheResourceIsResumed() {
        offer();
        trial.apply(SUSPENDED);
        trial.operator.settle();
        trial.operator.restart();
        trial.apply(ADOPTING);

        trial.operator.settle();

        assertThat(trial.isReady()).as(trial.message()).isTrue();
        assertThat(role().tags()).containsEntry("irsa.dev/adopted", "true");
        assertNothingWasMade();
    }

    @Test
    void thatIamDoesNotShowTheRoleForAMomentIsNoConflict() {
        trial.operator.iam().consistency().lag(Duration.ofSeconds(20));
        offer();
        trial.apply(SUSPENDED);

        trial.operator.run(Duration.ofSeconds(15));
        assertThat(trial.reason()).isEqualTo("Reconciling");
        trial.operator.settle();

        assertThat(trial.reason()).isEqualTo("Suspended");
        assertThat(trial.operator.notices()).noneMatch(EventMessage::warning);
    }

    @Test
    void anAdoptedRoleThatWasDeletedByHandIsNotMadeAgain() {
        adopt();
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().console().delete(ROLE);

        trial.operator.run(Duration.ofHours(2));

        assertThat(trial.reason()).isEqualTo("RoleConflict");
        assertThat(trial.message()).contains("roles under /teams/ are adopted but never created");
        assertNothingWasMade();
    }

    @Test
    void aResourceWhoseAdoptedRoleWasDeletedByHandIsLetGo() {
        adopt();
        trial.operator.iam().console().delete(ROLE);

        trial.delete();
        trial.operator.settle();

        assertThat(trial.isClean()).isTrue();
    }

    private RoleRecord role() {
        return trial.operator.iam().role(ROLE).orElseThrow();
    }
}
