package dev.irsa.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.drift.SweepReport;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.fake.VirtualClock;
import dev.irsa.port.Gate.OutsideCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
    private static final OutsideCall CALL = new OutsideCall("iam:GetRole", "prod_payments_invoices");

    private final VirtualClock clock = new VirtualClock();
    private final OperatorMetrics metrics = new OperatorMetrics(clock);

    @Test
    void beforeTheFirstSweepItsAgeIsNotANumber() {
        assertThat(metrics.scrape().lines()).contains("irsa_sweep_age_seconds NaN", "irsa_orphaned_roles 0.0");
    }

    @Test
    void aSweepIsTold() {
        metrics.accept(new SweepReport(Duration.ofMillis(1500), 20, 1, 3));
        clock.pass(Duration.ofSeconds(42));

        assertThat(metrics.scrape().lines())
                .contains(
                        "irsa_orphaned_roles 3.0",
                        "irsa_sweep_age_seconds 42.0",
                        "irsa_sweep_duration_seconds_count 1",
                        "irsa_sweep_duration_seconds_sum 1.5");
    }

    @Test
    void callsAreCountedByActionAndOutcomeAndNeverByRole() {
        assertThat(metrics.counted().<Integer>pass(CALL, () -> 7)).isEqualTo(7);
        assertThatThrownBy(() -> metrics.counted().pass(CALL, () -> {
                    throw new FailureException(new Failure.Passing(Reason.Throttled, "slow down"));
                }))
                .isInstanceOf(FailureException.class);

        assertThat(metrics.scrape().lines())
                .contains(
                        "irsa_aws_calls_total{action=\"iam:GetRole\",outcome=\"success\"} 1.0",
                        "irsa_aws_calls_total{action=\"iam:GetRole\",outcome=\"Throttled\"} 1.0",
                        "irsa_aws_call_duration_seconds_count{action=\"iam:GetRole\"} 2")
                .noneMatch(line -> line.contains("prod_payments_invoices"));
    }
}
