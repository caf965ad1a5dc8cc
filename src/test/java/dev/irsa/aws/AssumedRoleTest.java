package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.fixtures.aws.ScriptedHttp;
import dev.irsa.port.CallInterceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

class AssumedRoleTest {
    private static final String ACCOUNT = "444455556666";
    private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");
    private static final String DENIED =
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>User: arn:aws:sts::111122223333:assumed-role/operator/pod"
                    + " is not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>";

    private final ScriptedHttp http = new ScriptedHttp();
    private Instant now = START;
    private Duration ahead = Duration.ZERO;

    private static String answer(String account, String key, Instant end) {
        return """
                <AssumeRoleResponse><AssumeRoleResult>
                <AssumedRoleUser><Arn>arn:aws:sts::%s:assumed-role/irsa-operator/irsa-operator.prod</Arn>
                <AssumedRoleId>AROA:irsa-operator.prod</AssumedRoleId></AssumedRoleUser>
                <Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
                <SessionToken>token</SessionToken><Expiration>%s</Expiration></Credentials>
                </AssumeRoleResult></AssumeRoleResponse>""".formatted(account, key, end);
    }

    private AssumedRole role(Optional<String> externalId) {
        return role(externalId, CallInterceptor.NONE);
    }

    private AssumedRole role(Optional<String> externalId, CallInterceptor interceptor) {
        StsClient sts = StsClient.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClient(http)
                .build();
        return new AssumedRole(
                sts,
                interceptor,
                new AssumedRole.Target(
                        ACCOUNT, "arn:aws:iam::444455556666:role/irsa-operator", externalId, "irsa-operator.prod"),
                () -> now,
                () -> now.plus(ahead));
    }

    private static String key(AssumedRole role) {
        return role.resolveCredentials().accessKeyId();
    }

    private static Failure failure(AssumedRole role) {
        try {
            role.confirm();
        } catch (FailureException e) {
            return e.failure();
        }
        throw new AssertionError("there are credentials");
    }

    @Test
    void assumesTheRoleOnceAnHourWithTheExternalId() {
        http.then(200, answer(ACCOUNT, "FIRST", START.plus(Duration.ofHours(1))))
                .then(200, answer(ACCOUNT, "SECOND", START.plus(Duration.ofHours(2))));
        AssumedRole role = role(Optional.of("production-eu"));

        assertThat(key(role)).isEqualTo("FIRST");
        now = START.plus(Duration.ofMinutes(49));
        assertThat(key(role)).isEqualTo("FIRST");
        assertThat(http.requests()).isOne();
        assertThat(http.bodies().getFirst())
                .contains(
                        "Action=AssumeRole",
                        "RoleArn=arn%3Aaws%3Aiam%3A%3A444455556666%3Arole%2Firsa-operator",
                        "RoleSessionName=irsa-operator.prod",
                        "DurationSeconds=3600",
                        "ExternalId=production-eu");

        now = START.plus(Duration.ofMinutes(51));
        assertThat(key(role)).isEqualTo("SECOND");
        assertThat(http.requests()).isEqualTo(2);
    }

    @Test
    void usesNoCredentialsOfAnotherAccount() {
        http.then(200, answer("777788889999", "FOREIGN", START.plus(Duration.ofHours(1))));
        AssumedRole role = role(Optional.empty());

        assertThat(failure(role).reason()).isEqualTo(Reason.AccountMismatch);
        assertThat(failure(role).message()).contains("are of account 777788889999 instead of 444455556666");
        assertThat(http.bodies().getFirst()).doesNotContain("ExternalId");
    }

    @Test
    void listsWhatMayBeWrongWithARefusedRoleAndAsksStsNoMoreForAWhile() {
        http.then(403, DENIED).then(200, answer(ACCOUNT, "LATER", START.plus(Duration.ofHours(1))));
        AssumedRole role = role(Optional.of("production-eu"));

        assertThat(failure(role).reason()).isEqualTo(Reason.CredentialsUnavailable);
        assertThat(failure(role).message())
                .contains(
                        "whether it exists",
                        "trust policy",
                        "external ID",
                        "sts:AssumeRole",
                        "sts:TagSession",
                        "no SCP or RCP");
        assertThat(http.requests()).isOne();

        now = START.plus(Duration.ofSeconds(10));
        assertThat(key(role)).isEqualTo("LATER");
    }

    @Test
    void asksStsNoMoreForAWhileAfterASlowFailure() {
        http.then(403, DENIED);
        CallInterceptor slow = new CallInterceptor() {
            @Override
            public <T> T intercept(ExternalCall call, Supplier<T> work) {
                now = now.plusSeconds(40);
                return work.get();
            }
        };
        AssumedRole role = role(Optional.empty(), slow);

        assertThat(failure(role).reason()).isEqualTo(Reason.CredentialsUnavailable);
        assertThat(failure(role).reason()).isEqualTo(Reason.CredentialsUnavailable);
        assertThat(http.requests()).isOne();
    }

