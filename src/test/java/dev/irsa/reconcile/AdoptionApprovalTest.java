package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.Handovers.ADOPTING;
import static dev.irsa.fixtures.reconcile.Handovers.OFFER;
import static dev.irsa.fixtures.reconcile.Handovers.TRUST;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.fixtures.iam.Call;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.reconcile.Handovers;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A role of others becomes ours when both sides want it and its user has seen whom it takes the role from. */
class AdoptionApprovalTest {
    private static final String SUSPENDED = ADOPTING + "suspend: true";
    private static final ReconcileSettings DRY = new ReconcileSettings(
            true, Duration.ofSeconds(60), Duration.ofMinutes(5), 48, ReconcileSettings.DEFAULT.audiences(), false);

    /** The role is offered, and the plan was shown. */
    private static ReconcileHarness shown() {
        ReconcileHarness trial = new ReconcileHarness();
        Handovers.offer(trial);
        trial.apply(SUSPENDED);
        trial.operator.settle();
        return trial;
    }

    private static void assertUntouched(ReconcileHarness trial) {
        assertThat(trial.operator.iam().calls().log())
                .filteredOn(Call::isWrite)
                .allMatch(call -> call.action().equals("CreateRole"));
        assertThat(trial.role().trust()).isEqualTo(TRUST);
        assertThat(trial.role().tags()).isEqualTo(Map.of("irsa.dev/adoptable-by", OFFER, "cost", "a"));
    }

