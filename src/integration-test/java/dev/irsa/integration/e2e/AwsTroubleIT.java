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

/** AWS is in trouble while there are resources in all states: nothing is lost meanwhile, and all is well afterwards. */
class AwsTroubleIT extends OperatorTestBase {
    private static final String ANOTHER_ANSWER =
            "<ListUsersResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListUsersResult>"
                    + "<IsTruncated>false</IsTruncated><Users/></ListUsersResult><ResponseMetadata>"
                    + "<RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata>"
                    + "</ListUsersResponse>";

    /** AWS does nothing of what it is asked to. */
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
                new AwsOutage("AWS is down", 4, Duration.ofSeconds(15), FaultyCalls::cut),
                new AwsOutage(
                        "AWS says that the credentials have expired",
                        1,
                        Duration.ofSeconds(5),
                        calls -> calls.fail(403, "ExpiredToken", "The security token has expired")),
                AwsOutage.garbage("AWS answers 200 with the answer to another action", "text/xml", ANOTHER_ANSWER));
    }

    static Stream<AwsOutage> moreOutages() {
        return Stream.of(
                AwsOutage.garbage(
                        "AWS answers 200 with the page of a captive portal",
                        "text/html",
                        "<!DOCTYPE html><html><head><title>Welcome</title></head><body><p>Please log in<br></body></html>"),
                AwsOutage.garbage("AWS answers 200 with nothing", "text/xml", ""),
                new AwsOutage("AWS is down for 5 minutes", 29, Duration.ofMinutes(5), FaultyCalls::cut));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void allRecoverFrom(AwsOutage outage) {
        recoverFrom(outage);
    }

    @Tag("soak")
    @ParameterizedTest
    @MethodSource("moreOutages")
    void allRecoverFromMore(AwsOutage outage) {
        recoverFrom(outage);
    }

    private void recoverFrom(AwsOutage outage) {
        ResourcesInEveryState states = ResourcesInEveryState.of(world, outage.ofEach());
        try (LivenessProbe livez = LivenessProbe.of(operator)) {
            outage.fault().accept(world.proxy().faults().on("*"));
            states.work();
            livez.awaitGoodFor(outage.lasts(), states::assertNothingIsTakenForDone);

            world.proxy().clear();
            states.recoverFrom(outage.name());
            livez.assertAllGood();
        }
        states.assertAllIsAsAskedFor();
        states.delete();
    }

    /** What AWS says to these holds nothing but that it was done: everything that can be read could be taken for it. */
    @Test
    void aWriteIsNotTakenForDoneBecauseSomebodyAnswers200() {
        AppliedResource changed = AppliedResource.smallest(world, "changed").awaitReady();
        AppliedResource deleted = AppliedResource.smallest(world, "deleted").awaitReady();
        world.proxy().faults().on("iam:AttachRolePolicy").answer("text/xml", ANOTHER_ANSWER);
        world.proxy().faults().on("iam:DeleteRole").answer("text/xml", ANOTHER_ANSWER);

        changed.spec("{policies: {managed: [AmazonSQSFullAccess]}}");
        deleted.delete();

        assertThat(changed.awaitReason("AwsUnavailable")).contains("AttachRolePolicy");
        assertThat(deleted.awaitReason("DeletionBlocked")).contains("AwsUnavailable", "DeleteRole");
        world.proxy().clear();
        changed.awaitReady();
        assertThat(world.attached(changed.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");
        deleted.awaitGone();
        assertThat(world.roleExists(deleted.role())).isFalse();
        changed.delete().awaitGone();
    }

    @Test
    void anAnswerThatEndsInTheMiddleIsLookedAfter() {
        AtomicInteger halves = new AtomicInteger();
        workThrough(
                "9 answers of AWS end in the middle",
                1,
                calls -> calls.times(9).rewrite(body -> {
                    halves.incrementAndGet();
                    return body.substring(0, body.length() / 2);
                }));
        assertThat(halves).hasValue(9);
    }

    @Test
    void allIsDoneWhereAwsTakesFiveCallsASecond() {
        List<TokenBucket> limits = new ArrayList<>();
        workThrough("AWS takes 5 calls a second", 4, calls -> limits.add(calls.limit(5, 5)));
        TokenBucket aws = limits.getFirst();
        System.out.printf("outage: AWS takes 5 calls a second: %d taken, %d refused%n", aws.passed(), aws.refused());
        assertThat(aws.refused()).isPositive();
    }

    @Tag("soak")
    @Test
    void allIsDoneWhereAwsTakesTenSecondsForAnAnswer() {
        workThrough("AWS takes 10 seconds for an answer", 1, calls -> calls.delay(Duration.ofSeconds(10)));
    }

    /** AWS does what it is asked to, but not well, and does not get better. */
    private void workThrough(String trouble, int ofEach, Consumer<FaultyCalls> fault) {
        ResourcesInEveryState states = ResourcesInEveryState.of(world, ofEach);
        try (LivenessProbe livez = LivenessProbe.of(operator)) {
            fault.accept(world.proxy().faults().on("*"));
            states.work();
            states.recoverFrom(trouble);
            livez.assertAllGood();
        }
        world.proxy().clear();
        states.assertAllIsAsAskedFor();
        states.delete();
    }
}
