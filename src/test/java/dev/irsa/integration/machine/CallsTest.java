package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.awsserver.AwsCall;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallsTest {
    private final Calls calls = new Calls();

    private void arriveAfter(int... millis) {
        for (int time : millis) {
            calls.arrived(
                    new AwsCall("iam", "GetRole", Map.of()),
                    Duration.ofMillis(time).toNanos());
        }
    }

    @Test
    void countsTheMostCallsWithinOneSecond() {
        arriveAfter(0, 900, 1000, 1100, 5000, 5999);

        assertThat(calls.peakPerSecond()).isEqualTo(3);
    }

    @Test
    void forgetsThePeakWhenCleared() {
        arriveAfter(0, 1);
        calls.clear();
        arriveAfter(2);

        assertThat(calls.peakPerSecond()).isEqualTo(1);
    }
}
