package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.OwnershipJourneys.ADOPTING;
import static dev.irsa.fixtures.reconcile.OwnershipJourneys.OFFER;
import static dev.irsa.fixtures.reconcile.OwnershipJourneys.TRUST;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Adoption;
import dev.irsa.api.v1beta1.Condition;
import dev.irsa.fixtures.iam.Call;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.OwnershipJourneys;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.reconcile.status.EventMessage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator adopts a foreign role when the spec and the role's tag agree and the user has seen the plan, which
 * shows the current trust policy.
 */
class AdoptionTest {
    private static final String SUSPENDED = ADOPTING + "suspend: true";
    private static final ReconcileSettings DRY = new ReconcileSettings(
            true, Duration.ofSeconds(60), Duration.ofMinutes(5), 16, DefaultSettings.RECONCILE.audiences(), false);

    /** The role is offered, and the status shows the plan. */
    private static ReconcileHarness shown() {
        ReconcileHarness harness = new ReconcileHarness();
        OwnershipJourneys.offer(harness);
        harness.apply(SUSPENDED);
        harness.operator.settle();
        return harness;
    }

    private static void assertUntouched(ReconcileHarness harness) {
        assertThat(harness.operator.iam().calls().log())
                .filteredOn(Call::isWrite)
                .allMatch(call -> call.action().equals("CreateRole"));
        assertThat(harness.role().trust()).isEqualTo(TRUST);
        assertThat(harness.role().tags()).isEqualTo(Map.of("irsa.dev/adoptable-by", OFFER, "cost", "a"));
    }

    @Test
    void showsThePlanOfASuspendedAdoptionWithoutWriting() {
        ReconcileHarness harness = shown();

        assertUntouched(harness);
        assertThat(harness.reason()).isEqualTo("Suspended");
        assertThat(harness.status().adoption()).isEqualTo(Adoption.Offered);
        assertThat(harness.status().role()).as("not ours yet").isNull();
        assertThat(harness.status().pendingChanges().getFirst()).contains("irsa.dev/adopted=true");
        assertThat(harness.status().pendingChanges())
                .anyMatch(line -> line.startsWith("set the trust policy") && line.contains("ec2.amazonaws.com"))
                .anyMatch(line -> line.contains("remove the tags [irsa.dev/adoptable-by]"))
                .anyMatch(line -> line.startsWith("detach policy " + ReconcileHarness.SQS))
                .anyMatch(line -> line.startsWith("create ServiceAccount"));
        assertThat(harness.resource().orElseThrow().getMetadata().getFinalizers())
                .isEmpty();
    }

