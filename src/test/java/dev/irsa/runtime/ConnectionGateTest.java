package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.CallInterceptor.ExternalCall;
import org.junit.jupiter.api.Test;

class ConnectionGateTest {
    private final ConnectionGate gate = new ConnectionGate();

    @Test
    void letsCallsPassUntilItIsClosed() {
        assertThat(gate.<Integer>intercept(new ExternalCall("iam:GetRole", "a"), () -> 7))
                .isEqualTo(7);

        gate.close();
        assertThatThrownBy(() -> gate.<Integer>intercept(new ExternalCall("iam:DeleteRole", "a"), () -> {
                    throw new AssertionError("called");
                }))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().reason()).isEqualTo(Reason.Reconciling));
    }
}
