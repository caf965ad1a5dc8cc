package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.PodUse;
import dev.irsa.fixtures.cluster.InMemoryEntitlements;
import dev.irsa.fixtures.eks.AssociationRecord;
import dev.irsa.fixtures.eks.EksConsole;
import dev.irsa.fixtures.eks.RoleState;
import dev.irsa.fixtures.operator.CrashInterceptor.Cut;
import dev.irsa.fixtures.operator.CrashInterceptor.Killed;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.reconcile.CredentialsOracle;
import dev.irsa.fixtures.reconcile.OwnershipJourneys;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EKS Pod Identity from create to delete, and the moves from and to IRSA. */
class PodIdentityTest {
    private static final Duration WINDOW = DefaultSettings.RECONCILE.consistencyWindow();
    private static final Duration INTERVAL = DefaultSettings.SWEEP.interval();
    private static final String IRSA = USUAL + "delivery: [IRSA]\n";
    private static final String BOTH = USUAL + "delivery: [IRSA, PodIdentity]\n";
    private static final Map<String, String> OTHER_ROLE =
            Map.of(DesiredServiceAccount.ROLE_ARN, "arn:aws:iam::1:role/other");
    private static final String POD_IDENTITY = USUAL + "delivery: [PodIdentity]\n";

    private static Optional<AssociationRecord> association(ReconcileHarness harness) {
        return harness.operator.eks().console().of(NS, NAME);
    }

    private static boolean admitsToken(ReconcileHarness harness) {
        return harness.role().trust().contains("sts:AssumeRoleWithWebIdentity");
    }

    private static boolean admitsAssociation(ReconcileHarness harness) {
        return harness.role().trust().contains("pods.eks.amazonaws.com");
    }

    private static boolean isAnnotated(ReconcileHarness harness) {
        return harness.serviceAccount().annotations().containsKey(DesiredServiceAccount.ROLE_ARN);
    }

    private static List<String> eksCalls(ReconcileHarness harness) {
        return harness.operator.eks().calls().log().stream()
                .map(call -> call.action())
                .toList();
    }

    private static ReconcileHarness ready(String spec) {
        ReconcileHarness harness = ReconcileHarness.ready(spec);
        harness.operator.eks().calls().reset();
        return harness;
    }

