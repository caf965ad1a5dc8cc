package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.machine.RateLimit;
import dev.irsa.port.Gate.OutsideCall;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacedGateTest {
    private static final OutsideCall CALL = new OutsideCall("iam:CreateRole", "a");

    private final VirtualTime time = new VirtualTime();
    private final PacedGate gate = new PacedGate(OptionalInt.empty(), time::nanoTime, time::sleep);
    private int attempts;

    /** Passes only where somebody sleeps. */
    private static final class VirtualTime {
        private long now = Duration.ofDays(1).toNanos();

        long nanoTime() {
            return now;
        }

        void sleep(long nanos) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            now += nanos;
        }
    }

    @AfterEach
    void notInterrupted() {
        Thread.interrupted();
    }

    @Test
    void nobodyWaitsWhileAwsTakesWhatComes() {
        long begin = time.now;

        for (int call = 0; call < 1000; call++) {
            assertThat(gate.pass(CALL, answering(new RateLimit(1, 1000, time::nanoTime))))
                    .isEqualTo("done");
        }

        assertThat(time.now).isEqualTo(begin);
    }

    @Test
    void everyCallPassesAtThePaceThatAwsAllows() {
        RateLimit aws = new RateLimit(10, 20, time::nanoTime);
        long begin = time.now;

        for (int call = 0; call < 300; call++) {
            assertThat(gate.pass(CALL, answering(aws))).isEqualTo("done");
        }

        assertThat(Duration.ofNanos(time.now - begin)).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(31));
        assertThat(gate.throttled()).isEqualTo(aws.refused()).isBetween(1L, 20L);
    }

    @Test
    void aRefusedCallIsMadeAgain() {
        String answer = gate.pass(CALL, () -> {
            if (++attempts < 3) {
                throw throttled();
            }
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(attempts).isEqualTo(3);
        assertThat(gate.throttled()).isEqualTo(2);
    }

    @Test
    void theCallerIsToldWhenAwsGoesOnRefusing() {
        long begin = time.now;

        FailureException told = catchThrowableOfType(FailureException.class, () -> gate.pass(CALL, this::refuse));

        assertThat(told.failure().reason()).isEqualTo(Reason.Throttled);
        assertThat(Duration.ofNanos(time.now - begin)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(22));
        assertThat(attempts).as("it is tried slowly").isBetween(5, 30);
    }

    @Test
    void allOtherFailuresAreForTheCaller() {
        FailureException denied = new FailureException(new Failure.AccessDenied("iam:CreateRole", "no"));

        assertThatThrownBy(() -> gate.pass(CALL, () -> {
                    attempts++;
                    throw denied;
                }))
                .isSameAs(denied);
        assertThat(attempts).isOne();
        assertThat(gate.throttled()).isZero();
    }

    @Test
    void whoeverIsStoppedWhileWaitingIsToldSo() {
        Supplier<String> interrupted = () -> {
            Thread.currentThread().interrupt();
            throw throttled();
        };

        FailureException told = catchThrowableOfType(FailureException.class, () -> gate.pass(CALL, interrupted));

        assertThat(told.failure()).isEqualTo(new Failure.Passing(Reason.Reconciling, "the operator is stopping"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theNextOneHasItsTurnAfterOneThatWasStopped() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> gate.pass(CALL, () -> "never")).isInstanceOf(FailureException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(gate.<String>pass(CALL, () -> "done")).isEqualTo("done");
    }

    private String refuse() {
        attempts++;
        throw throttled();
    }

    private static Supplier<String> answering(RateLimit aws) {
        return () -> {
            if (aws.take()) {
                return "done";
            }
            throw throttled();
        };
    }

    private static FailureException throttled() {
        return new FailureException(new Failure.Passing(Reason.Throttled, "slow down"));
    }
}
