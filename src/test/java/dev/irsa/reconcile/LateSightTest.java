package dev.irsa.reconcile;

import static dev.irsa.reconcile.Trial.ROLE;
import static dev.irsa.reconcile.Trial.S3;
import static dev.irsa.reconcile.Trial.USUAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is read while IAM may still show what was before a write that nobody knows of is looked at once more. */
class LateSightTest {
    private static final String MORE = USUAL.replace("[AmazonS3ReadOnlyAccess]", "[AmazonS3ReadOnlyAccess, Admin]");
    private static final String ADMIN = "arn:aws:iam::aws:policy/Admin";

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static Trial slow() {
        Trial trial = Trial.ready(USUAL);
        trial.operator.run(Duration.ofMinutes(10));
        trial.operator.iam().consistency().lag(Duration.ofSeconds(5));
        return trial;
    }

    @Test
    void takesBackAPolicyWhoseAttachmentWasNeverAnswered() {
        Trial trial = slow();
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
        Trial trial = slow();
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

    @Test
    void looksOnceMoreAndThenNeverAgain() {
        Trial trial = slow();
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
}
