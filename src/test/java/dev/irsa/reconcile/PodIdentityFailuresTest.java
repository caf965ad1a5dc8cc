package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.observed.PodUse;
import dev.irsa.fixtures.eks.EksErrors;
import dev.irsa.fixtures.operator.CrashInterceptor.Killed;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.operator.SimulatedOperator;
import dev.irsa.fixtures.plan.SampleCluster;
import dev.irsa.fixtures.reconcile.CredentialsOracle;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EKS Pod Identity when EKS refuses calls, answers late, or when the operator's configuration is wrong. */
class PodIdentityFailuresTest {
    private static final String IRSA = USUAL + "delivery: [IRSA]\n";
    private static final String BOTH = USUAL + "delivery: [IRSA, PodIdentity]\n";
    private static final String POD_IDENTITY = USUAL + "delivery: [PodIdentity]\n";
    private static final Duration WINDOW = DefaultSettings.RECONCILE.consistencyWindow();
    private static final Duration HOUR = Duration.ofHours(1);

    private static int calls(ReconcileHarness harness, String action) {
        return harness.operator.eks().calls().of(action);
    }

    private static boolean isAssociated(ReconcileHarness harness) {
        return harness.operator.eks().console().of(NS, NAME).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidRequestException", "InvalidParameterException", "ResourceNotFoundException"})
    void reportsWhatEksSaysOnceTheRoleMustBeVisible(String code) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator
                .eks()
                .faults()
                .fail("CreatePodIdentityAssociation", EksErrors.refusal(code, 400, "Cluster prod is not ACTIVE"));
        harness.apply(POD_IDENTITY);
        harness.operator.run(HOUR);

        assertThat(harness.message()).contains("Cluster prod is not ACTIVE");
        assertThat(calls(harness, "CreatePodIdentityAssociation")).isLessThanOrEqualTo(60);
    }