    @Test
    void createsARoleWithItsAssociationAndTwoCallsToEks() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(POD_IDENTITY);
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.operator.iam().calls().perRole())
                .containsExactly("CreateRole " + ROLE, "AttachRolePolicy " + ROLE, "PutRolePolicy " + ROLE);
        assertThat(eksCalls(harness))
                .as("the second list is the first sweep")
                .containsExactly(
                        "CreatePodIdentityAssociation", "ListPodIdentityAssociations", "ListPodIdentityAssociations");
        assertThat(association(harness)).hasValueSatisfying(association -> {
            assertThat(association.roleArn()).isEqualTo(harness.role().arn());
            assertThat(association.tags()).containsEntry("irsa.dev/resource", "payments/invoices");
            assertThat(Objects.requireNonNull(harness.status().podIdentity()).associations())
                    .containsExactly(new AssociationStatus(NAME, association.id(), association.arn()));
        });
        assertThat(harness.status().delivery()).containsExactly(Delivery.PodIdentity);
        assertThat(admitsAssociation(harness)).isTrue();
        assertThat(admitsToken(harness)).isFalse();
        assertThat(isAnnotated(harness)).isFalse();
    }

    @Test
    void warnsThatLongNamesMayNotFitIntoTheSessionTags() {
        String longName = "worker-" + "x".repeat(200);
        ReconcileHarness harness =
                ready(POD_IDENTITY + "serviceAccounts: [{name: invoices}, {name: " + longName + "}]\n");
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message())
                .contains("session tags of EKS Pod Identity for ServiceAccount " + longName, "PackedPolicyTooLarge")
                .doesNotContain("for ServiceAccount " + NAME + " have");
        harness.apply(IRSA + "serviceAccounts: [{name: invoices}, {name: " + longName + "}]\n");
        harness.operator.run(INTERVAL);
        assertThat(harness.message()).doesNotContain("PackedPolicyTooLarge");
    }

    @Test
    void makesNoCallsAtRest() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        harness.operator.users().annotate(NS, NAME, "kubectl", Map.of("note", "v"));
        harness.operator.settle();

        assertThat(eksCalls(harness)).isEmpty();
        assertThat(harness.operator.iam().calls().trail()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites()).isEmpty();
    }

    @Test
    void callsEksForNoResourceWithIrsaAlone() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(USUAL);
        harness.operator.settle();
        harness.operator.run(INTERVAL.multipliedBy(2));
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
        assertThat(eksCalls(harness)).isEmpty();
    }

    @Test
    void deletesTheAssociationWithOneCallBeforeTheRole() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:DeleteRole")) {
                assertThat(association(harness))
                        .as("before the role is deleted")
                        .isEmpty();
            }
        });
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
        assertThat(association(harness)).isEmpty();
        assertThat(eksCalls(harness)).containsExactly("DeletePodIdentityAssociation");
    }

    @Test
    void readsTheOwnerOfAnAssociationThatItDidNotCreateBeforeItDeletesIt() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.operator.restart();
        harness.operator.settle();
        harness.operator.eks().calls().reset();
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
        assertThat(eksCalls(harness)).containsExactly("DescribePodIdentityAssociation", "DeletePodIdentityAssociation");
    }

    @Test
    void deletesAnAssociationThatEksDoesNotShowYet() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().consistency().lag(Duration.ofSeconds(15));
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(1));
        assertThat(association(harness)).isPresent();

        harness.delete();
        harness.operator.settle();

        assertThat(association(harness)).isEmpty();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void deletesAnAssociationThatEksDoesNotShowYetAfterARestart() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().consistency().lag(Duration.ofSeconds(15));
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(1));
        harness.operator.restart();
        harness.delete();
        harness.operator.settle();

        assertThat(association(harness)).isEmpty();
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void deletesAnAssociationWhoseResponseWasLostAfterAnotherWasDeleted() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.operator
                .eks()
                .console()
                .delete(association(harness).orElseThrow().id());
        harness.operator.eks().faults().loseAnswerOfNth("CreatePodIdentityAssociation", 1);
        harness.operator.interceptor().after(call -> {
            boolean lost = call.action().equals("patch iamserviceaccounts/status")
                    && association(harness).isPresent();
            if (lost && !harness.resource().orElseThrow().isMarkedForDeletion()) {
                harness.delete();
            }
        });
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(harness.isClean()).isTrue();
        assertThat(association(harness)).isEmpty();
    }

    @Test
    void deletesAnAssociationThatNeitherTheSpecNorTheStatusNames() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(POD_IDENTITY);
        harness.operator.interceptor().killAfter("eks:CreatePodIdentityAssociation");
        assertThatExceptionOfType(Killed.class).isThrownBy(harness.operator::settle);
        harness.apply(IRSA);
        harness.delete();
        harness.operator.restart();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
        assertThat(association(harness)).isEmpty();
    }

    @Test
    void deletesAnAssociationWhoseRoleAnotherClusterTakesOverDuringTheDeletion() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.apply(POD_IDENTITY);
        harness.operator.interceptor().killAfter("eks:CreatePodIdentityAssociation");
        assertThatExceptionOfType(Killed.class).isThrownBy(harness.operator::settle);
        harness.apply(IRSA);
        harness.delete();
        harness.operator.restart();
        harness.operator.run(Duration.ofSeconds(1));
        assertThat(association(harness))
                .as("an earlier request may still take effect")
                .isPresent();
        harness.operator
                .iam()
                .console()
                .edit(
                        ROLE,
                        role -> role.withTags(Map.of(
                                        "irsa.dev/cluster-id", "another", "irsa.dev/resource", "payments/invoices"))
                                .withTrust(OwnershipJourneys.TRUST));
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(association(harness)).isEmpty();
        assertThat(harness.role().trust()).isEqualTo(OwnershipJourneys.TRUST);
    }

    @Test
    void removesTheAnnotationOnlyOnceTheWebhookSeesTheAssociation() {
        ReconcileHarness harness = ready(IRSA);
        harness.operator.eks().settings().webhookLag(Duration.ofSeconds(10));
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.operator
                .interceptor()
                .after(call -> assertThat(
                                isAnnotated(harness) || harness.operator.eks().webhookShows(NS, NAME))
                        .as("a pod that starts gets credentials, after %s", call)
                        .isTrue());
        harness.apply(POD_IDENTITY);
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(isAnnotated(harness)).isFalse();
    }

    @Test
    void retainsTheRoleWithoutItsAssociation() {
        ReconcileHarness harness = ready(POD_IDENTITY + "deletionPolicy: Retain\n");
        harness.delete();
        harness.operator.settle();

        assertThat(association(harness)).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).isPresent();
        assertThat(harness.resource()).isEmpty();
    }

    @Test
    void movesToPodIdentityWithoutAMomentWithoutCredentials() {
        ReconcileHarness harness = ready(IRSA);
        harness.operator.run(WINDOW.multipliedBy(2));
        CredentialsOracle pods = CredentialsOracle.watch(harness.operator, WINDOW);
        pods.start(3);

        harness.apply(BOTH);
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(association(harness)).isPresent();
        assertThat(isAnnotated(harness)).isTrue();

        harness.apply(POD_IDENTITY);
        harness.operator.run(INTERVAL.multipliedBy(3));
        assertThat(harness.reason()).isEqualTo("WaitingForPods");
        assertThat(harness.message()).contains("3 pods of ServiceAccount invoices may still use IRSA");
        assertThat(isAnnotated(harness)).isFalse();
        assertThat(admitsToken(harness)).isTrue();

        pods.restart();
        harness.operator.run(INTERVAL.multipliedBy(2));
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(admitsToken(harness)).isFalse();
    }

    @Test
    void movesToPodIdentityInOneStepToo() {
        ReconcileHarness harness = ready(IRSA);
        harness.operator.run(WINDOW.multipliedBy(2));
        CredentialsOracle pods = CredentialsOracle.watch(harness.operator, WINDOW);
        pods.start(1);
        harness.apply(POD_IDENTITY);
        harness.operator.run(INTERVAL);
        assertThat(harness.reason()).isEqualTo("WaitingForPods");

        pods.restart();
        harness.operator.run(INTERVAL);
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(admitsToken(harness)).isFalse();
    }

    @Test
    void annotatesTheTokenWithoutWaitingForTheAssociation() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        harness.apply(POD_IDENTITY + "token: {expirationSeconds: 7200}");
        harness.operator.now();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.operator
                        .users()
                        .serviceAccount(NS, NAME)
                        .orElseThrow()
                        .annotations())
                .containsEntry("eks.amazonaws.com/token-expiration", "7200");
    }

    /**
     * Found by the simulation: a process was killed before it recorded that the ServiceAccount is annotated with a role of others.
     * The next one removed the annotation before the webhook saw the association.
     */
    @Test
    void keepsTheAnnotationOfAnUnrecordedRoleUntilTheAssociationIsShown() {
        String external = "arn:aws:iam::444455556666:role/invoices";
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.limit(limits -> limits.apply("external", """
                namespaceSelector: {}
                allow:
                  externalRoleARNs: ['%s']
                """.formatted(external)));
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("create serviceaccounts")) {
                harness.operator.interceptor().cut(1, Cut.KILL_BEFORE);
            }
        });
        harness.apply("externalRole: {arn: '" + external + "'}");
        assertThatExceptionOfType(Killed.class).isThrownBy(harness.operator::settle);
        harness.operator.interceptor().removeHooks();
        harness.operator.clock().pass(WINDOW);

        harness.apply(POD_IDENTITY);
        harness.operator.restart();
        harness.operator.run(WINDOW.minusSeconds(1));
        assertThat(association(harness)).as(harness.message()).isPresent();
        assertThat(harness.pointer()).contains(external);
        assertThat(harness.message()).startsWith("waiting until the association has taken effect everywhere");

        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.pointer()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void movesToPodIdentityAlsoWithAnAnnotationOfAnotherOwner(Management management) {
        String spec = "serviceAccounts: [{name: invoices, management: " + management + "}]\n";
        ReconcileHarness harness = new ReconcileHarness();
        harness.annotateAsHelm();
        harness.apply(IRSA + spec);
        harness.operator.settle();
        harness.operator.run(WINDOW.multipliedBy(2));
        CredentialsOracle.watch(harness.operator, WINDOW);
        harness.apply(POD_IDENTITY + spec);
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(admitsToken(harness)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void createsNoAssociationForAServiceAccountThatAnotherToolGaveAnotherRole(Management management) {
        for (String delivery : List.of(POD_IDENTITY, BOTH)) {
            ReconcileHarness harness = new ReconcileHarness();
            harness.operator.users().annotate(NS, NAME, "helm", OTHER_ROLE);
            harness.apply(delivery + "serviceAccounts: [{name: invoices, management: " + management + "}]\n");
            harness.operator.run(INTERVAL.multipliedBy(2));
            assertThat(harness.reason()).as(delivery).isEqualTo("ServiceAccountConflict");
            assertThat(harness.message()).contains("arn:aws:iam::1:role/other", "kubectl annotate");
            assertThat(association(harness)).as(delivery).isEmpty();
            assertThat(harness.serviceAccount().annotations()).isEqualTo(OTHER_ROLE);

            harness.operator.users().strip(NS, NAME, DesiredServiceAccount.ROLE_ARN);
            harness.operator.run(INTERVAL);
            assertThat(harness.isReady()).as(harness.message()).isTrue();
            assertThat(association(harness)).isPresent();
        }
    }

    @Test
    void reportsARoleThatAnotherToolAnnotatesLaterAndKeepsTheAssociation() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, NAME, "helm", Map.of("chart", "x"));
        harness.apply(POD_IDENTITY);
        harness.operator.settle();
        AssociationRecord before = association(harness).orElseThrow();
        harness.operator.eks().calls().reset();

        harness.operator.users().annotate(NS, NAME, "helm", OTHER_ROLE);
        harness.operator.settle();
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(association(harness)).contains(before);
        assertThat(eksCalls(harness)).isEmpty();

        harness.operator.restart();
        harness.operator.run(INTERVAL.multipliedBy(2));
        assertThat(harness.reason()).as("does not flap").isEqualTo("ServiceAccountConflict");
        assertThat(association(harness)).contains(before);

        harness.operator.users().strip(NS, NAME, DesiredServiceAccount.ROLE_ARN);
        harness.operator.run(INTERVAL);
        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    @Test
    void doesNotReplaceADeletedAssociationWhileAnotherToolClaimsTheServiceAccount() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, NAME, "helm", Map.of("chart", "x"));
        harness.apply(POD_IDENTITY);
        harness.operator.settle();
        harness.operator.users().annotate(NS, NAME, "helm", OTHER_ROLE);
        EksConsole console = harness.operator.eks().console();
        console.delete(association(harness).orElseThrow().id());
        harness.operator.run(INTERVAL.multipliedBy(3));
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(association(harness)).isEmpty();
    }

    @Test
    void keepsADeletedResourceFromTheRoleThatAnotherToolAnnotated() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, NAME, "helm", OTHER_ROLE);
        harness.apply(POD_IDENTITY);
        harness.operator.settle();
        harness.delete();
        harness.operator.settle();
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).isEmpty();
        assertThat(harness.serviceAccount().annotations()).isEqualTo(OTHER_ROLE);
    }

    @Test
    void associatesTheAdditionalServiceAccountsThatNoOtherToolClaims() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, "worker", "helm", OTHER_ROLE);
        harness.apply(POD_IDENTITY + "serviceAccounts: [{name: invoices}, {name: worker}, {name: exporter}]\n");
        harness.operator.run(INTERVAL);
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(harness.message()).contains("ServiceAccount worker");
        assertThat(association(harness)).isPresent();
        assertThat(harness.operator.eks().console().of(NS, "exporter")).isPresent();
        assertThat(harness.operator.eks().console().of(NS, "worker")).isEmpty();
    }

    @Test
    void movesAConflictToPodIdentityWithoutAnAssociation() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, NAME, "helm", OTHER_ROLE);
        for (String delivery : List.of(IRSA, BOTH, POD_IDENTITY, IRSA)) {
            harness.apply(delivery);
            harness.operator.run(INTERVAL);
            assertThat(harness.reason()).as(delivery).isEqualTo("ServiceAccountConflict");
            assertThat(association(harness)).as(delivery).isEmpty();
            assertThat(harness.serviceAccount().annotations()).isEqualTo(OTHER_ROLE);
        }
    }

    @Test
    void movesBackToIrsa() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        harness.operator.run(WINDOW.multipliedBy(2));
        CredentialsOracle pods = CredentialsOracle.watch(harness.operator, WINDOW);
        pods.start(2);

        harness.apply(BOTH);
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(isAnnotated(harness)).isTrue();

        pods.allowLossOfPodIdentity();
        harness.apply(IRSA);
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(association(harness)).isEmpty();
        assertThat(admitsAssociation(harness)).isFalse();
        assertThat(harness.status().podIdentity()).isNull();
    }

    @Test
    void waitsAgainAfterARestartInTheMiddleOfAMove() {
        ReconcileHarness harness = ready(IRSA);
        harness.operator.run(WINDOW.multipliedBy(2));
        CredentialsOracle pods = CredentialsOracle.watch(harness.operator, WINDOW);
        pods.start(1);
        harness.apply(POD_IDENTITY);
        for (int i = 0; i < 8; i++) {
            harness.operator.run(WINDOW.dividedBy(2));
            harness.operator.restart();
        }
        harness.operator.run(INTERVAL);
        assertThat(harness.reason()).isEqualTo("WaitingForPods");
        pods.restart();
        harness.operator.run(INTERVAL);

        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    @Test
    void findsItsOwnAssociationAfterALostResponse() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().faults().loseAnswerOfNth("CreatePodIdentityAssociation", 1);
        harness.apply(POD_IDENTITY);
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.operator.eks().console().associations()).hasSize(1);
    }

    @Test
    void deletesAnAssociationWhoseResponseWasLost() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().faults().loseAnswerOfNth("CreatePodIdentityAssociation", 1);
        harness.apply(POD_IDENTITY);
        harness.atCall(12, harness::delete);
        harness.operator.run(Duration.ofMillis(10));
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
        assertThat(harness.operator.eks().console().associations()).isEmpty();
    }

    @Test
    void leavesAnAssociationOfAnotherOwnerAloneAndAsksSeldom() {
        ReconcileHarness harness = new ReconcileHarness();
        AssociationRecord foreign =
                harness.operator.eks().console().create(NS, NAME, "arn:aws:iam::111122223333:role/x");
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofMinutes(10));
        assertThat(harness.reason()).isEqualTo("AssociationConflict");
        assertThat(harness.message()).contains(foreign.id(), "does not have the tags");

        harness.operator.eks().calls().reset();
        harness.operator.run(Duration.ofHours(1));
        assertThat(eksCalls(harness)).hasSizeLessThan(30).containsOnly("DescribePodIdentityAssociation");

        harness.delete();
        harness.operator.settle();
        assertThat(association(harness)).contains(foreign);
    }

    @Test
    void namesTheAddOnThatOwnsAnAssociation() {
        ReconcileHarness harness = new ReconcileHarness();
        AssociationRecord foreign =
                harness.operator.eks().console().create(NS, NAME, "arn:aws:iam::111122223333:role/x");
        harness.operator.eks().console().edit(foreign.id(), found -> found.withOwner("arn:aws:eks:addon/cni"));
        harness.apply(BOTH);
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.message()).contains("EKS add-on arn:aws:eks:addon/cni");
    }

    @Test
    void takesOverOnceAForeignAssociationIsDeleted() {
        ReconcileHarness harness = new ReconcileHarness();
        AssociationRecord foreign =
                harness.operator.eks().console().create(NS, NAME, "arn:aws:iam::111122223333:role/x");
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofMinutes(1));
        harness.operator.eks().console().delete(foreign.id());
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    @Test
    void doesNotClaimAForeignAssociationThatItNoLongerReads() {
        ReconcileHarness harness = ready(IRSA);
        harness.operator.eks().console().create(NS, NAME, "arn:aws:iam::111122223333:role/x");
        harness.apply(BOTH);
        harness.operator.run(Duration.ofMinutes(10));
        assertThat(harness.condition("Available"))
                .hasValueSatisfying(available -> assertThat(available.status()).isEqualTo("False"));

        harness.operator.limit(limits -> limits.delete(InMemoryEntitlements.EVERYTHING));
        harness.operator.settle();

        assertThat(harness.reason()).isEqualTo("NotEntitled");
        assertThat(harness.condition("Available"))
                .hasValueSatisfying(available -> assertThat(available.message())
                        .startsWith("the operator does not know whether ServiceAccount " + NAME + " still has"));
    }

    @Test
    void createsAnAssociationAgainThatWasDeletedByHand() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        harness.operator.run(WINDOW.multipliedBy(2));
        String id = association(harness).orElseThrow().id();
        harness.operator.eks().console().delete(id);
        harness.operator.run(INTERVAL.multipliedBy(2));

        assertThat(association(harness))
                .hasValueSatisfying(again -> assertThat(again.id()).isNotEqualTo(id));
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.operator.operatorEvents())
                .anyMatch(event -> event.reason().equals("DriftRepaired"));
    }

    @Test
    void repairsTheRoleOfItsAssociationWithinTheInterval() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        String id = association(harness).orElseThrow().id();
        harness.operator.eks().console().edit(id, found -> found.withRole("arn:aws:iam::111122223333:role/x"));
        harness.operator.run(DefaultSettings.ASSOCIATION_INTERVAL.plus(INTERVAL));

        assertThat(association(harness).orElseThrow().roleArn())
                .isEqualTo(harness.role().arn());
        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    static Stream<AssociationOptions> foreignOptions() {
        return Stream.of(
                new AssociationOptions(Optional.of("arn:aws:iam::222233334444:role/x"), false, Optional.empty()),
                new AssociationOptions(Optional.empty(), true, Optional.empty()),
                new AssociationOptions(Optional.empty(), true, Optional.of("{}")),
                new AssociationOptions(Optional.of("arn:aws:iam::222233334444:role/x"), true, Optional.of("{}")));
    }

    @ParameterizedTest
    @MethodSource("foreignOptions")
    void removesWhatOthersSetBesidesTheRoleOfItsAssociation(AssociationOptions options) {
        ReconcileHarness harness = ready(POD_IDENTITY);
        AssociationRecord created = association(harness).orElseThrow();
        harness.operator.eks().console().edit(created.id(), found -> found.withOptions(options));
        harness.operator.run(DefaultSettings.ASSOCIATION_INTERVAL.plus(INTERVAL));

        assertThat(association(harness)).hasValueSatisfying(repaired -> {
            assertThat(repaired.id()).isEqualTo(created.id());
            assertThat(repaired.roleArn()).isEqualTo(created.roleArn());
            assertThat(repaired.options()).isEqualTo(AssociationOptions.NONE);
        });
        assertThat(eksCalls(harness)).containsOnlyOnce("UpdatePodIdentityAssociation");
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.operator.operatorEvents())
                .anyMatch(event -> event.reason().equals("DriftRepaired"));
    }

    @Test
    void doesNotTouchAnAssociationThatLostItsTags() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        String id = association(harness).orElseThrow().id();
        harness.operator.eks().console().edit(id, found -> found.withTags(Map.of()));
        harness.operator.run(DefaultSettings.ASSOCIATION_INTERVAL.plus(INTERVAL));

        assertThat(harness.reason()).isEqualTo("AssociationConflict");
        harness.delete();
        harness.operator.settle();
        assertThat(association(harness))
                .hasValueSatisfying(left -> assertThat(left.id()).isEqualTo(id));
    }

    @Test
    void readsAnAssociationAgainThatItMayNotDelete() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        String id = association(harness).orElseThrow().id();
        harness.operator.eks().console().edit(id, found -> found.withTags(Map.of("irsa.dev/cluster", "none")));
        harness.operator.eks().faults().deny("DeletePodIdentityAssociation");
        harness.delete();
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.resource()).isEmpty();
        assertThat(association(harness))
                .hasValueSatisfying(left -> assertThat(left.id()).isEqualTo(id));
    }

    /** It may not even list associations any more, and must not take this for there being none. */
    @Test
    void knowsAnAssociationThatItMayNotDelete() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        String id = association(harness).orElseThrow().id();
        harness.operator.eks().faults().deny("DeletePodIdentityAssociation");
        harness.operator.eks().faults().deny("ListPodIdentityAssociations");
        harness.apply(IRSA);
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.reason()).isEqualTo("AccessDenied");
        assertThat(association(harness))
                .hasValueSatisfying(left -> assertThat(left.id()).isEqualTo(id));
        harness.operator.eks().faults().none();
        harness.operator.run(Duration.ofHours(1));
        assertThat(association(harness)).isEmpty();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    /** The trust policy still admits it, although this resource named its ServiceAccount only for IRSA. */
    @Test
    void deletesAnAssociationThatAnEarlierResourceLeft() {
        String both = "serviceAccounts: [{name: invoices}, {name: reports}]\n";
        ReconcileHarness harness = ready(POD_IDENTITY + both);
        harness.operator.users().edit(NS, NAME, lost -> {
            lost.removeFinalizer(IamServiceAccount.FINALIZER);
            return lost;
        });
        harness.delete();
        harness.operator.iam().faults().unreachable();
        harness.apply(IRSA + both);
        harness.operator.now();
        harness.apply(POD_IDENTITY);
        harness.delete();
        harness.operator.iam().faults().none();
        harness.operator.run(Duration.ofHours(1));

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.eks().console().associations()).isEmpty();
    }

    @Test
    void associatesNothingWithoutTheAgent() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.podIdentity(
                new PodIdentityAvailability.Unavailable("the nodes run no EKS Pod Identity Agent"));
        harness.apply(BOTH);
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo("PodIdentityUnavailable");
        assertThat(eksCalls(harness)).isEmpty();
        harness.operator.podIdentity(new PodIdentityAvailability.Available());
        harness.operator.run(Duration.ofHours(1));
        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    @Test
    void associatesNothingForAServiceAccountWithAPodOnFargate() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().pods(NS, NAME, new PodUse(1, 0, true));
        harness.apply(BOTH);
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).isEqualTo("PodIdentityUnavailable");
        assertThat(harness.message()).contains("Fargate");
    }

    @Test
    void reportsAQuotaOfEks() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().settings().quota(0);
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.reason()).as(harness.message()).isEqualTo("QuotaExceeded");
    }

    @Test
    void waitsUntilEksSeesTheNewRole() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().settings().roles(arn -> RoleState.MISSING);
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(12));
        assertThat(harness.reason()).isEqualTo("Reconciling");
        assertThat(harness.message()).contains("does not find role");

        harness.operator.eks().settings().roles(arn -> RoleState.USABLE);
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    @Test
    void waitsUntilEksShowsTheAssociation() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().consistency().lag(Duration.ofSeconds(15));
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(5));
        assertThat(harness.isReady()).isFalse();
        assertThat(harness.operator.users().serviceAccount(NS, NAME)).isEmpty();

        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.operator.eks().calls().of("CreatePodIdentityAssociation"))
                .isEqualTo(1);
    }

    @Test
    void waitsAMinuteWhileEksStillHasTheDeletedAssociation() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        harness.operator.eks().settings().conflictAfterDelete(Duration.ofMinutes(5));
        harness.operator
                .eks()
                .console()
                .delete(association(harness).orElseThrow().id());
        harness.operator.run(WINDOW);
        harness.operator.eks().calls().reset();
        harness.operator.run(Duration.ofMinutes(30));

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.operator.eks().calls().of("CreatePodIdentityAssociation"))
                .isLessThan(10);
    }

    @Test
    void findsAnAssociationThatTheStatusDoesNotNameBeforeItWithdrawsItsStatement() {
        ReconcileHarness harness = ready(BOTH);
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.setStatus(null);
            return resource;
        });
        harness.apply(IRSA);
        harness.operator.restart();
        harness.operator.settle();

        assertThat(association(harness)).isEmpty();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    @Test
    void reportsNoChangeForAnAssociationOfAnotherOwner() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().console().create(NS, NAME, "arn:aws:iam::111122223333:role/x");
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofMinutes(1));

        assertThat(harness.operator.operatorEvents())
                .noneMatch(event -> event.note().contains("associated role"));
    }

    @Test
    void asksForARestartOnTheWayBackOnlyOnceTheAssociationIsDeleted() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        harness.operator.run(WINDOW.multipliedBy(2));
        int before = harness.operator.operatorEvents().size();
        harness.apply(IRSA);
        harness.operator.settle();

        assertThat(harness.operator.operatorEvents().stream()
                        .skip(before)
                        .filter(event -> event.note().contains("restart running pods")))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).isEqualTo("AssociationDeleted"));
    }

    @Test
    void spreadsTheMovesThatFollowFromAnotherDefault() {
        ReconcileHarness harness = new ReconcileHarness();
        for (int i = 0; i < 20; i++) {
            harness.operator.users().apply(NS, "r" + i, USUAL);
        }
        harness.operator.settle();
        harness.operator.run(INTERVAL);
        ClusterIdentity both = SampleCluster.withDelivery(
                harness.operator.identity(),
                new DeliverySettings(
                        Set.of(Delivery.IRSA, Delivery.PodIdentity),
                        harness.operator.identity().delivery().eksClusterArn(),
                        DeliverySettings.TRUST_POLICY_QUOTA));
        harness.operator.restart(() -> both);
        harness.operator.run(WINDOW);
        assertThat(harness.operator.eks().console().associations()).isEmpty();
        harness.operator.run(INTERVAL.dividedBy(2));
        assertThat(harness.operator.eks().console().associations()).hasSizeBetween(2, 18);
        harness.operator.run(INTERVAL.multipliedBy(2));
        assertThat(harness.operator.eks().console().associations()).hasSize(20);
    }

    @Test
    void findsAnAssociationAlsoIfTheTrustPolicyHasAnotherAudience() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().faults().loseAnswerOfNth("CreatePodIdentityAssociation", 1);
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("eks:CreatePodIdentityAssociation")) {
                harness.apply(USUAL + "token: {audience: other}");
            }
        });
        harness.apply(BOTH);
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(association(harness)).isEmpty();
        assertThat(admitsAssociation(harness)).isFalse();
    }

    @Test
    void keepsTheAnnotationUntilAnAssociationIsCertain() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        harness.operator.run(WINDOW.multipliedBy(2));
        CredentialsOracle.watch(harness.operator, WINDOW).allowLossOfPodIdentity();
        harness.operator.eks().faults().loseAnswerOfNth("DeletePodIdentityAssociation", 1);
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("eks:DeletePodIdentityAssociation")) {
                harness.apply(POD_IDENTITY);
            }
        });
        harness.apply(IRSA);
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(association(harness)).isPresent();
    }

    @Test
    void createsAnAssociationAgainThatIsDeletedWhileItsRoleIsRepaired() {
        ReconcileHarness harness = ready(POD_IDENTITY);
        String id = association(harness).orElseThrow().id();
        harness.operator.eks().console().edit(id, found -> found.withRole("arn:aws:iam::111122223333:role/x"));
        boolean[] deleted = {false};
        harness.operator.interceptor().before(call -> {
            if (!deleted[0] && call.action().equals("eks:UpdatePodIdentityAssociation")) {
                deleted[0] = true;
                harness.operator.eks().console().delete(id);
            }
        });
        harness.operator.run(DefaultSettings.ASSOCIATION_INTERVAL.plus(INTERVAL.multipliedBy(2)));

        assertThat(deleted[0]).isTrue();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(association(harness))
                .hasValueSatisfying(again -> assertThat(again.id()).isNotEqualTo(id));
    }

    /** A creation without a response may take effect after the association that EKS shows was deleted by hand. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void deletesTheAssociationThatReplacedTheOneItKnows(boolean deleted) {
        ReconcileHarness harness = ready(BOTH);
        harness.operator.run(WINDOW.multipliedBy(2));
        AssociationRecord known = association(harness).orElseThrow();
        harness.operator.interceptor().before(call -> {
            EksConsole console = harness.operator.eks().console();
            if (call.action().equals("eks:DeletePodIdentityAssociation")
                    && console.association(known.id()).isPresent()) {
                console.delete(known.id());
                console.create(NS, NAME, known.roleArn(), known.tags());
            }
        });
        if (deleted) {
            harness.delete();
        } else {
            harness.apply(IRSA);
        }
        harness.operator.settle();

        assertThat(association(harness)).isEmpty();
        assertThat(harness.resource().isEmpty()).isEqualTo(deleted);
        assertThat(deleted || harness.isReady()).isTrue();
    }
}
