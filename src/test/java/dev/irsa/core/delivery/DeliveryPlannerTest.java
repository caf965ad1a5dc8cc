package dev.irsa.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.api.v1alpha1.Management;
import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredDelivery;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.desired.TrustTerms;
import dev.irsa.core.failure.DeliveryFailure;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.observed.PodUse;
import dev.irsa.core.plan.AssociationChange.CreatePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.DeletePodIdentityAssociation;
import dev.irsa.core.plan.AssociationChange.UpdatePodIdentityAssociation;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.fixtures.plan.SampleRole;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryPlannerTest {
    private static final DeliveryPlanner PLANNER = new DeliveryPlanner(new AnnotationDelivery());
    private static final Set<Delivery> IRSA = EnumSet.of(Delivery.IRSA);
    private static final Set<Delivery> POD_IDENTITY = EnumSet.of(Delivery.PodIdentity);
    private static final Set<Delivery> BOTH = EnumSet.allOf(Delivery.class);
    private static final KnownAssociation NONE = new KnownAssociation.None();
    private static final ObservedServiceAccount ABSENT = new ObservedServiceAccount.Absent();
    private static final String ARN = SampleRole.desired().identity().arn();
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final TrustTerms TERMS = new TrustTerms(
            new AwsAccount("aws", "111122223333", ""),
            "oidc.example.com",
            Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/prod"),
            "payments",
            "invoices",
            "sts.amazonaws.com");

    private Management management = Management.Manage;
    private ObservedServiceAccount serviceAccount = ABSENT;
    private KnownAssociation association = NONE;
    private Duration spreading = Duration.ZERO;
    private Optional<PodUse> pods = Optional.of(PodUse.NONE);
    private boolean podsRestarted;
    private PodIdentitySupport support = new PodIdentitySupport.Available();

    private DeliveryStage stage(Set<Delivery> wanted, Set<Delivery> trust) {
        DesiredDelivery delivery = new DesiredDelivery(wanted, TERMS);
        Desired.Valid desired = new Desired.Valid(
                SampleRole.desired().withTrust(delivery.trustPolicy(wanted)),
                new DesiredServiceAccount(
                        "invoices", management, new AnnotationDelivery().annotations(wanted, ARN, TokenSpec.DEFAULT)),
                delivery);
        return PLANNER.stage(
                desired,
                trust(trust),
                new DeliveryFacts(serviceAccount, association, spreading, pods, podsRestarted, support),
                "us");
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

    private static void assertAdmits(DeliveryStage stage, Set<Delivery> statements) {
        assertThat(stage.desired().delivery().statements()).isEqualTo(statements);
        assertThat(stage.desired().role().trust())
                .isEqualTo(stage.desired().delivery().trustPolicy(statements));
    }

    private static void assertWaits(DeliveryStage stage, String words) {
        assertThat(stage.plan().obstacle()).hasValueSatisfying(obstacle -> {
            assertThat(obstacle.reason()).isEqualTo(Reason.Reconciling);
            assertThat(obstacle.message()).contains(words);
            assertThat(obstacle.retryAfter()).isPresent();
        });
    }

    private static ObservedServiceAccount annotated() {
        return new ObservedServiceAccount.Present(
                "uid",
                new TreeMap<>(Map.of(DesiredServiceAccount.ROLE_ARN, ARN)),
                Set.of(DesiredServiceAccount.ROLE_ARN),
                Set.of("us"));
    }

    private static ObservedServiceAccount bare() {
        return new ObservedServiceAccount.Present("uid", new TreeMap<>(), Set.of(), Set.of("us"));
    }

    private static KnownAssociation ours(String role, boolean shown) {
        return new KnownAssociation.Ours(
                new ObservedAssociation(
                        "a-1", "arn:a-1", "payments", "invoices", role, new TreeMap<>(), Optional.empty()),
                shown);
    }

    @Test
    void leavesIrsaAlone() {
        serviceAccount = annotated();
        spreading = MINUTE;

        DeliveryStage stage = stage(IRSA, IRSA);

        assertAdmits(stage, IRSA);
        assertThat(stage.plan().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void isAtRestOnceDelivered(Delivery kind) {
        association = ours(ARN, true);
        serviceAccount = kind == Delivery.IRSA ? annotated() : bare();
        spreading = MINUTE;

        DeliveryStage stage = kind == Delivery.IRSA ? stage(BOTH, BOTH) : stage(POD_IDENTITY, POD_IDENTITY);

        assertThat(stage.desired().delivery().isWithdrawing()).isFalse();
        assertThat(stage.plan().isEmpty()).isTrue();
    }

    @Test
    void trustsTheStatusForAnAssociationThatItHasNotRead() {
        association = new KnownAssociation.Recorded("a-1", "arn:a-1");
        serviceAccount = bare();

        assertThat(stage(POD_IDENTITY, POD_IDENTITY).plan().isEmpty()).isTrue();
    }

    @Test
    void associatesANewRoleBeforeItCreatesTheServiceAccount() {
        spreading = MINUTE;

        DeliveryStage first = stage(POD_IDENTITY, none());
        assertAdmits(first, POD_IDENTITY);
        assertThat(first.plan().changes())
                .containsExactly(new CreatePodIdentityAssociation(
                        "payments",
                        "invoices",
                        ARN,
                        SampleRole.desired().identity().owner().tags()));
        assertWaits(first, "does not show the new association");

        association = ours(ARN, false);
        assertThat(stage(POD_IDENTITY, POD_IDENTITY).plan().changes()).isEmpty();
        association = ours(ARN, true);
        assertThat(stage(POD_IDENTITY, POD_IDENTITY).plan().changes())
                .containsExactly(new CreateServiceAccount("invoices", new TreeMap<>()));
    }

    @Test
    void associatesAnExistingRoleOnceItsTrustPolicyHasSpread() {
        serviceAccount = annotated();

        DeliveryStage before = stage(BOTH, IRSA);
        assertAdmits(before, BOTH);
        assertThat(before.plan().changes()).isEmpty();
        assertWaits(before, "the trust policy");

        spreading = MINUTE;
        assertThat(stage(BOTH, BOTH).plan().changes()).isEmpty();
        assertThat(stage(BOTH, BOTH).plan().obstacle().flatMap(Failure::retryAfter))
                .contains(MINUTE);

        spreading = Duration.ZERO;
        assertThat(stage(BOTH, BOTH).plan().changes()).singleElement().isInstanceOf(CreatePodIdentityAssociation.class);
    }

    @Test
    void removesTheAnnotationOnlyOnceTheAssociationIsShown() {
        serviceAccount = annotated();
        association = ours(ARN, false);
        assertThat(stage(POD_IDENTITY, BOTH).plan().changes()).isEmpty();

        association = ours(ARN, true);
        DeliveryStage stage = stage(POD_IDENTITY, BOTH);

        assertAdmits(stage, BOTH);
        assertThat(stage.plan().changes())
                .singleElement()
                .isInstanceOfSatisfying(
                        AnnotateServiceAccount.class,
                        change -> assertThat(change.obsolete()).containsExactly(DesiredServiceAccount.ROLE_ARN));
        assertWaits(stage, "the removal of the annotation");
    }

    @ParameterizedTest
    @EnumSource
    void admitsTokensUntilThereIsAnAssociationWhoeverAnnotates(Management management) {
        this.management = management;
        serviceAccount = new ObservedServiceAccount.Present(
                "uid", new TreeMap<>(Map.of(DesiredServiceAccount.ROLE_ARN, ARN)), Set.of(), Set.of());

        assertAdmits(stage(POD_IDENTITY, IRSA), BOTH);
        assertAdmits(stage(POD_IDENTITY, BOTH), BOTH);
        association = ours(ARN, false);
        assertAdmits(stage(POD_IDENTITY, BOTH), BOTH);
        association = new KnownAssociation.Foreign("a-2", "belongs to another owner");
        assertAdmits(stage(POD_IDENTITY, BOTH), BOTH);

        association = ours(ARN, true);
        assertAdmits(stage(POD_IDENTITY, BOTH), POD_IDENTITY);
    }

    @Test
    void admitsTokensUntilNoPodCanUseThem() {
        serviceAccount = bare();
        association = ours(ARN, true);
        spreading = MINUTE;
        assertAdmits(stage(POD_IDENTITY, BOTH), BOTH);
        assertWaits(stage(POD_IDENTITY, BOTH), "the removal of the annotation");

        spreading = Duration.ZERO;
        pods = Optional.of(new PodUse(2, 5, false));
        DeliveryStage stage = stage(POD_IDENTITY, BOTH);
        assertAdmits(stage, BOTH);
        assertThat(stage.plan().obstacle()).hasValueSatisfying(obstacle -> {
            assertThat(obstacle.reason()).isEqualTo(Reason.WaitingForPods);
            assertThat(obstacle.message())
                    .contains("may still use IRSA: 2", "kubectl rollout restart", "--namespace payments");
        });

        pods = Optional.of(new PodUse(0, 5, false));
        assertAdmits(stage(POD_IDENTITY, BOTH), POD_IDENTITY);
        assertThat(stage(POD_IDENTITY, BOTH).plan().isEmpty()).isTrue();
    }

    @Test
    void asksTheUserToConfirmTheRestartIfItMayNotListPods() {
        serviceAccount = bare();
        association = ours(ARN, true);
        pods = Optional.empty();

        DeliveryStage stage = stage(POD_IDENTITY, BOTH);
        assertAdmits(stage, BOTH);
        assertThat(stage.plan().obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle.message())
                        .contains("not allowed to list pods", "irsa.dev/pods-restarted", "podIdentity.enabled=true"));

        podsRestarted = true;
        assertAdmits(stage(POD_IDENTITY, BOTH), POD_IDENTITY);
    }

    @Test
    void annotatesBeforeItDeletesTheAssociation() {
        serviceAccount = bare();
        association = ours(ARN, true);

        DeliveryStage stage = stage(IRSA, POD_IDENTITY);

        assertAdmits(stage, BOTH);
        assertThat(stage.plan().changes()).singleElement().isInstanceOf(AnnotateServiceAccount.class);
        assertWaits(stage, "the change back to IRSA");
    }

    @Test
    void deletesTheAssociationOnceTheWayBackHasSpread() {
        serviceAccount = annotated();
        association = ours(ARN, true);
        spreading = MINUTE;
        assertThat(stage(IRSA, BOTH).plan().changes()).isEmpty();

        spreading = Duration.ZERO;
        DeliveryStage stage = stage(IRSA, BOTH);

        assertAdmits(stage, BOTH);
        assertThat(stage.plan().changes()).containsExactly(new DeletePodIdentityAssociation("a-1", "invoices"));
        assertWaits(stage, "the deletion of the association");

        pods = Optional.of(new PodUse(0, 2, false));
        assertWaits(
                stage(IRSA, BOTH),
                "as soon as this resource is Ready, restart the pods that still use EKS Pod Identity (2 now)");
    }

    @Test
    void admitsAssociationsUntilTheirDeletionHasSpread() {
        serviceAccount = annotated();
        spreading = MINUTE;
        assertAdmits(stage(IRSA, BOTH), BOTH);
        assertWaits(stage(IRSA, BOTH), "the deletion of the association has taken effect everywhere; as soon as");

        spreading = Duration.ZERO;
        assertAdmits(stage(IRSA, BOTH), IRSA);
        assertThat(stage(IRSA, BOTH).plan().isEmpty()).isTrue();
    }

    @Test
    void repairsTheRoleOfItsAssociation() {
        serviceAccount = bare();
        association = ours("arn:other", true);

        assertThat(stage(POD_IDENTITY, POD_IDENTITY).plan().changes())
                .containsExactly(new UpdatePodIdentityAssociation("a-1", "invoices", ARN));
    }

    @Test
    void leavesAnAssociationOfAnotherOwnerAlone() {
        serviceAccount = annotated();
        association = new KnownAssociation.Foreign("a-9", "belongs to the EKS add-on x");

        assertThat(stage(BOTH, BOTH).plan().changes()).isEmpty();
        assertThat(stage(BOTH, BOTH).plan().obstacle())
                .contains(new DeliveryFailure.AssociationConflict(
                        "association a-9 of ServiceAccount invoices belongs to the EKS add-on x"));
        assertThat(stage(IRSA, IRSA).plan().isEmpty()).isTrue();
    }

    @Test
    void associatesNothingWhereItWouldBreakPods() {
        support = new PodIdentitySupport.Unavailable("the cluster has no EKS Pod Identity Agent");
        assertThat(stage(POD_IDENTITY, none()).plan().changes()).isEmpty();
        assertThat(stage(POD_IDENTITY, none()).plan().obstacle())
                .contains(new DeliveryFailure.PodIdentityUnavailable("the cluster has no EKS Pod Identity Agent"));

        support = new PodIdentitySupport.Available();
        pods = Optional.of(new PodUse(1, 0, true));
        assertThat(stage(POD_IDENTITY, none()).plan().obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle.message()).contains("Fargate"));
    }

    @Test
    void keepsAnExistingAssociationWhileTheAgentIsAbsent() {
        serviceAccount = bare();
        association = ours(ARN, true);
        support = new PodIdentitySupport.Unavailable("the agent is being upgraded");

        assertThat(stage(POD_IDENTITY, POD_IDENTITY).plan().isEmpty()).isTrue();
    }
}