    /** The other association may be deleted before a creation takes effect that had no response. */
    @Test
    void deletionWaitsForALostCreationAlsoBesideAnotherAssociation() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().console().create(NS, NAME, "arn:aws:iam::111122223333:role/other");
        harness.operator.eks().faults().failNth("CreatePodIdentityAssociation", 1, EksErrors.serverError());
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(10));
        assertThat(harness.reason()).isEqualTo("AssociationConflict");
        assertThat(calls(harness, "CreatePodIdentityAssociation")).isEqualTo(2);

        harness.delete();
        harness.operator.run(Duration.ofSeconds(5));
        assertThat(harness.reason()).isEqualTo("DeletionBlocked");

        harness.operator.run(WINDOW.multipliedBy(2));
        assertThat(harness.resource()).isEmpty();
        assertThat(isAssociated(harness)).isTrue();
    }

    /** A resource can be Ready sooner than that: the second request may have succeeded. */
    @Test
    void deletionWaitsForALostCreationOfAnEarlierProcess() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.operator.eks().faults().failNth("CreatePodIdentityAssociation", 1, EksErrors.serverError());
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(10));
        assertThat(harness.isReady()).isTrue();
        harness.operator.restart();

        harness.delete();
        harness.operator.run(WINDOW.minusSeconds(15));
        assertThat(isAssociated(harness)).isTrue();

        harness.operator.run(WINDOW.multipliedBy(2));
        assertThat(harness.isClean()).isTrue();
    }

    @Test
    void keepsItsMessageWhileAChangeIsRefused() {
        ReconcileHarness harness = ReconcileHarness.ready(IRSA);
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.operator.eks().faults().deny("CreatePodIdentityAssociation");
        harness.apply(BOTH);
        harness.operator.run(WINDOW.multipliedBy(2));
        int events = harness.operator.operatorEvents().size();
        for (int minute = 0; minute < 30; minute++) {
            assertThat(harness.reason()).isEqualTo("AccessDenied");
            harness.operator.run(Duration.ofMinutes(1));
        }

        assertThat(harness.operator.operatorEvents()).hasSize(events);
        assertThat(calls(harness, "CreatePodIdentityAssociation")).isLessThan(20);
    }

    @Test
    void retriesAfterEksRefusedACallBecauseOfTheStateOfTheCluster() {
        ReconcileHarness harness = ReconcileHarness.ready(BOTH);
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.operator
                .eks()
                .faults()
                .failNth(
                        "DeletePodIdentityAssociation",
                        1,
                        EksErrors.refusal("InvalidRequestException", 400, "Cluster prod is not ACTIVE"));
        harness.apply(IRSA);
        harness.operator.run(Duration.ofSeconds(1));
        assertThat(harness.reason()).isEqualTo("PodIdentityUnavailable");
        harness.operator.run(HOUR.dividedBy(6));

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(isAssociated(harness)).isFalse();
    }

    @Test
    void repairsTheTrustPolicyOfIrsaAloneWithoutAskingEks() {
        String foreign = """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": "sts:AssumeRole"},
                  {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}""";
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        String trust = harness.role().trust();
        harness.operator.iam().console().edit(ROLE, role -> role.withTrust(foreign));
        harness.operator.run(DefaultSettings.SWEEP.interval().multipliedBy(2));
        assertThat(harness.role().trust()).isEqualTo(trust);

        harness.operator.iam().console().edit(ROLE, role -> role.withTrust(foreign));
        harness.delete();
        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
        assertThat(harness.operator.eks().calls().log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesBackAnOptionThatTheClusterDoesNotHave(boolean deniesEks) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.podIdentity(new PodIdentityAvailability.Unavailable("no agent"));
        if (deniesEks) {
            harness.operator.eks().faults().deny("ListPodIdentityAssociations");
        } else {
            harness.operator
                    .eks()
                    .faults()
                    .failAll(EksErrors.refusal("ResourceNotFoundException", 404, "No cluster found for name: prod."));
        }
        harness.apply(POD_IDENTITY);
        harness.operator.run(WINDOW);
        assertThat(harness.reason()).isEqualTo("PodIdentityUnavailable");

        harness.apply(IRSA);
        harness.operator.run(WINDOW.multipliedBy(4));
        assertThat(harness.isReady()).as(harness.message()).isTrue();

        harness.apply(POD_IDENTITY);
        harness.operator.run(WINDOW);
        harness.delete();
        harness.operator.run(WINDOW.multipliedBy(4));
        assertThat(harness.isClean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changesNothingWhileAnotherClusterIsConfigured(boolean deleted) {
        ReconcileHarness harness = ReconcileHarness.ready(POD_IDENTITY);
        harness.operator.run(WINDOW.multipliedBy(2));
        ClusterIdentity prod = harness.operator.identity();
        ClusterIdentity other = SampleCluster.withDelivery(
                prod,
                new DeliverySettings(
                        prod.delivery().defaultDelivery(),
                        Optional.of("arn:aws:eks:eu-west-1:111122223333:cluster/other"),
                        DeliverySettings.TRUST_POLICY_QUOTA));
        harness.operator.restart(() -> other);
        harness.forgetCalls();
        if (deleted) {
            harness.delete();
        }
        harness.operator.run(HOUR);

        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.message()).contains("podidentityassociation/prod/", "cluster/other", "--eks-cluster-name");

        harness.operator.restart(() -> prod);
        harness.operator.run(HOUR);
        assertThat(deleted ? harness.isClean() : harness.isReady()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesNotTrustAListThatWasReadBeforeTheProcessWasStopped(boolean deleted) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().consistency().lag(WINDOW.dividedBy(2));
        harness.apply(POD_IDENTITY);
        harness.operator.interceptor().killAfter("eks:CreatePodIdentityAssociation");
        assertThatExceptionOfType(Killed.class).isThrownBy(harness.operator::settle);
        harness.apply(IRSA);
        if (deleted) {
            harness.delete();
        }
        harness.operator.restart();
        boolean[] stopped = {false};
        harness.operator.eks().faults().after(call -> {
            if (call.action().equals("ListPodIdentityAssociations") && !stopped[0]) {
                stopped[0] = true;
                harness.operator.clock().pass(WINDOW.plusSeconds(1));
            }
        });
        harness.operator.run(HOUR);

        assertThat(stopped[0]).isTrue();
        assertThat(isAssociated(harness)).isFalse();
        assertThat(deleted ? harness.isClean() : harness.isReady()).isTrue();
    }

    @Test
    void keepsAdmittingTheTokenWhileIamShowsAnEarlierTrustPolicy() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().faults().deny("CreatePodIdentityAssociation");
        harness.apply(POD_IDENTITY);
        harness.operator.run(WINDOW.multipliedBy(2));
        assertThat(harness.role().trust()).doesNotContain("WebIdentity");

        harness.operator.iam().consistency().lag(Duration.ofSeconds(9));
        harness.apply(IRSA);
        harness.operator.run(Duration.ofSeconds(2));
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        harness.operator.restart();
        harness.apply(POD_IDENTITY);
        for (int second = 0; second < 60; second++) {
            harness.operator.run(Duration.ofSeconds(1));
            assertThat(harness.role().trust()).contains("WebIdentity");
        }
    }

    @Test
    void doesNotReturnToIrsaAfterARestartBecauseOfAnAnnotationOfTheUser() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.annotateAsHelm();
        harness.apply(POD_IDENTITY + "serviceAccounts: [{name: invoices, management: Ignore}]\n");
        harness.operator.run(WINDOW.multipliedBy(4));
        assertThat(harness.isReady()).as(harness.message()).isTrue();

        harness.operator.restart();
        for (int second = 0; second < 60; second++) {
            harness.operator.run(Duration.ofSeconds(1));
            assertThat(harness.role().trust()).doesNotContain("WebIdentity");
        }
        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    @Test
    void countsACreationWithoutAResponseFromItsEnd() {
        ReconcileHarness harness = new ReconcileHarness();
        Instant[] lost = new Instant[1];
        harness.operator.eks().faults().before(call -> {
            if (call.action().equals("CreatePodIdentityAssociation")) {
                harness.operator.clock().pass(WINDOW.plusSeconds(1));
                lost[0] = harness.operator.clock().instant();
                harness.delete();
            }
        });
        harness.operator.eks().faults().fail("CreatePodIdentityAssociation", EksErrors.serverError());
        harness.apply(POD_IDENTITY);
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
        assertThat(Duration.between(lost[0], harness.operator.clock().instant()))
                .isGreaterThanOrEqualTo(WINDOW);
    }

    /** The role that admitted it was deleted by hand before a status named it, so only EKS shows it. */
    @Test
    void deletesAnAssociationThatNothingRecordsIfPodIdentityIsRequestedAtTheDeletion() {
        ReconcileHarness harness = ReconcileHarness.ready(IRSA);
        harness.operator
                .eks()
                .console()
                .create(NS, NAME, harness.role().arn(), harness.role().tags());
        harness.operator.restart();
        harness.operator.settle();

        harness.apply(POD_IDENTITY);
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
        assertThat(isAssociated(harness)).isFalse();
    }

    @Test
    void admitsRunningPodsAgainAfterTheirRoleWasDeletedInTheMiddleOfAMove() {
        ReconcileHarness harness = movingWithPods();
        harness.operator.iam().console().delete(ROLE);
        harness.operator.run(HOUR);

        assertThat(harness.reason()).isEqualTo("WaitingForPods");
        assertThat(harness.role().trust()).contains("sts:AssumeRoleWithWebIdentity");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsTheSpellingOfTheProviderWhilePodsStillUseIrsa(boolean denied) {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().console().deleteProvider(SimulatedOperator.PROVIDER);
        harness.operator
                .iam()
                .console()
                .createProvider("https://OIDC.eks.eu-west-1.AMAZONAWS.com/id/ABC", "sts.amazonaws.com");
        harness.operator.restart();
        move(harness);
        String trust = harness.role().trust();
        assertThat(trust).contains("AMAZONAWS");
        for (String action : new String[] {"GetOpenIDConnectProvider", "ListOpenIDConnectProviders"}) {
            if (denied) {
                harness.operator.iam().faults().deny(action);
            } else {
                harness.operator.iam().faults().fail(action, EksErrors.serverError());
            }
        }
        harness.operator.restart();
        harness.operator.run(HOUR);

        assertThat(harness.role().trust()).isEqualTo(trust);
    }

    @Test
    void listsPodsOncePerReconcileWhileItWaitsForThem() {
        ReconcileHarness harness = movingWithPods();
        harness.operator.run(WINDOW.multipliedBy(4));
        harness.forgetCalls();
        harness.operator.run(HOUR);

        assertThat(harness.operator.interceptor().calls().stream()
                        .filter(call -> call.action().equals("list pods")))
                .hasSizeBetween(1, 70);
    }

    /** An earlier association of another owner may be shown instead of ours for a while. */
    @Test
    void keepsTheRecordedAssociationWhileEksShowsAnEarlierOne() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().apply(NS, "first", POD_IDENTITY + "serviceAccounts: [{name: invoices}]\n");
        harness.operator.settle();
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.operator.eks().consistency().lag(Duration.ofSeconds(9));
        harness.operator.users().delete(NS, "first");
        harness.apply(BOTH);
        harness.operator.run(Duration.ofSeconds(3));
        harness.operator.restart();
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(1));
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
        assertThat(isAssociated(harness)).isFalse();
    }

    @Test
    void waitsUntilADeletionWithoutAResponseCanNoLongerTakeEffect() {
        ReconcileHarness harness = ReconcileHarness.ready(BOTH);
        harness.operator.run(WINDOW.multipliedBy(2));
        CredentialsOracle.watch(harness.operator, WINDOW).allowLossOfPodIdentity();
        String id = harness.operator.eks().console().of(NS, NAME).orElseThrow().id();
        harness.operator.eks().faults().failNth("DeletePodIdentityAssociation", 1, EksErrors.serverError());
        harness.operator.interceptor().before(call -> {
            if (call.action().equals("eks:DeletePodIdentityAssociation")) {
                harness.apply(POD_IDENTITY);
            }
        });
        harness.apply(IRSA);
        harness.operator.run(Duration.ofSeconds(12));
        harness.operator.eks().console().delete(id);
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(isAssociated(harness)).isTrue();
    }

    @Test
    void isNotReadyWithAnAssociationThatItHasJustDeleted() {
        ReconcileHarness harness = ReconcileHarness.ready(POD_IDENTITY);
        harness.operator.run(WINDOW.multipliedBy(2));
        harness.operator.eks().consistency().lag(Duration.ofSeconds(9));
        harness.operator.eks().settings().conflictAfterDelete(Duration.ofSeconds(40));
        harness.whenGone(() -> harness.apply(POD_IDENTITY));
        harness.delete();
        harness.operator.run(Duration.ofSeconds(5));
        assertThat(isAssociated(harness)).isFalse();
        assertThat(harness.isReady()).isFalse();
        assertThat(harness.message()).contains("EKS has not finished deleting");

        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(isAssociated(harness)).isTrue();
    }

    @Test
    void keepsTheAnnotationUntilEksShowsTheAssociationAfterEveryChange() {
        ReconcileHarness harness = ReconcileHarness.ready(BOTH);
        harness.operator.run(WINDOW.multipliedBy(2));
        CredentialsOracle.watch(harness.operator, WINDOW);
        harness.operator.eks().consistency().lag(Duration.ofSeconds(9));
        String id = harness.operator.eks().console().of(NS, NAME).orElseThrow().id();
        harness.operator.eks().console().delete(id);
        harness.operator.restart();
        harness.apply(POD_IDENTITY);
        harness.operator.settle();

        assertThat(harness.isReady()).as(harness.message()).isTrue();
        assertThat(harness.operator.eks().console().of(NS, NAME))
                .hasValueSatisfying(again -> assertThat(again.id()).isNotEqualTo(id));
    }

    @Test
    void doesNotTrustAListOfASweepShortlyAfterARestart() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().consistency().lag(WINDOW.dividedBy(2));
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(3));
        assertThat(harness.status().podIdentity()).isNotNull();
        harness.operator.restart();
        harness.operator.run(Duration.ofSeconds(3));
        harness.delete();
        harness.operator.settle();

        assertThat(harness.isClean()).isTrue();
        assertThat(isAssociated(harness)).isFalse();
    }

    /** While an association exists, EKS rejects another creation, which the earlier process may have sent. */
    @Test
    void keepsTheAssociationUntilACreationOfAnEarlierProcessCanNoLongerTakeEffect() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.eks().consistency().lag(Duration.ofSeconds(9));
        harness.apply(POD_IDENTITY);
        harness.operator.run(Duration.ofSeconds(3));
        harness.operator.restart();
        harness.delete();
        harness.operator.run(WINDOW.minusSeconds(2));
        assertThat(isAssociated(harness)).isTrue();
        assertThat(harness.message()).contains("can no longer take effect");

        harness.operator.settle();
        assertThat(harness.isClean()).isTrue();
        assertThat(isAssociated(harness)).isFalse();
    }

    private static ReconcileHarness movingWithPods() {
        ReconcileHarness harness = new ReconcileHarness();
        move(harness);
        return harness;
    }

    private static void move(ReconcileHarness harness) {
        harness.operator.users().pods(NS, NAME, new PodUse(3, 0, false));
        harness.apply(IRSA);
        harness.operator.run(WINDOW.multipliedBy(4));
        harness.apply(POD_IDENTITY);
        harness.operator.run(WINDOW.multipliedBy(10));
        assertThat(harness.reason()).isEqualTo("WaitingForPods");
    }
}
