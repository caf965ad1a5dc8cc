package dev.irsa.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailureExceptionTest {
    private static final Failure FAILURE = new AwsFailure.AlreadyExists("x");

    @Test
    void carriesFailureAndItsMessage() {
        FailureException thrown = new FailureException(FAILURE);

        assertThat(thrown).hasMessage("the role already exists: x").hasNoCause();
        assertThat(thrown.failure()).isEqualTo(FAILURE);
    }

    @Test
    void keepsCause() {
        IOException cause = new IOException("y");
        FailureException thrown = new FailureException(FAILURE, cause);

        assertThat(thrown).hasMessage("the role already exists: x").hasCause(cause);
        assertThat(thrown.failure()).isEqualTo(FAILURE);
    }

    @Test
    void hasNoStackTrace() {
        assertThat(new FailureException(FAILURE).getStackTrace()).isEmpty();
        assertThat(new FailureException(FAILURE, new IOException()).getStackTrace())
                .isEmpty();
    }

    @Test
    void isRetriedSoonWhileIamIsInconsistent() {
        assertThat(FailureException.reconciling("m").failure()).isEqualTo(new Failure.Passing(Reason.Reconciling, "m"));
    }
}
