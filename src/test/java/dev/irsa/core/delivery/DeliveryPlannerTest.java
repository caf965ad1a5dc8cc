package dev.irsa.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredDelivery;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.observed.PodUse;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.UpdatePodIdentityAssociation;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.fixtures.plan.SampleRole;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryPlannerTest {
    private static final Set<Delivery> IRSA = EnumSet.of(Delivery.IRSA);
    private static final Set<Delivery> POD_IDENTITY = EnumSet.of(Delivery.PodIdentity);
    private static final Set<Delivery> BOTH = EnumSet.allOf(Delivery.class);
    private static final AssociationState NONE = new AssociationState.None();
    private static final ObservedServiceAccount ABSENT = new ObservedServiceAccount.Absent();
    private static final String ARN = SampleRole.desired().identity().arn();
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final TrustTerms TERMS = new TrustTerms(
            new AwsAccount("aws", "111122223333", ""),
            "oidc.example.com",
            Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"),
            "payments",
            List.of("invoices"),
            "sts.amazonaws.com");

    private Management management = Management.CreateOrAnnotate;
    private ObservedServiceAccount serviceAccount = ABSENT;
    private AssociationState association = NONE;
    private Duration propagating = Duration.ZERO;
    private Optional<PodUse> pods = Optional.of(PodUse.NONE);
    private boolean podsRestarted;
    private PodIdentityAvailability availability = new PodIdentityAvailability.Available();

    private DeliveryPlan plan(Set<Delivery> wanted, Set<Delivery> trust) {
        DesiredDelivery delivery = new DesiredDelivery(wanted, TERMS);
        Desired.Valid desired = new Desired.Valid(
                SampleRole.desired().withTrust(delivery.trustPolicy(wanted)),
                List.of(new DesiredServiceAccount(
                        "invoices", management, DesiredServiceAccount.annotations(wanted, ARN, TokenSpec.DEFAULT))),
                delivery);
        return DeliveryPlanner.plan(
                desired,
                trust(trust),
                Map.of(
                        "invoices",
                        new DeliveryFacts(serviceAccount, association, propagating, pods, podsRestarted, availability)),
                "us");
    }

    private static DesiredServiceAccount account(String name, Set<Delivery> wanted) {
        return new DesiredServiceAccount(
                name, Management.CreateOrAnnotate, DesiredServiceAccount.annotations(wanted, ARN, TokenSpec.DEFAULT));
    }

    private DeliveryFacts facts(ObservedServiceAccount observed, AssociationState known, int mayUseIrsa) {
        return new DeliveryFacts(
                observed, known, propagating, Optional.of(new PodUse(mayUseIrsa, 0, false)), false, availability);
    }

    @Test
    void keepsAStatementUntilNoneOfTheServiceAccountsNeedsIt() {
        DesiredDelivery delivery = new DesiredDelivery(POD_IDENTITY, TERMS);
        Desired.Valid desired = new Desired.Valid(
                SampleRole.desired().withTrust(delivery.trustPolicy(POD_IDENTITY)),
                List.of(account("invoices", POD_IDENTITY), account("worker", POD_IDENTITY)),
                delivery);
        ObservedServiceAccount bare =
                new ObservedServiceAccount.Present("uid", "1", new TreeMap<>(), Set.of(), Set.of());
        AssociationState known = ours(ARN, true);
        DeliveryPlan waits = DeliveryPlanner.plan(
                desired, trust(BOTH), Map.of("invoices", facts(bare, known, 0), "worker", facts(bare, known, 2)), "us");
        assertThat(waits.desired().delivery().statements()).containsExactlyInAnyOrder(Delivery.values());
        assertThat(waits.steps().obstacle())
                .hasValueSatisfying(wait ->
                        assertThat(wait.message()).contains("2 pods of ServiceAccount worker may still use IRSA"));
        DeliveryPlan done = DeliveryPlanner.plan(
                desired, trust(BOTH), Map.of("invoices", facts(bare, known, 0), "worker", facts(bare, known, 0)), "us");
        assertThat(done.desired().delivery().statements()).containsExactly(Delivery.PodIdentity);
        assertThat(done.steps()).isEqualTo(Plan.NOTHING);
    }

    @Test
    void deliversToTheOthersThoughOneIsRefused() {
        DesiredDelivery delivery = new DesiredDelivery(IRSA, TERMS);
        Desired.Valid desired = new Desired.Valid(
                SampleRole.desired().withTrust(delivery.trustPolicy(IRSA)),
                List.of(account("invoices", IRSA), account("worker", IRSA)),
                delivery);
        ObservedServiceAccount foreign = new ObservedServiceAccount.Present(
                "uid", "1", new TreeMap<>(Map.of(DesiredServiceAccount.ROLE_ARN, "arn:other")), Set.of(), Set.of());
        Plan steps = DeliveryPlanner.plan(
                        desired,
                        trust(IRSA),
                        Map.of("invoices", facts(foreign, NONE, 0), "worker", facts(ABSENT, NONE, 0)),
                        "us")
                .steps();
        assertThat(steps.descriptions())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("create ServiceAccount worker"));
        assertThat(steps.obstacle()).isPresent();
    }

    private static Optional<PolicyFingerprint> trust(Set<Delivery> statements) {
        return statements.isEmpty()
                ? Optional.empty()
                : Optional.of(new DesiredDelivery(statements, TERMS)
                        .trustPolicy(statements)
                        .fingerprint());
    }

    private static Set<Delivery> none() {
        return EnumSet.noneOf(Delivery.class);
    }

    private static void assertAdmits(DeliveryPlan plan, Set<Delivery> statements) {
        assertThat(plan.desired().delivery().statements()).isEqualTo(statements);
        assertThat(plan.desired().role().trust())
                .isEqualTo(plan.desired().delivery().trustPolicy(statements));
    }

    private static void assertWaits(DeliveryPlan plan, String words) {
        assertThat(plan.steps().obstacle()).hasValueSatisfying(obstacle -> {
            assertThat(obstacle.reason()).isEqualTo(Reason.Reconciling);
            assertThat(obstacle.message()).contains(words);
            assertThat(obstacle.retryAfter()).isPresent();
        });
    }

    private static ObservedServiceAccount annotated() {
        return new ObservedServiceAccount.Present(
                "uid",
                "1",
                new TreeMap<>(Map.of(DesiredServiceAccount.ROLE_ARN, ARN)),
                Set.of(DesiredServiceAccount.ROLE_ARN),
                Set.of("us"));
    }

    private static ObservedServiceAccount bare() {
        return new ObservedServiceAccount.Present("uid", "1", new TreeMap<>(), Set.of(), Set.of("us"));
    }

    private static AssociationState ours(String role, boolean shown) {
        return new AssociationState.Ours(
                new ObservedAssociation(
                        "a-1",
                        "arn:a-1",
                        "payments",
                        "invoices",
                        role,
                        new TreeMap<>(),
                        Optional.empty(),
                        AssociationOptions.NONE),
                shown);
    }

    @Test
    void leavesIrsaAlone() {
        serviceAccount = annotated();
        propagating = MINUTE;

        DeliveryPlan plan = plan(IRSA, IRSA);

        assertAdmits(plan, IRSA);
        assertThat(plan.steps().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void isAtRestOnceDelivered(Delivery kind) {
        association = ours(ARN, true);
        serviceAccount = kind == Delivery.IRSA ? annotated() : bare();
        propagating = MINUTE;

        DeliveryPlan plan = kind == Delivery.IRSA ? plan(BOTH, BOTH) : plan(POD_IDENTITY, POD_IDENTITY);

        assertThat(plan.desired().delivery().statements())
                .isEqualTo(plan.desired().delivery().kinds());
        assertThat(plan.steps().isEmpty()).isTrue();
    }

    @Test
    void trustsTheStatusForAnAssociationThatItHasNotRead() {
        association = new AssociationState.Recorded("a-1", "arn:a-1");
        serviceAccount = bare();

        assertThat(plan(POD_IDENTITY, POD_IDENTITY).steps().isEmpty()).isTrue();
    }

    @Test
    void associatesANewRoleBeforeItCreatesTheServiceAccount() {
        propagating = MINUTE;

        DeliveryPlan first = plan(POD_IDENTITY, none());
        assertAdmits(first, POD_IDENTITY);
        assertThat(first.steps().changes())
                .containsExactly(new CreatePodIdentityAssociation(
                        "payments",
                        "invoices",
                        ARN,
                        SampleRole.desired().identity().owner().tags()));
        assertWaits(first, "does not show the new association");

        association = ours(ARN, false);
        assertThat(plan(POD_IDENTITY, POD_IDENTITY).steps().changes()).isEmpty();
        association = ours(ARN, true);
        assertThat(plan(POD_IDENTITY, POD_IDENTITY).steps().changes())
                .containsExactly(new CreateServiceAccount("invoices", new TreeMap<>()));
    }

    @Test
    void associatesAnExistingRoleOnceItsTrustPolicyHasSpread() {
        serviceAccount = annotated();

        DeliveryPlan before = plan(BOTH, IRSA);
        assertAdmits(before, BOTH);
        assertThat(before.steps().changes()).isEmpty();
        assertWaits(before, "the trust policy");

        propagating = MINUTE;
        assertThat(plan(BOTH, BOTH).steps().changes()).isEmpty();
        assertThat(plan(BOTH, BOTH).steps().obstacle().flatMap(Failure::retryAfter))
                .contains(MINUTE);

        propagating = Duration.ZERO;
        assertThat(plan(BOTH, BOTH).steps().changes()).singleElement().isInstanceOf(CreatePodIdentityAssociation.class);
    }

    @Test
    void removesTheAnnotationOnlyOnceTheAssociationIsShown() {
        serviceAccount = annotated();
        association = ours(ARN, false);
        assertThat(plan(POD_IDENTITY, BOTH).steps().changes()).isEmpty();

        association = ours(ARN, true);
        DeliveryPlan plan = plan(POD_IDENTITY, BOTH);

        assertAdmits(plan, BOTH);
        assertThat(plan.steps().changes())
                .singleElement()
                .isInstanceOfSatisfying(
                        AnnotateServiceAccount.class,
                        change -> assertThat(change.obsolete()).containsExactly(DesiredServiceAccount.ROLE_ARN));
        assertWaits(plan, "the removal of the annotation");
    }

    @ParameterizedTest
    @EnumSource
    void admitsTokensUntilThereIsAnAssociationWhoeverAnnotates(Management management) {
        this.management = management;
        serviceAccount = new ObservedServiceAccount.Present(
                "uid", "1", new TreeMap<>(Map.of(DesiredServiceAccount.ROLE_ARN, ARN)), Set.of(), Set.of());

        assertAdmits(plan(POD_IDENTITY, IRSA), BOTH);
        assertAdmits(plan(POD_IDENTITY, BOTH), BOTH);
        association = ours(ARN, false);
        assertAdmits(plan(POD_IDENTITY, BOTH), BOTH);
        association = new AssociationState.Foreign("a-2", "belongs to another owner");
        assertAdmits(plan(POD_IDENTITY, BOTH), BOTH);

        association = ours(ARN, true);
        assertAdmits(plan(POD_IDENTITY, BOTH), POD_IDENTITY);
    }

    @Test
    void admitsTokensUntilNoPodCanUseThem() {
        serviceAccount = bare();
        association = ours(ARN, true);
        propagating = MINUTE;
        assertAdmits(plan(POD_IDENTITY, BOTH), BOTH);
        assertWaits(plan(POD_IDENTITY, BOTH), "the removal of the annotation");

        propagating = Duration.ZERO;
        pods = Optional.of(new PodUse(2, 5, false));
        DeliveryPlan plan = plan(POD_IDENTITY, BOTH);
        assertAdmits(plan, BOTH);
        assertThat(plan.steps().obstacle()).hasValueSatisfying(obstacle -> {
            assertThat(obstacle.reason()).isEqualTo(Reason.WaitingForPods);
            assertThat(obstacle.message())
                    .contains(
                            "2 pods of ServiceAccount invoices may still use IRSA",
                            "kubectl rollout restart",
                            "--namespace payments");
        });

        pods = Optional.of(new PodUse(0, 5, false));
        assertAdmits(plan(POD_IDENTITY, BOTH), POD_IDENTITY);
        assertThat(plan(POD_IDENTITY, BOTH).steps().isEmpty()).isTrue();
    }

    @Test
    void asksTheUserToConfirmTheRestartIfItMayNotListPods() {
        serviceAccount = bare();
        association = ours(ARN, true);
        pods = Optional.empty();

        DeliveryPlan plan = plan(POD_IDENTITY, BOTH);
        assertAdmits(plan, BOTH);
        assertThat(plan.steps().obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle.message())
                        .contains("not allowed to list pods", "irsa.dev/pods-restarted", "podIdentity.enabled=true"));

        podsRestarted = true;
        assertAdmits(plan(POD_IDENTITY, BOTH), POD_IDENTITY);
    }

    @Test
    void annotatesBeforeItDeletesTheAssociation() {
        serviceAccount = bare();
        association = ours(ARN, true);

        DeliveryPlan plan = plan(IRSA, POD_IDENTITY);

        assertAdmits(plan, BOTH);
        assertThat(plan.steps().changes()).singleElement().isInstanceOf(AnnotateServiceAccount.class);
        assertWaits(plan, "the change back to IRSA");
    }

    @Test
    void deletesTheAssociationOnceTheWayBackHasSpread() {
        serviceAccount = annotated();
        association = ours(ARN, true);
        propagating = MINUTE;
        assertThat(plan(IRSA, BOTH).steps().changes()).isEmpty();

        propagating = Duration.ZERO;
        DeliveryPlan plan = plan(IRSA, BOTH);

        assertAdmits(plan, BOTH);
        assertThat(plan.steps().changes()).containsExactly(new DeletePodIdentityAssociation("a-1", "invoices"));
        assertWaits(plan, "the deletion of the association");

        pods = Optional.of(new PodUse(0, 2, false));
        assertWaits(
                plan(IRSA, BOTH),
                "as soon as this resource is Ready, restart the pods that still use EKS Pod Identity (2 now)");
    }

    @Test
    void admitsAssociationsUntilTheirDeletionHasSpread() {
        serviceAccount = annotated();
        propagating = MINUTE;
        assertAdmits(plan(IRSA, BOTH), BOTH);
        assertWaits(plan(IRSA, BOTH), "the deletion of the association has taken effect everywhere; as soon as");

        propagating = Duration.ZERO;
        assertAdmits(plan(IRSA, BOTH), IRSA);
        assertThat(plan(IRSA, BOTH).steps().isEmpty()).isTrue();
    }

    @Test
    void repairsTheRoleOfItsAssociation() {
        serviceAccount = bare();
        association = ours("arn:other", true);

        assertThat(plan(POD_IDENTITY, POD_IDENTITY).steps().changes())
                .containsExactly(new UpdatePodIdentityAssociation("a-1", "invoices", ARN, AssociationOptions.NONE));
    }

    @Test
    void createsNoAssociationWhereAnotherFieldManagerClaimsTheServiceAccount() {
        String foreign = "arn:aws:iam::1:role/other";
        var claimed = new TreeMap<>(Map.of(DesiredServiceAccount.ROLE_ARN, foreign));
        for (Set<Delivery> ways : List.of(POD_IDENTITY, BOTH)) {
            serviceAccount = new ObservedServiceAccount.Present("uid", "1", claimed, Set.of(), Set.of());
            assertThat(plan(ways, none()).steps().changes()).isEmpty();
            assertThat(plan(ways, none()).steps().obstacle())
                    .hasValueSatisfying(
                            conflict -> assertThat(conflict.reason()).isEqualTo(Reason.ServiceAccountConflict));
            // What the operator's field manager owns, or the resource created, is not another's.
            serviceAccount = new ObservedServiceAccount.Present(
                    "uid", "1", claimed, Set.of(DesiredServiceAccount.ROLE_ARN), Set.of());
            assertThat(plan(ways, none()).steps().changes())
                    .hasAtLeastOneElementOfType(CreatePodIdentityAssociation.class);
            serviceAccount = new ObservedServiceAccount.Present("uid", "1", claimed, Set.of(), Set.of("us"));
            assertThat(plan(ways, none()).steps().changes())
                    .hasAtLeastOneElementOfType(CreatePodIdentityAssociation.class);
        }
    }

    @Test
    void takesAnEmptyAnnotationForNoClaim() {
        serviceAccount = new ObservedServiceAccount.Present(
                "uid", "1", new TreeMap<>(Map.of(DesiredServiceAccount.ROLE_ARN, "")), Set.of(), Set.of());
        assertThat(plan(POD_IDENTITY, none()).steps().changes())
                .hasAtLeastOneElementOfType(CreatePodIdentityAssociation.class);
    }

    @Test
    void repairsAnAssociationBeforeItReportsTheClaimOfAnother() {
        serviceAccount = new ObservedServiceAccount.Present(
                "uid", "1", new TreeMap<>(Map.of(DesiredServiceAccount.ROLE_ARN, "arn:1")), Set.of(), Set.of());
        association = ours("arn:other", true);
        Plan steps = plan(POD_IDENTITY, POD_IDENTITY).steps();
        assertThat(steps.changes()).hasSize(1).hasOnlyElementsOfType(UpdatePodIdentityAssociation.class);
        assertThat(steps.obstacle())
                .hasValueSatisfying(conflict -> assertThat(conflict.reason()).isEqualTo(Reason.ServiceAccountConflict));
    }

    @Test
    void leavesAnAssociationOfAnotherOwnerAlone() {
        serviceAccount = annotated();
        association = new AssociationState.Foreign("a-9", "belongs to the EKS add-on x");

        assertThat(plan(BOTH, BOTH).steps().changes()).isEmpty();
        assertThat(plan(BOTH, BOTH).steps().obstacle())
                .contains(Failure.of(
                        Reason.AssociationConflict,
                        "association a-9 of ServiceAccount invoices belongs to the EKS add-on x"));
        assertThat(plan(IRSA, IRSA).steps().isEmpty()).isTrue();
    }

    @Test
    void associatesNothingWhereItWouldBreakPods() {
        availability = new PodIdentityAvailability.Unavailable("the cluster has no EKS Pod Identity Agent");
        assertThat(plan(POD_IDENTITY, none()).steps().changes()).isEmpty();
        assertThat(plan(POD_IDENTITY, none()).steps().obstacle())
                .contains(new Failure.PodIdentityUnavailable("the cluster has no EKS Pod Identity Agent"));

        availability = new PodIdentityAvailability.Available();
        pods = Optional.of(new PodUse(1, 0, true));
        assertThat(plan(POD_IDENTITY, none()).steps().obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle.message()).contains("Fargate"));
    }

    @Test
    void keepsAnExistingAssociationWhileTheAgentIsAbsent() {
        serviceAccount = bare();
        association = ours(ARN, true);
        availability = new PodIdentityAvailability.Unavailable("the agent is being upgraded");

        assertThat(plan(POD_IDENTITY, POD_IDENTITY).steps().isEmpty()).isTrue();
    }

    private static boolean dependsOnPods(Set<Delivery> wanted, Set<Delivery> trust, AssociationState known) {
        DesiredDelivery delivery = new DesiredDelivery(wanted, TERMS);
        Desired.Valid desired = new Desired.Valid(
                SampleRole.desired().withTrust(delivery.trustPolicy(wanted)),
                List.of(new DesiredServiceAccount("invoices", Management.CreateOrAnnotate, new TreeMap<>())),
                delivery);
        return DeliveryPlanner.dependsOnPods(desired, trust(trust), known);
    }

    @Test
    void dependsOnPodsOnlyWhileAWayIsAddedOrWithdrawn() {
        AssociationState recorded = new AssociationState.Recorded("a-1", "arn");
        assertThat(dependsOnPods(IRSA, IRSA, NONE)).isFalse();
        assertThat(dependsOnPods(BOTH, BOTH, recorded)).isFalse();
        assertThat(dependsOnPods(POD_IDENTITY, POD_IDENTITY, recorded)).isFalse();

        assertThat(dependsOnPods(BOTH, IRSA, NONE)).as("creates").isTrue();
        assertThat(dependsOnPods(POD_IDENTITY, BOTH, recorded)).as("withdraws").isTrue();
        assertThat(dependsOnPods(IRSA, BOTH, recorded)).as("returns").isTrue();
    }
}