    @Test
    void theWholePlanIsShownWhileItIsSuspendedAndNothingIsWritten() {
        ReconcileHarness trial = shown();

        assertUntouched(trial);
        assertThat(trial.reason()).isEqualTo("Suspended");
        assertThat(trial.status().role()).as("not ours yet").isNull();
        assertThat(trial.status().pendingChanges().getFirst()).contains("irsa.dev/adopted=true");
        assertThat(trial.status().pendingChanges())
                .anyMatch(line -> line.startsWith("set the trust policy") && line.contains("ec2.amazonaws.com"))
                .anyMatch(line -> line.contains("remove the tags [irsa.dev/adoptable-by]"))
                .anyMatch(line -> line.startsWith("detach policy " + ReconcileHarness.SQS))
                .anyMatch(line -> line.startsWith("create ServiceAccount"));
        assertThat(trial.resource().orElseThrow().getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    void resumedItIsAdoptedAndKeepsWhatIsNobodysSpec() {
        ReconcileHarness trial = shown();
        RoleRecord before = trial.role();

        trial.apply(ADOPTING);
        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.status().pendingChanges()).isEmpty();
        assertThat(trial.role().id()).isEqualTo(before.id());
        assertThat(trial.role().tags())
                .containsEntry("irsa.dev/adopted", "true")
                .containsEntry("irsa.dev/resource", "payments/invoices")
                .containsEntry("cost", "a")
                .containsEntry("team", "payments")
                .doesNotContainKey("irsa.dev/adoptable-by");
        assertThat(trial.role().trust()).contains("system:serviceaccount:payments:invoices");
        assertThat(trial.role().attached()).containsExactly(ReconcileHarness.S3);
        assertThat(trial.operator.notices()).extracting(EventMessage::reason).containsExactly("RoleAdopted");
        assertThat(trial.operator.iam().calls().log())
                .filteredOn(Call::isWrite)
                .extracting(Call::action)
                .startsWith("TagRole")
                .contains("UpdateAssumeRolePolicy", "UntagRole");
    }

    @Test
    void withoutHavingBeenShownItIsRefusedHoweverOftenItIsTried() {
        ReconcileHarness trial = new ReconcileHarness();
        Handovers.offer(trial);
        trial.apply(ADOPTING);

        trial.operator.run(Duration.ofHours(2));

        assertUntouched(trial);
        assertThat(trial.reason()).isEqualTo("RoleConflict");
        assertThat(trial.condition("Stalled")).isPresent();
        assertThat(trial.message()).contains("spec.suspend to true", "status.pendingChanges");
        assertThat(trial.status().pendingChanges()).isEmpty();
        trial.operator.restart();
        trial.operator.run(Duration.ofHours(2));
        assertUntouched(trial);
        assertThat(trial.operator.notices()).hasSize(1);
    }

    @Test
    void aDryRunThatEndsIsNoWordOfTheUser() {
        ReconcileHarness trial = new ReconcileHarness(DRY);
        Handovers.offer(trial);
        trial.apply(ADOPTING);
        trial.operator.settle();
        assertThat(trial.status().pendingChanges()).anyMatch(line -> line.contains("ec2.amazonaws.com"));

        trial.operator.restart(ReconcileSettings.DEFAULT);
        trial.operator.run(Duration.ofHours(2));

        assertUntouched(trial);
        assertThat(trial.reason()).isEqualTo("RoleConflict");
    }

    @Test
    void aDryRunThatEndsWhileAwsIsAwayIsNoWordOfTheUserEither() {
        ReconcileHarness trial = new ReconcileHarness(DRY);
        Handovers.offer(trial);
        trial.apply(ADOPTING);
        trial.operator.settle();

        trial.operator.iam().faults().throttleAll();
        trial.operator.restart(ReconcileSettings.DEFAULT);
        trial.operator.run(Duration.ofMinutes(5));
        trial.operator.iam().faults().none();
        trial.operator.run(Duration.ofHours(2));

        assertUntouched(trial);
        assertThat(trial.reason()).isEqualTo("RoleConflict");
    }

    @Test
    void aSpecThatChangesAfterADryRunIsNoWordOfTheUserEither() {
        ReconcileHarness trial = new ReconcileHarness(DRY);
        Handovers.offer(trial);
        trial.apply(ADOPTING);
        trial.operator.settle();

        trial.apply(ADOPTING.replace("stage: test", "stage: live"));
        trial.operator.restart(ReconcileSettings.DEFAULT);
        trial.operator.run(Duration.ofHours(2));

        assertUntouched(trial);
        assertThat(trial.reason()).isEqualTo("RoleConflict");
    }

    @Test
    void anotherTrustPolicyThanTheOneThatWasShownIsShownAgain() {
        ReconcileHarness trial = shown();
        String other = TRUST.replace("ec2", "lambda");
        trial.operator.iam().console().edit(ROLE, role -> role.withTrust(other));

        trial.apply(ADOPTING);
        trial.operator.run(Duration.ofHours(1));
        assertThat(trial.reason()).isEqualTo("RoleConflict");
        assertThat(trial.role().trust()).isEqualTo(other);

        trial.apply(SUSPENDED);
        trial.operator.settle();
        assertThat(trial.status().pendingChanges()).anyMatch(line -> line.contains("lambda.amazonaws.com"));
        trial.apply(ADOPTING);
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetRole", "ListAttachedRolePolicies", "TagRole", "UpdateAssumeRolePolicy"})
    void aFailureOnTheWayDoesNotTakeTheUsersWord(String action) {
        ReconcileHarness trial = shown();
        trial.operator.iam().faults().throttle(action);
        trial.apply(ADOPTING);
        trial.operator.run(Duration.ofMinutes(10));
        assertThat(trial.reason()).isEqualTo("Throttled");

        trial.operator.restart();
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().faults().none();
        trial.operator.settle();

        assertThat(trial.isReady()).as(trial.message()).isTrue();
        assertThat(trial.status().pendingChanges()).isEmpty();
    }

    @Test
    void aFailureWhileItIsSuspendedDoesNotTakeWhatWasShown() {
        ReconcileHarness trial = shown();
        trial.operator.iam().faults().throttleAll();
        trial.apply(SUSPENDED + "\ndeletionPolicy: Delete");
        trial.operator.run(Duration.ofMinutes(10));
        assertThat(trial.reason()).isEqualTo("Throttled");
        trial.apply(ADOPTING);
        trial.operator.run(Duration.ofMinutes(1));

        trial.operator.iam().faults().none();
        trial.operator.settle();

        assertThat(trial.isReady()).as(trial.message()).isTrue();
    }

    @Test
    void itNeedsNoWordWhenNobodyLosesTheRole() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL + "deletionPolicy: Retain");
        RoleRecord made = trial.role();
        trial.delete();
        trial.operator.settle();
        assertThat(trial.role().tags()).isEqualTo(Map.of("irsa.dev/adoptable-by", OFFER));
        assertThat(trial.role().trust()).isEqualTo(made.trust());

        trial.apply(USUAL);
        trial.operator.run(Duration.ofMinutes(1));
        assertThat(trial.reason()).isEqualTo("RoleConflict");
        assertThat(trial.message()).contains("is offered", "spec.role.adopt to IfTagged");

        trial.apply(USUAL + "role: {adopt: IfTagged}");
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().id()).isEqualTo(made.id());
    }

    @Test
    void anAdoptedRoleStaysAndCanBeAdoptedAgain() {
        ReconcileHarness trial = shown();
        trial.apply(ADOPTING);
        trial.operator.settle();
        String id = trial.role().id();

        trial.delete();
        trial.operator.settle();

        assertThat(trial.resource()).isEmpty();
        assertThat(trial.role().id()).isEqualTo(id);
        assertThat(trial.role().tags().keySet())
                .doesNotContain("irsa.dev/adopted", "irsa.dev/cluster", "irsa.dev/resource")
                .contains("irsa.dev/adoptable-by", "irsa.dev/user-tags", "cost");
        assertThat(trial.operator.notices())
                .last()
                .extracting(EventMessage::reason)
                .isEqualTo("RoleRetained");
    }

    @Test
    void anAdoptedRoleGoesWhenTheSpecSaysSo() {
        ReconcileHarness trial = shown();
        trial.apply(ADOPTING + "deletionPolicy: Delete");
        trial.operator.settle();

        trial.delete();
        trial.operator.settle();

        assertThat(trial.operator.iam().role(ROLE)).isEmpty();
    }

    @Test
    void aBoundaryInTheWayKeepsItFromBeginning() {
        ReconcileHarness trial = new ReconcileHarness();
        Handovers.offer(trial);
        trial.operator.iam().console().edit(ROLE, role -> role.withBoundary("arn:aws:iam::111122223333:policy/b"));
        trial.apply(USUAL + "role: {adopt: IfTagged}\nsuspend: true");
        trial.operator.settle();
        trial.apply(USUAL + "role: {adopt: IfTagged}");

        trial.operator.run(Duration.ofHours(1));

        assertUntouched(trial);
        assertThat(trial.message()).contains("permissions boundary");
    }

    @Test
    void aServiceAccountInTheWayKeepsItFromBeginningAndTheWordHolds() {
        ReconcileHarness trial = shown();
        String annotated = ADOPTING + "serviceAccount: {management: Annotate}";
        trial.apply(annotated);
        trial.operator.run(Duration.ofHours(1));
        assertUntouched(trial);
        assertThat(trial.reason()).isEqualTo("ServiceAccountMissing");

        trial.operator.hands().annotate(ReconcileHarness.NS, ReconcileHarness.NAME, "helm", Map.of("chart", "x"));
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
    }

    @Test
    void thatIamsTagsHaveNotSpreadYetIsNoMissingRight() {
        ReconcileHarness trial = shown();
        trial.operator.iam().faults().deny("UpdateAssumeRolePolicy");
        trial.apply(ADOPTING);
        trial.operator.run(Duration.ofSeconds(40));
        assertThat(trial.reason()).isEqualTo("Reconciling");

        trial.operator.iam().faults().none();
        trial.operator.settle();

        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.notices()).noneMatch(EventMessage::warning);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thatIamStillShowsTheOfferAfterTheAdoptionIsNoConflict(boolean restarts) {
        ReconcileHarness trial = shown();
        trial.operator.iam().consistency().lag(Duration.ofSeconds(20));
        trial.apply(ADOPTING);
        trial.operator.run(Duration.ofSeconds(2));
        assertThat(trial.isReady()).as(trial.message()).isTrue();

        trial.apply(ADOPTING.replace("stage: test", "stage: live"));
        if (restarts) {
            trial.operator.restart();
        }
        trial.operator.run(Duration.ofSeconds(2));
        assertThat(trial.condition("Stalled")).isEmpty();
        trial.operator.settle();

        assertThat(trial.isReady()).as(trial.message()).isTrue();
        assertThat(trial.role().tags()).containsEntry("stage", "live");
        assertThat(trial.operator.notices()).noneMatch(EventMessage::warning);
    }

    @Test
    void aRoleThatIsOfferedAnewLongAfterItsAdoptionIsShownAgain() {
        ReconcileHarness trial = shown();
        trial.apply(ADOPTING);
        trial.operator.settle();
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator
                .iam()
                .console()
                .edit(
                        ROLE,
                        role -> role.withTrust(TRUST).withTags(Map.of("irsa.dev/adoptable-by", OFFER, "cost", "a")));

        trial.apply(ADOPTING.replace("stage: test", "stage: live"));
        trial.operator.run(Duration.ofHours(1));

        assertThat(trial.reason()).isEqualTo("RoleConflict");
        assertThat(trial.message()).contains("is offered to this resource");
        assertThat(trial.role().trust()).isEqualTo(TRUST);
    }

    @Test
    void neitherSideAloneIsEnough() {
        ReconcileHarness trial = new ReconcileHarness();
        trial.operator.iam().console().create(ROLE, "/irsa/prod/", TRUST);
        trial.apply(SUSPENDED);
        trial.operator.run(Duration.ofMinutes(1));
        assertThat(trial.status().pendingChanges()).isEmpty();
        trial.apply(ADOPTING);
        trial.operator.run(Duration.ofHours(1));

        assertThat(trial.role().tags()).isEmpty();
        assertThat(trial.condition("Ready"))
                .map(Condition::message)
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("aws iam tag-role --role-name " + ROLE
                                + " --tags Key=irsa.dev/adoptable-by,Value=prod/payments/invoices"));
    }
}
