package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.Examples.ARN;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.SQS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.operator.DefaultSettings;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operator reads a role again if the first read may predate a write that it does not know of. */
class StaleReadTest {
    private static final String MORE = USUAL.replace("[AmazonS3ReadOnlyAccess]", "[AmazonS3ReadOnlyAccess, Admin]");
    private static final String ADMIN = "arn:aws:iam::aws:policy/Admin";

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static ReconcileHarness slow() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL);
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().consistency().lag(Duration.ofSeconds(5));
        return harness;
    }

    @Test
    void detachesAPolicyWhoseAttachmentGotNoResponse() {
        ReconcileHarness harness = slow();
        harness.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        harness.apply(MORE);
        harness.operator.now();
        assertThat(harness.role().attached()).contains(ADMIN);
        harness.apply(USUAL);
        harness.operator.now();
        assertThat(harness.isReady()).isTrue();
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
    }

    @Test
    void detachesAPolicyThatWasAttachedRightBeforeARestart() {
        ReconcileHarness harness = slow();
        harness.operator.interceptor().after(call -> {
            if (call.action().equals("iam:AttachRolePolicy")) {
                throw new Killed();
            }
        });
        harness.apply(MORE);
        assertThatThrownBy(harness.operator::now).isInstanceOf(Killed.class);
        harness.operator.interceptor().removeHooks();
        assertThat(harness.role().attached()).contains(ADMIN);
        harness.apply(USUAL);
        harness.operator.restart();
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
    }

    /**
     * Found by the simulation: IAM showed the policies that the spec had returned to, but the operator had just
     * detached them.
     */
    @Test
    void waitsToAttachPoliciesThatIamMayStillShow() {
        ReconcileHarness harness = slow();
        harness.operator.interceptor().after(call -> {
            switch (call.action()) {
                // IAM shows the earlier attachment, but not yet the detachment.
                case "iam:AttachRolePolicy" -> harness.operator.clock().pass(Duration.ofSeconds(5));
                case "iam:DetachRolePolicy" -> throw new Killed();
                default -> {}
            }
        });
        harness.apply(USUAL.replace("AmazonS3ReadOnlyAccess", "AmazonSQSFullAccess"));
        assertThatThrownBy(harness.operator::now).isInstanceOf(Killed.class);
        assertThat(harness.role().attached()).containsExactly(SQS);
        harness.operator.interceptor().removeHooks();
        harness.apply(USUAL);
        harness.operator.restart();
        harness.operator.now();
        assertThat(harness.message()).startsWith("waiting to rule out a stale IAM read");
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
    }

    /** Found by the simulation: IAM still showed the ownership tags of a retained role, and the operator deleted it. */
    @Test
    void doesNotDeleteARoleRetainedByAnEarlierResourceOfThatName() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL + "deletionPolicy: Retain");
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().consistency().lag(Duration.ofSeconds(5));
        harness.delete();
        harness.operator.now();
        assertThat(harness.resource()).isEmpty();
        RoleRecord retained = harness.role();
        harness.apply(USUAL);
        harness.operator.users().edit(NS, NAME, resource -> {
            resource.addFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        harness.delete();
        harness.operator.restart();
        harness.operator.settle();
        assertThat(harness.resource()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).contains(retained);
    }

    @Test
    void reportsDenyPoliciesWhenItWritesEveryPolicyAgain() {
        ReconcileHarness harness = slow();
        harness.operator.iam().consistency().immediate();
        harness.operator.iam().console().edit(ROLE, role -> role.withAttached("arn:aws:iam::aws:policy/AWSDenyAll"));
        harness.apply(USUAL + "role: {description: changed}");
        harness.operator.restart();
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).contains("AWSDenyAll");
    }

    @Test
    void readsOnceMoreAndThenNeverAgain() {
        ReconcileHarness harness = slow();
        harness.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        harness.apply(MORE);
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.operator.iam().calls().of("ListAttachedRolePolicies"))
                .isEqualTo(2);
        harness.forgetCalls();
        harness.operator.run(Duration.ofHours(3));
        assertThat(harness.operator.iam().calls().perRole()).isEmpty();
        assertThat(harness.operator.iam().role(ROLE)).isPresent();
    }

    /**
     * Found by the simulation: a read was due but blocked by another resource, so the operator requeued it at once
     * indefinitely.
     */
    @Test
    void doesNotRequeueAtOnceForAReadThatAConflictBlocks() {
        ReconcileHarness harness = slow();
        harness.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        harness.apply(MORE);
        harness.operator.now();
        harness.apply(USUAL);
        harness.operator.now();
        assertThat(harness.isReady()).isTrue();
        harness.operator.users().deleteServiceAccount(NS, NAME);
        harness.operator.users().apply(NS, "competitor", "serviceAccounts: [{name: invoices}]");
        harness.operator
                .users()
                .annotate(NS, NAME, "kubectl", Map.of("eks.amazonaws.com/role-arn", ARN.replace(NAME, "competitor")));
        harness.operator.clock().pass(DefaultSettings.RECONCILE.consistencyWindow());
        harness.operator.reconcile(harness.resource().orElseThrow());
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(harness.operator.pauses()).doesNotContain(Duration.ZERO);
    }

    @Test
    void readsAgainEvenIfTheProcessWasFrozenUntilTheReadWasDue() {
        ReconcileHarness harness = slow();
        harness.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        harness.apply(MORE);
        harness.operator.now();
        harness.apply(USUAL);
        boolean[] stopped = {false};
        harness.operator.interceptor().after(call -> {
            boolean written = harness.operator.interceptor().awsWrites().contains("iam:UpdateAssumeRolePolicy");
            if (!stopped[0] && written && call.action().equals("get serviceaccounts")) {
                stopped[0] = true;
                harness.operator.clock().pass(DefaultSettings.RECONCILE.consistencyWindow());
            }
        });
        harness.operator.interceptor().reset();
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(stopped[0]).isTrue();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
    }
}