    @Test
    void keepsTheCredentialsUntilTheirEndIfTheyCannotBeRenewed() {
        http.then(200, answer(ACCOUNT, "FIRST", START.plus(Duration.ofHours(1))))
                .then(403, DENIED);
        AssumedRole role = role(Optional.empty());
        role.confirm();

        now = START.plus(Duration.ofMinutes(55));
        assertThat(key(role)).isEqualTo("FIRST");
        now = START.plus(Duration.ofMinutes(60));
        assertThat(failure(role).reason()).isEqualTo(Reason.CredentialsUnavailable);
    }

    @Test
    void retriesInTimeIfTheClockOfTheNodeIsSetBack() {
        http.then(403, DENIED).then(200, answer(ACCOUNT, "LATER", START.plus(Duration.ofHours(1))));
        AssumedRole role = role(Optional.empty());
        ahead = Duration.ofHours(5);
        assertThat(failure(role).reason()).isEqualTo(Reason.CredentialsUnavailable);

        ahead = Duration.ZERO;
        now = START.plus(Duration.ofSeconds(10));

        assertThat(key(role)).isEqualTo("LATER");
    }

    @Test
    void keepsASessionThatHasExpiredByTheClockOfTheNode() {
        http.then(200, answer(ACCOUNT, "FIRST", START.plus(Duration.ofHours(1))));
        AssumedRole role = role(Optional.empty());
        ahead = Duration.ofHours(2);

        assertThat(key(role)).isEqualTo("FIRST");
        assertThat(key(role)).isEqualTo("FIRST");
    }

    /** The monotonic clock stands still while the machine is suspended. */
    @Test
    void renewsASessionThatEndedWhileTheMachineWasSuspended() {
        http.then(200, answer(ACCOUNT, "FIRST", START.plus(Duration.ofHours(1))))
                .then(200, answer(ACCOUNT, "SECOND", START.plus(Duration.ofHours(3))));
        AssumedRole role = role(Optional.empty());
        role.confirm();

        ahead = Duration.ofHours(2);

        assertThat(key(role)).isEqualTo("SECOND");
    }

    @Test
    void renewsTheSessionInTimeIfTheClockOfTheNodeIsSetBack() {
        http.then(200, answer(ACCOUNT, "FIRST", START.plus(Duration.ofHours(1))))
                .then(200, answer(ACCOUNT, "SECOND", START.plus(Duration.ofHours(2))));
        AssumedRole role = role(Optional.empty());
        role.confirm();

        ahead = Duration.ofHours(-3);
        now = START.plus(Duration.ofMinutes(51));

        assertThat(key(role)).isEqualTo("SECOND");
    }

    private AssumedRole withSessionToRenew(HeldRenewal renewal) {
        http.then(200, answer(ACCOUNT, "FIRST", START.plus(Duration.ofHours(1))))
                .then(200, answer(ACCOUNT, "SECOND", START.plus(Duration.ofHours(2))));
        AssumedRole role = role(Optional.empty(), renewal);
        role.confirm();
        now = START.plus(Duration.ofMinutes(51));
        return role;
    }

