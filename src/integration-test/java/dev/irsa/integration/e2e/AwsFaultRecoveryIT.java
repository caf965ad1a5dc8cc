package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.FaultyCalls;
import dev.irsa.integration.machine.TokenBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * AWS fails while resources are in all states. The operator loses nothing during the outage and recovers afterwards.
 */
class AwsFaultRecoveryIT extends OperatorTestBase {
    private static final String UNRELATED_RESPONSE =
            "<ListUsersResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListUsersResult>"
                    + "<IsTruncated>false</IsTruncated><Users/></ListUsersResult><ResponseMetadata>"
                    + "<RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata>"
                    + "</ListUsersResponse>";

    /** An outage in which AWS executes no call. */
    record AwsOutage(String name, int ofEach, Duration lasts, Consumer<FaultyCalls> fault) {
        static AwsOutage garbage(String name, String type, String body) {
            return new AwsOutage(name, 1, Duration.ofSeconds(5), calls -> calls.answer(type, body));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<AwsOutage> outages() {
        return Stream.of(
                new AwsOutage("AWS is down", 4, Duration.ofSeconds(15), FaultyCalls::closeConnection),
                new AwsOutage(
                        "AWS rejects expired credentials",
                        1,
                        Duration.ofSeconds(5),
                        calls -> calls.fail(403, "ExpiredToken", "The security token has expired")),
                AwsOutage.garbage(
                        "AWS returns 200 with the response of another action", "text/xml", UNRELATED_RESPONSE));
    }

    static Stream<AwsOutage> moreOutages() {
        return Stream.of(
                AwsOutage.garbage(
                        "AWS returns 200 with the page of a captive portal",
                        "text/html",
                        "<!DOCTYPE html><html><head><title>Welcome</title></head><body><p>Please log in<br></body></html>"),
                AwsOutage.garbage("AWS returns 200 with an empty body", "text/xml", ""),
                new AwsOutage("AWS is down for 5 minutes", 29, Duration.ofMinutes(5), FaultyCalls::closeConnection));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void recoversFromOutage(AwsOutage outage) {
        assertRecoversFrom(outage);
    }

    @Tag("soak")
    @ParameterizedTest
    @MethodSource("moreOutages")
    void recoversFromLongOutage(AwsOutage outage) {
        assertRecoversFrom(outage);
    }

    private void assertRecoversFrom(AwsOutage outage) {
        ResourcesInEveryState states = ResourcesInEveryState.of(env, outage.ofEach());
        try (LivenessProbe livez = LivenessProbe.of(operator)) {
            outage.fault().accept(env.proxy().faults().on("*"));
            states.changeResources();
            livez.awaitHealthyFor(outage.lasts(), states::assertNothingReportedDone);

            env.proxy().clear();
            states.awaitRecovery(outage.name());
            livez.assertAlwaysHealthy();
        }
        states.assertDesiredState();
        states.delete();
    }

    /** Responses to these writes contain no data, so any parsable response could be mistaken for success. */
    @Test
    void doesNotAcceptUnrelatedResponseAsSuccess() {
        AppliedResource changed = AppliedResource.smallest(env, "changed").awaitReady();
        AppliedResource deleted = AppliedResource.smallest(env, "deleted").awaitReady();
        env.proxy().faults().on("iam:AttachRolePolicy").answer("text/xml", UNRELATED_RESPONSE);
        env.proxy().faults().on("iam:DeleteRole").answer("text/xml", UNRELATED_RESPONSE);

        changed.spec("{policies: {managed: [AmazonSQSFullAccess]}}");
        deleted.delete();

        assertThat(changed.awaitReason("AwsUnavailable")).contains("AttachRolePolicy");
        assertThat(deleted.awaitReason("DeletionBlocked")).contains("AwsUnavailable", "DeleteRole");
        env.proxy().clear();
        changed.awaitReady();
        assertThat(env.attached(changed.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");
        deleted.awaitGone();
        assertThat(env.roleExists(deleted.role())).isFalse();
        changed.delete().awaitGone();
    }

    @Test
    void recoversFromTruncatedResponses() {
        AtomicInteger truncated = new AtomicInteger();
        assertCompletesDuring(
                "AWS truncates 9 responses",
                1,
                calls -> calls.times(9).rewrite(body -> {
                    truncated.incrementAndGet();
                    return body.substring(0, body.length() / 2);
                }));
        assertThat(truncated).hasValue(9);
    }

    @Test
    void completesAtFiveCallsPerSecond() {
        List<TokenBucket> limits = new ArrayList<>();
        assertCompletesDuring("AWS accepts 5 calls per second", 4, calls -> limits.add(calls.limit(5, 5)));
        TokenBucket aws = limits.getFirst();
        System.out.printf(
                "outage: AWS accepts 5 calls per second: %d accepted, %d throttled%n", aws.passed(), aws.refused());
        assertThat(aws.refused()).isPositive();
    }

    @Tag("soak")
    @Test
    void completesWithResponsesAfterTenSeconds() {
        assertCompletesDuring("AWS responds after 10 seconds", 1, calls -> calls.delay(Duration.ofSeconds(10)));
    }

    /** AWS executes all calls, but with a fault that lasts until the end. */
    private void assertCompletesDuring(String trouble, int ofEach, Consumer<FaultyCalls> fault) {
        ResourcesInEveryState states = ResourcesInEveryState.of(env, ofEach);
        try (LivenessProbe livez = LivenessProbe.of(operator)) {
            fault.accept(env.proxy().faults().on("*"));
            states.changeResources();
            states.awaitRecovery(trouble);
            livez.assertAlwaysHealthy();
        }
        env.proxy().clear();
        states.assertDesiredState();
        states.delete();
    }
}