    @Test
    void adoptsTheRoleOnResumeAndKeepsUnmanagedTags() {
        ReconcileHarness harness = shown();
        RoleRecord before = harness.role();

        harness.apply(ADOPTING);
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.status().adoption()).isEqualTo(Adoption.Adopted);
        assertThat(harness.status().pendingChanges()).isEmpty();
        assertThat(harness.role().id()).isEqualTo(before.id());
        assertThat(harness.role().tags())
                .containsEntry("irsa.dev/adopted", "true")
                .containsEntry("irsa.dev/resource", "payments/invoices")
                .containsEntry("cost", "a")
                .containsEntry("team", "payments")
                .doesNotContainKey("irsa.dev/adoptable-by");
        assertThat(harness.role().trust()).contains("system:serviceaccount:payments:invoices");
        assertThat(harness.role().attached()).containsExactly(ReconcileHarness.S3);
        assertThat(harness.operator.operatorEvents())
                .extracting(EventMessage::reason)
                .containsExactly("RoleAdopted");
        assertThat(harness.operator.iam().calls().log())
                .filteredOn(Call::isWrite)
                .extracting(Call::action)
                .startsWith("TagRole")
                .contains("UpdateAssumeRolePolicy", "UntagRole");
    }

    @Test
    void refusesARoleThatIsNotOffered() {
        ReconcileHarness harness = new ReconcileHarness();
        OwnershipJourneys.offer(harness);
        harness.operator.iam().console().edit(ROLE, role -> role.withTags(Map.of("cost", "a")));
        harness.apply(SUSPENDED);

        harness.operator.run(Duration.ofMinutes(30));

        assertThat(harness.status().adoption()).isEqualTo(Adoption.Refused);
    }

    @Test
    void reportsNoAdoptionOfARoleThatTheOperatorCreated() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(ADOPTING);

        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.status().adoption()).isNull();
    }

    @Test
    void refusesAdoptionWhosePlanWasNeverShown() {
        ReconcileHarness harness = new ReconcileHarness();
        OwnershipJourneys.offer(harness);
        harness.apply(ADOPTING);

        harness.operator.run(Duration.ofHours(2));

        assertUntouched(harness);
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.status().adoption()).isEqualTo(Adoption.Offered);
        assertThat(harness.condition("Stalled")).isPresent();
        assertThat(harness.message()).contains("spec.suspend to true", "status.pendingChanges");
        assertThat(harness.status().pendingChanges()).isEmpty();
        harness.operator.restart();
        harness.operator.run(Duration.ofHours(2));
        assertUntouched(harness);
        assertThat(harness.operator.operatorEvents()).hasSize(1);
    }

    @Test
    void doesNotTreatAnEndedDryRunAsApproval() {
        ReconcileHarness harness = new ReconcileHarness(DRY);
        OwnershipJourneys.offer(harness);
        harness.apply(ADOPTING);
        harness.operator.settle();
        assertThat(harness.status().pendingChanges()).anyMatch(line -> line.contains("ec2.amazonaws.com"));

        harness.operator.restart(DefaultSettings.RECONCILE);
        harness.operator.run(Duration.ofHours(2));

        assertUntouched(harness);
        assertThat(harness.reason()).isEqualTo("RoleConflict");
    }

    @Test
    void doesNotTreatADryRunThatEndsDuringAnAwsOutageAsApproval() {
        ReconcileHarness harness = new ReconcileHarness(DRY);
        OwnershipJourneys.offer(harness);
        harness.apply(ADOPTING);
        harness.operator.settle();

        harness.operator.iam().faults().throttleAll();
        harness.operator.restart(DefaultSettings.RECONCILE);
        harness.operator.run(Duration.ofMinutes(5));
        harness.operator.iam().faults().none();
        harness.operator.run(Duration.ofHours(2));

        assertUntouched(harness);
        assertThat(harness.reason()).isEqualTo("RoleConflict");
    }

    @Test
    void doesNotTreatASpecChangeAfterADryRunAsApproval() {
        ReconcileHarness harness = new ReconcileHarness(DRY);
        OwnershipJourneys.offer(harness);
        harness.apply(ADOPTING);
        harness.operator.settle();

        harness.apply(ADOPTING.replace("stage: test", "stage: live"));
        harness.operator.restart(DefaultSettings.RECONCILE);
        harness.operator.run(Duration.ofHours(2));

        assertUntouched(harness);
        assertThat(harness.reason()).isEqualTo("RoleConflict");
    }

    @Test
    void requiresNewApprovalWhenTheTrustPolicyChangedAfterThePlanWasShown() {
        ReconcileHarness harness = shown();
        String other = TRUST.replace("ec2", "lambda");
        harness.operator.iam().console().edit(ROLE, role -> role.withTrust(other));

        harness.apply(ADOPTING);
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.role().trust()).isEqualTo(other);

        harness.apply(SUSPENDED);
        harness.operator.settle();
        assertThat(harness.status().pendingChanges()).anyMatch(line -> line.contains("lambda.amazonaws.com"));
        harness.apply(ADOPTING);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetRole", "TagRole", "UpdateAssumeRolePolicy"})
    void keepsTheApprovalWhenTheAdoptionFailsHalfway(String action) {
        ReconcileHarness harness = shown();
        harness.operator.iam().faults().throttle(action);
        harness.apply(ADOPTING);
        harness.operator.run(Duration.ofMinutes(10));
        assertThat(harness.reason()).isEqualTo("Throttled");

        harness.operator.restart();
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().faults().none();
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.status().pendingChanges()).isEmpty();
    }

    @Test
    void keepsTheShownPlanWhenAReconcileFailsWhileSuspended() {
        ReconcileHarness harness = shown();
        harness.operator.iam().faults().throttleAll();
        harness.apply(SUSPENDED + "\ndeletionPolicy: Delete");
        harness.operator.run(Duration.ofMinutes(10));
        assertThat(harness.reason()).isEqualTo("Throttled");
        harness.apply(ADOPTING);
        harness.operator.run(Duration.ofMinutes(1));

        harness.operator.iam().faults().none();
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    @Test
    void adoptsARetainedRoleOfTheSameResourceWithoutApproval() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL + "deletionPolicy: Retain");
        RoleRecord created = harness.role();
        harness.delete();
        harness.operator.settle();
        assertThat(harness.role().tags())
                .isEqualTo(Map.of("irsa.dev/adoptable-by", OFFER, "irsa.dev/adopted", "false"));
        assertThat(harness.role().trust()).isEqualTo(created.trust());

        harness.apply(USUAL);
        harness.operator.run(Duration.ofMinutes(1));
        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.message()).contains("is offered", "spec.role.adoption to IfOffered");

        harness.apply(USUAL + "role: {adoption: IfOffered}");
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().id()).isEqualTo(created.id());
    }

    @Test
    void retainsAnAdoptedRoleAndOffersItAgain() {
        ReconcileHarness harness = shown();
        harness.apply(ADOPTING);
        harness.operator.settle();
        String id = harness.role().id();

        harness.delete();
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.role().id()).isEqualTo(id);
        assertThat(harness.role().tags().keySet())
                .doesNotContain("irsa.dev/adopted", "irsa.dev/cluster", "irsa.dev/resource")
                .contains("irsa.dev/adoptable-by", "irsa.dev/user-tags", "cost");
        assertThat(harness.operator.operatorEvents())
                .last()
                .extracting(EventMessage::reason)
                .isEqualTo("RoleRetained");
    }

    @Test
    void deletesAnAdoptedRoleWhenDeletionPolicyIsDelete() {
        ReconcileHarness harness = shown();
        harness.apply(ADOPTING + "deletionPolicy: Delete");
        harness.operator.settle();

        harness.delete();
        harness.operator.settle();

        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
    }

    @Test
    void doesNotStartTheAdoptionWhenABoundaryBlocksIt() {
        ReconcileHarness harness = new ReconcileHarness();
        OwnershipJourneys.offer(harness);
        harness.operator.iam().console().edit(ROLE, role -> role.withBoundary("arn:aws:iam::111122223333:policy/b"));
        harness.apply(USUAL + "role: {adoption: IfOffered}\nsuspend: true");
        harness.operator.settle();
        harness.apply(USUAL + "role: {adoption: IfOffered}");

        harness.operator.run(Duration.ofHours(1));

        assertUntouched(harness);
        assertThat(harness.message()).contains("permissions boundary");
    }

    @Test
    void doesNotStartTheAdoptionWithoutTheServiceAccountAndKeepsTheApproval() {
        ReconcileHarness harness = shown();
        String annotated = ADOPTING + "serviceAccounts: [{name: invoices, management: Annotate}]";
        harness.apply(annotated);
        harness.operator.run(Duration.ofHours(1));
        assertUntouched(harness);
        assertThat(harness.reason()).isEqualTo("ServiceAccountMissing");
        assertThat(harness.status().adoption()).isEqualTo(Adoption.Offered);

        harness.operator.users().annotate(ReconcileHarness.NS, ReconcileHarness.NAME, "helm", Map.of("chart", "x"));
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
    }

    @Test
    void waitsForTagsToPropagateInsteadOfReportingAccessDenied() {
        ReconcileHarness harness = shown();
        harness.operator.iam().faults().deny("UpdateAssumeRolePolicy");
        harness.apply(ADOPTING);
        harness.operator.run(Duration.ofSeconds(40));
        assertThat(harness.reason()).isEqualTo("Reconciling");

        harness.operator.iam().faults().none();
        harness.operator.settle();

        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.operatorEvents()).noneMatch(EventMessage::warning);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reportsNoConflictWhileIamStillShowsTheOfferAfterTheAdoption(boolean restarts) {
        ReconcileHarness harness = shown();
        harness.operator.run(Duration.ofMinutes(2));
        harness.operator.iam().consistency().lag(Duration.ofSeconds(20));
        harness.apply(ADOPTING);
        harness.operator.run(Duration.ofSeconds(2));
        assertThat(harness.isReady()).as(harness.message()).isTrue();

        harness.apply(ADOPTING.replace("stage: test", "stage: live"));
        if (restarts) {
            harness.operator.restart();
        }
        harness.operator.run(Duration.ofSeconds(2));
        assertThat(harness.condition("Stalled")).isEmpty();
        assertThat(harness.status().adoption()).isEqualTo(Adoption.Adopted);
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.role().tags()).containsEntry("stage", "live");
        assertThat(harness.operator.operatorEvents()).noneMatch(EventMessage::warning);
    }

    @Test
    void requiresNewApprovalWhenAnAdoptedRoleIsOfferedAgain() {
        ReconcileHarness harness = shown();
        harness.apply(ADOPTING);
        harness.operator.settle();
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator
                .iam()
                .console()
                .edit(
                        ROLE,
                        role -> role.withTrust(TRUST).withTags(Map.of("irsa.dev/adoptable-by", OFFER, "cost", "a")));

        harness.apply(ADOPTING.replace("stage: test", "stage: live"));
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("RoleConflict");
        assertThat(harness.message()).contains("is offered to this resource", "is not approved");
        assertThat(harness.role().trust()).isEqualTo(TRUST);
    }

    @Test
    void requiresConsentOfBothSides() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().console().create(ROLE, "/irsa/prod/", TRUST);
        harness.apply(SUSPENDED);
        harness.operator.run(Duration.ofMinutes(1));
        assertThat(harness.status().pendingChanges()).isEmpty();
        harness.apply(ADOPTING);
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.role().tags()).isEmpty();
        assertThat(harness.condition("Ready"))
                .map(Condition::message)
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("aws iam tag-role --role-name " + ROLE
                                + " --tags Key=irsa.dev/adoptable-by,Value=prod/payments/invoices"));
    }
}