    @Test
    void usesTheValidSessionWhileAnotherThreadRenewsIt() throws Exception {
        HeldRenewal renewal = new HeldRenewal();
        AssumedRole role = withSessionToRenew(renewal);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> renewed = threads.submit(() -> key(role));
            renewal.begun.await();
            Future<String> other = threads.submit(() -> key(role));
            try {
                await().until(other::isDone);
            } finally {
                renewal.goOn.countDown();
            }
            assertThat(other.get()).isEqualTo("FIRST");
            assertThat(renewed.get()).isEqualTo("SECOND");
        }
        assertThat(http.requests()).isEqualTo(2);
    }

    @Test
    void aCallWhoseSessionIsRejectedDoesNotWaitForARenewal() throws Exception {
        HeldRenewal renewal = new HeldRenewal();
        AssumedRole role = withSessionToRenew(renewal);

        ScriptedHttp rejecting = new ScriptedHttp().then(403, rejected("InvalidClientTokenId"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                IamClient client = iam(role, rejecting)) {
            Future<String> renewed = threads.submit(() -> key(role));
            renewal.begun.await();
            Future<Reason> call = threads.submit(() -> reasonOfCall(client, role));
            try {
                await().until(call::isDone);
            } finally {
                renewal.goOn.countDown();
            }
            assertThat(call.get()).isEqualTo(Reason.CredentialsUnavailable);
            assertThat(renewed.get()).isEqualTo("SECOND");
        }
    }

    /** Passes the first call, and holds later ones until they may go on. */
    private final class HeldRenewal implements CallInterceptor {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public <T> T intercept(ExternalCall call, Supplier<T> work) {
            if (now.isAfter(START)) {
                begun.countDown();
                waitFor(goOn);
            }
            return work.get();
        }

        private static void waitFor(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The SDK asks for credentials in the middle of a call. */
    @Test
    void aCallReportsWhyThereAreNoCredentials() {
        http.then(403, DENIED);
        ScriptedHttp iam = new ScriptedHttp().then(200, "<GetRoleResponse/>");
        try (IamClient client = iam(role(Optional.empty()), iam)) {
            IamRoles roles = new IamRoles(client, CallInterceptor.NONE);

            assertThatThrownBy(() -> roles.role("a").map(ObservedRole::name))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().reason()).isEqualTo(Reason.CredentialsUnavailable));
            assertThat(iam.requests()).isZero();
        }
    }

    private static String rejected(String code) {
        return "<ErrorResponse><Error><Code>" + code + "</Code><Message>no</Message></Error></ErrorResponse>";
    }

    private static IamClient iam(AssumedRole role, ScriptedHttp iam) {
        return IamClient.builder()
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(role)
                .httpClient(iam)
                .build();
    }

    private static Reason reasonOfCall(IamClient client, AssumedRole role) {
        try {
            new IamRoles(client, role.droppingRejectedSessions()).role("a");
        } catch (FailureException e) {
            return e.failure().reason();
        }
        throw new AssertionError("the call succeeded");
    }

    /** Sessions of a role that was deleted and created again are invalid. */
    @Test
    void assumesTheRoleAgainAfterAPauseIfIamRejectsTheSession() {
        http.then(200, answer(ACCOUNT, "FIRST", START.plus(Duration.ofHours(1))))
                .then(200, answer(ACCOUNT, "SECOND", START.plus(Duration.ofHours(1))))
                .then(200, answer(ACCOUNT, "THIRD", START.plus(Duration.ofHours(1))));
        AssumedRole role = role(Optional.empty());
        role.confirm();
        ScriptedHttp rejecting = new ScriptedHttp().then(403, rejected("InvalidClientTokenId"));
        try (IamClient client = iam(role, rejecting)) {
            assertThat(reasonOfCall(client, role)).isEqualTo(Reason.CredentialsUnavailable);
            assertThat(failure(role).reason())
                    .as("the IamAccount is not Ready meanwhile")
                    .isEqualTo(Reason.CredentialsUnavailable);
            now = now.plus(Duration.ofSeconds(9));
            assertThat(reasonOfCall(client, role)).isEqualTo(Reason.CredentialsUnavailable);
            assertThat(http.requests()).isOne();
            assertThat(rejecting.requests()).as("the session is not used again").isOne();

            now = now.plus(Duration.ofSeconds(1));
            assertThat(key(role)).isEqualTo("SECOND");
            assertThat(reasonOfCall(client, role)).isEqualTo(Reason.CredentialsUnavailable);
            assertThat(failure(role).reason()).isEqualTo(Reason.CredentialsUnavailable);
            assertThat(http.requests()).as("once for each pause").isEqualTo(2);

            now = now.plus(Duration.ofSeconds(10));
            assertThat(key(role)).isEqualTo("THIRD");
        }
    }

    @Test
    void keepsTheSessionAfterOtherFailuresOfACall() {
        http.then(200, answer(ACCOUNT, "FIRST", START.plus(Duration.ofHours(1))));
        AssumedRole role = role(Optional.empty());
        role.confirm();
        try (IamClient client = iam(role, new ScriptedHttp().then(403, rejected("AccessDenied")))) {
            assertThat(reasonOfCall(client, role)).isEqualTo(Reason.AccessDenied);
        }
        assertThat(key(role)).isEqualTo("FIRST");
    }

    @Test
    void keepsTheSessionThatReplacedARejectedOne() {
        http.then(200, answer(ACCOUNT, "FIRST", START.plus(Duration.ofHours(1))))
                .then(200, answer(ACCOUNT, "SECOND", START.plus(Duration.ofHours(2))));
        AssumedRole role = role(Optional.empty());
        role.confirm();
        FailureException late = new FailureException(new Failure.Passing(Reason.CredentialsUnavailable, "rejected"));

        assertThatThrownBy(() -> role.droppingRejectedSessions()
                        .intercept(new CallInterceptor.ExternalCall("iam:GetRole", "a"), () -> {
                            now = START.plus(Duration.ofMinutes(51));
                            role.confirm();
                            throw late;
                        }))
                .isSameAs(late);
        assertThat(key(role)).isEqualTo("SECOND");
        assertThat(http.requests()).isEqualTo(2);
    }
}
