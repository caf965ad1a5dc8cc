package dev.irsa.reconcile.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.operator.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundaryMonitorTest {
    private static final String ONE = "arn:aws:iam::111122223333:policy/one";
    private static final String TWO = "arn:aws:iam::111122223333:policy/two";
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualClock clock = new VirtualClock();
    private final List<String> calls = new ArrayList<>();
    private int requeues;
    private Supplier<Optional<PolicyDocument>> answer = () -> Optional.of(allowing("s3:*"));
    private final BoundaryMonitor monitor = new BoundaryMonitor(
            arn -> {
                calls.add(arn);
                return answer.get();
            },
            () -> requeues++,
            clock);

    private static PolicyDocument allowing(String action) {
        return PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}
                """.formatted(action));
    }

    private Optional<PolicyDocument> known() {
        return monitor.boundary(ONE).map(PermissionsBoundary::document);
    }

    private Duration after(Duration time) {
        clock.reach(clock.instant().plus(time));
        return monitor.step();
    }

    private void denied() {
        answer = () -> {
            throw new FailureException(new Failure.AccessDenied("iam:GetPolicy", "denied"));
        };
    }

    @Test
    void readsNothingBeforeAReconcileAsksForIt() {
        monitor.step();

        assertThat(calls).isEmpty();
    }

    @Test
    void readsBoundaryInBackgroundOnceForAllResources() {
        assertThat(known()).isEmpty();
        assertThat(known()).isEmpty();
        assertThat(calls).isEmpty();

        monitor.step();

        assertThat(known()).contains(allowing("s3:*"));
        assertThat(calls).containsExactly(ONE);
        assertThat(requeues).isEqualTo(1);
    }

    @Test
    void readsBoundaryAgainAfterADay() {
        known();
        monitor.step();
        answer = () -> Optional.of(allowing("sqs:*"));

        after(Duration.ofHours(23));
        assertThat(known()).contains(allowing("s3:*"));
        assertThat(calls).hasSize(1);

        after(HOUR);
        assertThat(known()).contains(allowing("sqs:*"));
        assertThat(calls).hasSize(2);
        assertThat(requeues).isEqualTo(2);
    }

    @Test
    void readsBoundaryThatDoesNotExistYetAgainAfterAnHour() {
        answer = Optional::empty;
        known();
        monitor.step();
        answer = () -> Optional.of(allowing("s3:*"));

        after(HOUR);

        assertThat(known()).isPresent();
    }

    @Test
    void readsEveryBoundaryAlthoughOthersAreDenied() {
        List<String> all =
                IntStream.range(0, 60).mapToObj(number -> ONE + number).toList();
        denied();
        for (String arn : all) {
            monitor.boundary(arn);
            after(Duration.ofSeconds(1));
        }
        for (int hour = 0; hour < all.size(); hour++) {
            after(HOUR);
        }

        assertThat(calls).containsAll(all);
    }

    @Test
    void requeuesNothingIfBoundaryIsAsBefore() {
        known();
        monitor.step();

        after(Duration.ofDays(1));

        assertThat(calls).hasSize(2);
        assertThat(requeues).isEqualTo(1);
    }

    @Test
    void forgetsBoundaryThatIsGone() {
        known();
        monitor.step();
        answer = Optional::empty;

        after(Duration.ofDays(1));

        assertThat(known()).isEmpty();
    }

    @Test
    void remembersDenialForADay() {
        denied();
        known();

        monitor.step();
        for (int hour = 1; hour < 24; hour++) {
            after(HOUR);
        }
        assertThat(calls).hasSize(1);
        assertThat(known()).isEmpty();
        assertThat(requeues).isZero();

        after(HOUR);
        assertThat(calls).hasSize(2);
    }

    /** An alert fires if AWS denies an action twice in half an hour. */
    @Test
    void spreadsDenials() {
        denied();
        monitor.boundary(ONE);
        monitor.boundary(TWO);

        assertThat(monitor.step()).isEqualTo(HOUR);
        assertThat(calls).hasSize(1);

        assertThat(after(HOUR)).isEqualTo(HOUR);
        assertThat(calls).containsExactlyInAnyOrder(ONE, TWO);
    }

    private void unavailable() {
        answer = () -> {
            throw new FailureException(new Failure.Passing(Reason.AwsUnavailable, "unavailable"));
        };
    }

    @Test
    void keepsBoundaryWhileAwsIsUnavailableButNotIfAwsDeniesIt() {
        known();
        monitor.step();

        unavailable();
        after(Duration.ofDays(1));
        assertThat(known()).isPresent();
        assertThat(requeues).isEqualTo(1);

        denied();
        after(HOUR);
        assertThat(known()).isEmpty();
    }

    @Test
    void retriesAfterAnHourIfAwsIsUnavailable() {
        unavailable();
        known();
        monitor.step();
        monitor.step();
        assertThat(calls).hasSize(1);
        answer = () -> Optional.of(allowing("s3:*"));

        after(HOUR);

        assertThat(known()).isPresent();
    }
}
