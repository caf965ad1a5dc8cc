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
class LateSightTest {
    private static final String MORE = USUAL.replace("[AmazonS3ReadOnlyAccess]", "[AmazonS3ReadOnlyAccess, Admin]");
    private static final String ADMIN = "arn:aws:iam::aws:policy/Admin";

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static ReconcileHarness slow() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL);
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().consistency().lag(Duration.ofSeconds(5));
        return trial;
    }

    @Test
    void takesBackAPolicyWhoseAttachmentWasNeverAnswered() {
        ReconcileHarness trial = slow();
        trial.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        trial.apply(MORE);
        trial.operator.now();
        assertThat(trial.role().attached()).contains(ADMIN);
        trial.apply(USUAL);
        trial.operator.now();
        assertThat(trial.isReady()).isTrue();
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).containsExactly(S3);
    }

    @Test
    void takesBackAPolicyThatWasAttachedRightBeforeARestart() {
        ReconcileHarness trial = slow();
        trial.operator.gate().after(call -> {
            if (call.action().equals("iam:AttachRolePolicy")) {
                throw new Killed();
            }
        });
        trial.apply(MORE);
        assertThatThrownBy(trial.operator::now).isInstanceOf(Killed.class);
        trial.operator.gate().open();
        assertThat(trial.role().attached()).contains(ADMIN);
        trial.apply(USUAL);
        trial.operator.restart();
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).containsExactly(S3);
    }

    /** Found by the simulation: what IAM showed was what the spec had come back to, less what had just been taken. */
    @Test
    void takesNothingBeforeItGaveAgainWhatMayBeMissing() {
        ReconcileHarness trial = slow();
        trial.operator.gate().after(call -> {
            switch (call.action()) {
                // IAM shows what was given before, and not what is taken now.
                case "iam:AttachRolePolicy" -> trial.operator.clock().pass(Duration.ofSeconds(5));
                case "iam:DetachRolePolicy" -> throw new Killed();
                default -> {}
            }
        });
        trial.apply(USUAL.replace("AmazonS3ReadOnlyAccess", "AmazonSQSFullAccess"));
        assertThatThrownBy(trial.operator::now).isInstanceOf(Killed.class);
        assertThat(trial.role().attached()).containsExactly(SQS);
        trial.operator.gate().open();
        trial.operator
                .gate()
                .after(call ->
                        assertThat(trial.role().attached()).as(call.action()).isNotEmpty());
        trial.apply(USUAL);
        trial.operator.restart();
        trial.operator.now();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).contains(S3);
        trial.operator.settle();
        assertThat(trial.role().attached()).containsExactly(S3);
    }

    /** Found by the simulation: IAM still showed the tags by which the role was the resource's, and it was deleted. */
    @Test
    void deletesNoRoleThatWasRetainedForAResourceOfThatNameBefore() {
        ReconcileHarness trial = ReconcileHarness.ready(USUAL + "deletionPolicy: Retain");
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().consistency().lag(Duration.ofSeconds(5));
        trial.delete();
        trial.operator.now();
        assertThat(trial.resource()).isEmpty();
        RoleRecord retained = trial.role();
        trial.apply(USUAL);
        trial.operator.hands().edit(NS, NAME, resource -> {
            resource.addFinalizer(IamServiceAccount.FINALIZER);
            return resource;
        });
        trial.delete();
        trial.operator.restart();
        trial.operator.settle();
        assertThat(trial.resource()).isEmpty();
        assertThat(trial.operator.iam().role(ROLE)).contains(retained);
    }

    @Test
    void tellsOfWhatIsLeftInPlaceThoughItGivesAllAgain() {
        ReconcileHarness trial = slow();
        trial.operator.iam().consistency().immediate();
        trial.operator.iam().console().edit(ROLE, role -> role.withAttached("arn:aws:iam::aws:policy/AWSDenyAll"));
        trial.apply(USUAL + "role: {description: changed}");
        trial.operator.restart();
        trial.operator.now();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.message()).contains("AWSDenyAll");
    }

    @Test
    void looksOnceMoreAndThenNeverAgain() {
        ReconcileHarness trial = slow();
        trial.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        trial.apply(MORE);
        trial.operator.settle();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.operator.iam().calls().of("ListAttachedRolePolicies")).isEqualTo(2);
        trial.forgetCalls();
        trial.operator.run(Duration.ofHours(3));
        assertThat(trial.operator.iam().calls().perRole()).isEmpty();
        assertThat(trial.operator.iam().role(ROLE)).isPresent();
    }

    /** Found by the simulation: one that was due, and was kept from it by another resource, was called at once for ever. */
    @Test
    void doesNotComeAtOnceForALookThatItMayNotTake() {
        ReconcileHarness trial = slow();
        trial.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        trial.apply(MORE);
        trial.operator.now();
        trial.apply(USUAL);
        trial.operator.now();
        assertThat(trial.isReady()).isTrue();
        trial.operator.hands().deleteServiceAccount(NS, NAME);
        trial.operator.hands().apply(NS, "a-rival", "serviceAccount: {name: invoices}");
        trial.operator.hands().edit(NS, "a-rival", older -> {
            older.getMetadata().setCreationTimestamp("2020-01-01T00:00:00Z");
            return older;
        });
        trial.operator.clock().pass(ReconcileSettings.DEFAULT.consistencyWindow());
        trial.operator.reconcile(trial.resource().orElseThrow());
        assertThat(trial.reason()).isEqualTo("ServiceAccountConflict");
        assertThat(trial.operator.pauses()).doesNotContain(Duration.ZERO);
    }

    @Test
    void takesTheOtherLookThoughItWasStoppedUntilThatWasDue() {
        ReconcileHarness trial = slow();
        trial.operator.iam().faults().loseAnswerOfNth("AttachRolePolicy", 1);
        trial.apply(MORE);
        trial.operator.now();
        trial.apply(USUAL);
        boolean[] stopped = {false};
        trial.operator.gate().after(call -> {
            boolean written = trial.operator.gate().awsWrites().contains("iam:UpdateAssumeRolePolicy");
            if (!stopped[0] && written && call.action().equals("get serviceaccounts")) {
                stopped[0] = true;
                trial.operator.clock().pass(ReconcileSettings.DEFAULT.consistencyWindow());
            }
        });
        trial.operator.gate().reset();
        trial.operator.run(Duration.ofMinutes(5));
        assertThat(stopped[0]).isTrue();
        assertThat(trial.isReady()).isTrue();
        assertThat(trial.role().attached()).containsExactly(S3);
    }
}
