package dev.irsa.integration.machine;

import static dev.irsa.integration.machine.ProxiedIam.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What may happen to a call between here and AWS. */
class FaultProxyNetworkTest {
    private final ProxiedIam iam = new ProxiedIam();

    FaultProxyNetworkTest() throws IOException {}

    @AfterEach
    void stop() {
        iam.close();
    }

    @Test
    void returnsInvalidBody() {
        iam.proxy.faults().on("iam:GetRole").answerInvalidBody();

        assertThatThrownBy(() -> iam.get("a")).isInstanceOf(SdkClientException.class);
    }

    @Test
    void returnsServiceUnavailable() {
        iam.proxy.faults().on("iam:GetRole").unavailable();

        var failure = failure(() -> iam.get("a"));

        assertThat(failure.statusCode()).isEqualTo(503);
        assertThat(failure.awsErrorDetails().errorCode()).isNull();
    }

    @Test
    void closesConnectionBeforeForwarding() {
        iam.proxy.faults().on("iam:CreateRole").closeConnection();

        assertThatThrownBy(() -> iam.create("a")).isInstanceOf(SdkClientException.class);

        assertThat(iam.roles()).isEmpty();
    }

    @Test
    void httpClientDoesNotRetryBrokenConnection() {
        iam.create("warm");
        iam.proxy.faults().on("iam:CreateRole").loseAnswer();

        assertThatThrownBy(() -> iam.create("a")).isInstanceOf(SdkClientException.class);

        assertThat(iam.proxy.calls().actionsOn("a")).containsExactly("CreateRole");
    }

    @Test
    void losesResponseAfterForwarding() {
        iam.proxy.faults().on("iam:CreateRole").loseAnswer();

        assertThatThrownBy(() -> iam.create("a")).isInstanceOf(SdkClientException.class);

        assertThat(iam.roles()).containsExactly("a");
    }

    @Test
    void delaysResponses() {
        iam.proxy.faults().on("*").delay(Duration.ofMillis(150));
        var began = Instant.now();

        iam.create("a");

        assertThat(Duration.between(began, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void holdsCallsAndCountsPeakInFlight() {
        var hold = iam.proxy.faults().on("iam:CreateRole").hold();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var held = List.of("a", "b", "c").stream()
                    .map(role -> CompletableFuture.runAsync(() -> iam.create(role), callers))
                    .toList();
            await().until(() -> hold.held() == 3);
            assertThat(iam.roles()).isEmpty();
            assertThat(iam.proxy.calls().inFlight()).isEqualTo(3);

            hold.release();

            held.forEach(CompletableFuture::join);
        }
        assertThat(iam.roles()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(iam.proxy.calls().peakInFlight()).isEqualTo(3);
        await().until(() -> iam.proxy.calls().inFlight() == 0);
    }
}
