package dev.irsa.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.reconcile.status.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconciledTest {
    @Test
    void followsTheOutcomeOnceTheStatusIsWritten() {
        assertThat(requeueAfter(0, Optional.empty())).isEmpty();
        assertThat(requeueAfter(0, Optional.of(Duration.ofSeconds(5)))).contains(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "3, 8", "9, 60"})
    void retriesAFailedStatusWriteWithBackoff(int failures, int seconds) {
        assertThat(requeueAfter(failures, Optional.empty())).contains(Duration.ofSeconds(seconds));
        assertThat(requeueAfter(failures, Optional.of(Duration.ofMillis(1)))).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void laterOutcomePostponesTheStatus() {
        assertThat(requeueAfter(1, Optional.of(Duration.ofMinutes(5)))).contains(Duration.ofMinutes(5));
    }

    /** Nothing else may requeue a resource that has changed since it was read. */
    @Test
    void retriesAWriteThatNamesAVersionSoon() {
        assertThat(requeueAfter(1, Optional.of(Duration.ofMinutes(5)), false)).contains(Duration.ofSeconds(2));
        assertThat(requeueAfter(0, Optional.of(Duration.ofMinutes(5)), false)).contains(Duration.ofMinutes(5));
    }

    @Test
    void namesWhatOthersMayHaveWaitedFor() {
        Reconciled before = new Reconciled("uid", 1, List.of("a", "b"), List.of("b", "c"), 0);

        assertThat(new Reconciled("uid", 1, List.of("a", "b"), List.of("b"), 0).unclaimedSince(before))
                .containsExactly("c");
        assertThat(new Reconciled("uid", 2, List.of("a"), List.of("c"), 0).unclaimedSince(before))
                .as("its role may be another")
                .containsExactly("a", "b");
        assertThat(new Reconciled("new", 1, List.of("a"), List.of("b", "c"), 0).unclaimedSince(before))
                .as("another resource took its name")
                .containsExactly("a", "b");
        assertThat(before.unclaimedSince(before)).isEmpty();
    }

    private static Optional<Duration> requeueAfter(int failedStatusWrites, Optional<Duration> outcome) {
        return requeueAfter(failedStatusWrites, outcome, true);
    }

    private static Optional<Duration> requeueAfter(
            int failedStatusWrites, Optional<Duration> outcome, boolean replacesAnyStatus) {
        return new Reconciled("uid", 1, List.of("invoices"), List.of(), failedStatusWrites)
                .requeueAfter(new Outcome(
                        Optional.empty(), replacesAnyStatus, outcome, List.of(), List.of(), List.of(), false, false));
    }
}
