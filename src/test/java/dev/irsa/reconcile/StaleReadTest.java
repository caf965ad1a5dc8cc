package dev.irsa.reconcile;

import static dev.irsa.fixtures.reconcile.ReconcileHarness.NAME;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.NS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.ROLE;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.S3;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.SQS;
import static dev.irsa.fixtures.reconcile.ReconcileHarness.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.fixtures.iam.RoleRecord;
import dev.irsa.fixtures.reconcile.ReconcileHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is read while IAM may still show what was before a write that nobody knows of is looked at once more. */
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
    void takesBackAPolicyWhoseAttachmentWasNeverAnswered() {
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
    void takesBackAPolicyThatWasAttachedRightBeforeARestart() {
        ReconcileHarness harness = slow();
        harness.operator.gate().after(call -> {
            if (call.action().equals("iam:AttachRolePolicy")) {
                throw new Killed();
            }
        });
        harness.apply(MORE);
        assertThatThrownBy(harness.operator::now).isInstanceOf(Killed.class);
        harness.operator.gate().open();
        assertThat(harness.role().attached()).contains(ADMIN);
        harness.apply(USUAL);
        harness.operator.restart();
        harness.operator.settle();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
    }

    /** Found by the simulation: what IAM showed was what the spec had come back to, less what had just been taken. */
    @Test
    void takesNothingBeforeItGaveAgainWhatMayBeMissing() {
        ReconcileHarness harness = slow();
        harness.operator.gate().after(call -> {
            switch (call.action()) {
                // IAM shows what was given before, and not what is taken now.
                case "iam:AttachRolePolicy" -> harness.operator.clock().pass(Duration.ofSeconds(5));
                case "iam:DetachRolePolicy" -> throw new Killed();
                default -> {}
            }
        });
        harness.apply(USUAL.replace("AmazonS3ReadOnlyAccess", "AmazonSQSFullAccess"));
        assertThatThrownBy(harness.operator::now).isInstanceOf(Killed.class);
        assertThat(harness.role().attached()).containsExactly(SQS);
        harness.operator.gate().open();
        harness.operator
                .gate()
                .after(call ->
                        assertThat(harness.role().attached()).as(call.action()).isNotEmpty());
        harness.apply(USUAL);
        harness.operator.restart();
        harness.operator.now();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).contains(S3);
        harness.operator.settle();
        assertThat(harness.role().attached()).containsExactly(S3);
    }

    /** Found by the simulation: IAM still showed the tags by which the role was the resource's, and it was deleted. */
    @Test
    void deletesNoRoleThatWasRetainedForAResourceOfThatNameBefore() {
        ReconcileHarness harness = ReconcileHarness.ready(USUAL + "deletionPolicy: Retain");
        harness.operator.run(Duration.ofMinutes(10));
        harness.operator.iam().consistency().lag(Duration.ofSeconds(5));
        harness.delete();
        harness.operator.now();
        assertThat(harness.resource()).isEmpty();
        RoleRecord retained = harness.role();
        harness.apply(USUAL);
        harness.operator.hands().edit(NS, NAME, resource -> {
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
    void tellsOfWhatIsLeftInPlaceThoughItGivesAllAgain() {
        ReconcileHarness harness = slow();
        harness.operator.iam().consistency().immediate();
        harness.operator.iam().console().edit(ROLE, role -> role.withAttached("arn:aws:iam::aws:policy/AWSDenyAll"));
        harness.apply(USUAL + "role: {description: changed}");
        harness.operator.restart();
        harness.operator.now();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.message()).contains("AWSDenyAll");
    }

    @Test
    void looksOnceMoreAndThenNeverAgain() {
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

    /** Found by the simulation: one that was due, and was kept from it by another resource, was called at once for ever. */
    @Test
    void doesNotComeAtOnceForALookThatItMayNotTake() {
        ReconcileHarness harness = slow();
        harness.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        harness.apply(MORE);
        harness.operator.now();
        harness.apply(USUAL);
        harness.operator.now();
        assertThat(harness.isReady()).isTrue();
        harness.operator.hands().deleteServiceAccount(NS, NAME);
        harness.operator.hands().apply(NS, "a-rival", "serviceAccount: {name: invoices}");
        harness.operator.hands().edit(NS, "a-rival", older -> {
            older.getMetadata().setCreationTimestamp("2020-01-01T00:00:00Z");
            return older;
        });
        harness.operator.clock().pass(ReconcileSettings.DEFAULT.consistencyWindow());
        harness.operator.reconcile(harness.resource().orElseThrow());
        assertThat(harness.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(harness.operator.pauses()).doesNotContain(Duration.ZERO);
    }

    @Test
    void takesTheOtherLookThoughItWasStoppedUntilThatWasDue() {
        ReconcileHarness harness = slow();
        harness.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        harness.apply(MORE);
        harness.operator.now();
        harness.apply(USUAL);
        boolean[] stopped = {false};
        harness.operator.gate().after(call -> {
            boolean written = harness.operator.gate().awsWrites().contains("iam:UpdateAssumeRolePolicy");
            if (!stopped[0] && written && call.action().equals("get serviceaccounts")) {
                stopped[0] = true;
                harness.operator.clock().pass(ReconcileSettings.DEFAULT.consistencyWindow());
            }
        });
        harness.operator.gate().reset();
        harness.operator.run(Duration.ofMinutes(5));
        assertThat(stopped[0]).isTrue();
        assertThat(harness.isReady()).isTrue();
        assertThat(harness.role().attached()).containsExactly(S3);
    }
}
