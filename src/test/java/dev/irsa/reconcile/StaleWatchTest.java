package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Found by the simulation: a resource that a watch shows may be deleted already, or older than this process's own
 * writes.
 */
class StaleWatchTest {
    private static IamServiceAccount shown(ReconcileHarness harness) {
        return harness.resource().orElseThrow();
    }

    /**
     * Starts a new process that knows the provider, but whose watch does not show yet what happened to the resource.
     */
    private static void restart(ReconcileHarness harness) {
        harness.operator.restart();
        harness.operator.now();
        harness.forgetCalls();
    }

    private static List<String> finalizerWrites(ReconcileHarness harness) {
        return harness.operator.interceptor().clusterWrites().stream()
                .filter("patch iamserviceaccounts"::equals)
                .toList();
    }

    @Test
    void ignoresAReleasedResourceThatTheWatchStillShows() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL + "deletionPolicy: Retain");
        harness.operator.run(Duration.ofMinutes(10));
        // IAM still shows the ownership tags of the role.
        harness.operator.iam().consistency().lag(Duration.ofSeconds(50));
        harness.delete();
        IamServiceAccount beingDeleted = shown(harness);

        harness.operator.reconcile(beingDeleted);
        assertThat(harness.resource()).isEmpty();
        RoleRecord retained = harness.role();
        harness.forgetCalls();
        harness.operator.reconcile(beingDeleted);

        assertThat(harness.operator.interceptor().calls()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).contains(retained);
    }

    /** The status of the previous leader took effect late, and only it names the association. */
    @Test
    void deletesTheAssociationOfAStatusThatTheWatchDoesNotShowYet() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL + "delivery: [PodIdentity]");
        IamServiceAccountStatus late = shown(harness).getStatus();
        harness.apply(USUAL);
        harness.delete();
        writeStatus(harness, null);
        IamServiceAccount earlier = shown(harness);
        writeStatus(harness, late);
        harness.operator.iam().console().delete(ROLE);
        restart(harness);

        harness.operator.reconcile(earlier);
        harness.operator.clock().pass(Duration.ofMinutes(10));
        harness.operator.reconcile(earlier);
        assertThat(harness.resource()).isPresent();
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.eks().console().associations()).isEmpty();
    }

    private static void writeStatus(ReconcileHarness harness, @Nullable IamServiceAccountStatus status) {
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.setStatus(status);
            return resource;
        });
    }

    @Test
    void createsNoRoleForAResourceDeletedBeforeThisProcessStarted() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        IamServiceAccount before = shown(harness);
        harness.delete();
        harness.operator.settle();
        restart(harness);

        harness.operator.reconcile(before);

        assertThat(harness.operator.iam().calls().of("CreateRole")).isZero();
        assertThat(harness.isClean()).isTrue();
    }

    /** The resource was deleted, and the previous leader reconciled another resource of the same name. */
    @Test
    void leavesTheRoleOfALaterResourceOfThatNameAlone() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        IamServiceAccount running = shown(harness);
        harness.delete();
        IamServiceAccount beingDeleted = shown(harness);
        harness.operator.settle();
        harness.apply(USUAL.replace("AmazonS3ReadOnlyAccess", "AmazonSQSReadOnlyAccess"));
        harness.operator.settle();
        RoleRecord next = harness.role();
        restart(harness);

        harness.operator.reconcile(running);
        harness.operator.reconcile(beingDeleted);

        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.role()).isEqualTo(next);
        assertThat(harness.pointer()).isPresent();
    }

    /** The previous leader has deleted the role already and was killed. */
    @Test
    void doesNotAnnotateAServiceAccountForAResourceBeingDeleted() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        IamServiceAccount upToDate = shown(harness);
        harness.delete();
        restart(harness);
        harness.operator.users().deleteServiceAccount(NS, NAME);

        harness.operator.reconcile(upToDate);

        assertThat(harness.operator.interceptor().clusterWrites())
                .doesNotContain("create serviceaccounts", "patch serviceaccounts");
    }

    /** The watch of a new leader still shows what the spec was before the previous leader narrowed the role. */
    @Test
    void doesNotReturnToAnEarlierSpec() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        IamServiceAccount earlier = shown(harness);
        harness.apply(USUAL.replace("AmazonS3ReadOnlyAccess", "AmazonSQSReadOnlyAccess"));
        harness.operator.settle();
        RoleRecord narrowed = harness.role();
        restart(harness);

        harness.operator.reconcile(earlier);

        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        harness.operator.settle();
        assertThat(harness.role()).isEqualTo(narrowed);
        assertThat(harness.isReady()).isTrue();
    }

    /** The watch of a new leader still shows the spec before a ServiceAccount was added again. */
    @Test
    void releasesNoServiceAccountByAnEarlierSpec() {
        String both = USUAL + "serviceAccounts: [{name: invoices}, {name: reports}]";
        ReconcileHarness harness = ReconcileHarness.ready(both);
        harness.apply(USUAL);
        IamServiceAccount earlier = shown(harness);
        harness.apply(both);
        restart(harness);

        harness.operator.reconcile(earlier);

        assertThat(harness.operator.interceptor().awsWrites()).isEmpty();
        assertThat(harness.operator.interceptor().clusterWrites())
                .doesNotContain("patch serviceaccounts", "delete serviceaccounts");
        harness.operator.settle();
        assertThat(harness.isReady()).as(harness.message()).isTrue();
    }

    @Test
    void addsTheFinalizerAgainBeforeCreatingTheRole() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        restart(harness);
        harness.apply(USUAL + "role: {description: changed}");
        harness.operator.iam().console().delete(ROLE);
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.removeFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });

        harness.operator.settle();

        assertThat(harness.operator.iam().role(ROLE)).isPresent();
        assertThat(shown(harness).hasFinalizer(IamServiceAccount.FINALIZER)).isTrue();
        assertThat(harness.operator.interceptor().calls().stream().map(CallInterceptor.ExternalCall::action))
                .containsSubsequence("patch iamserviceaccounts", "iam:CreateRole");
    }

    @Test
    void addsTheFinalizerOnceWhenCreateRoleKeepsFailing() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.iam().faults().throttle("CreateRole");
        harness.apply(USUAL);
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(harness.operator.iam().calls().of("CreateRole")).isGreaterThan(3);
        assertThat(finalizerWrites(harness)).hasSize(1);
    }

    @Test
    void removesAnAnnotationThatTheWatchHasNotShown() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, NAME, "kubectl", Map.of("team", "a"));
        Runnable lateWatch = harness.operator.lateWatch();
        harness.apply(USUAL);
        harness.operator.settle();
        assertThat(harness.pointer()).isPresent();
        lateWatch.run();

        harness.delete();
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.serviceAccount().annotations()).doesNotContainKey(DesiredServiceAccount.ROLE_ARN);
    }

    @Test
    void keepsAnAnnotationThatAnotherUserHasSetSinceTheWatchShowedOurs() {
        ReconcileHarness harness = new ReconcileHarness();
        harness.operator.users().annotate(NS, NAME, "kubectl", Map.of("team", "a"));
        harness.apply(USUAL);
        harness.operator.settle();
        harness.operator.lateWatch().run();
        harness.operator.users().annotate(NS, NAME, "kubectl", Map.of(DesiredServiceAccount.ROLE_ARN, "arn:theirs"));

        harness.delete();
        harness.operator.settle();

        assertThat(harness.resource()).isEmpty();
        assertThat(harness.serviceAccount().annotations()).containsEntry(DesiredServiceAccount.ROLE_ARN, "arn:theirs");
    }
}
