package dev.irsa.integration.e2e;

import dev.irsa.fixtures.process.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator exchanges its web identity token for credentials of STS, as in a pod. They expire soon. */
@Tag("soak")
class ExpiringCredentialsIT extends EnvironmentTestBase {
    private static final String ASSUME = "sts:AssumeRoleWithWebIdentity";

    /** The SDK refreshes credentials a minute before they expire. */
    private static final int LIFETIME_SECONDS = 65;

    private static final Duration OUTAGE = Duration.ofSeconds(5);

    @Test
    void refreshesCredentialsBeforeExpiryAndRecoversFromStsOutage(@TempDir Path mount) throws IOException {
        shortenCredentialLifetime();
        Path token = Files.writeString(mount.resolve("token"), "a.web.identity");
        var launch = env.launch()
                .withoutEnvironment("AWS_ACCESS_KEY_ID")
                .withoutEnvironment("AWS_SECRET_ACCESS_KEY")
                .withEnvironment("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/irsa-operator")
                .withEnvironment("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
        try (OperatorProcess operator = launch.startReady();
                LivenessProbe livez = LivenessProbe.of(operator)) {
            ResourcesInEveryState states = ResourcesInEveryState.of(env, 1);
            long refreshesBefore = env.proxy().calls().count(ASSUME);
            TestEnvironment.await().until(() -> hasRefreshedCredentials(refreshesBefore));

            env.proxy().faults().on(ASSUME).fail(403, "AccessDenied", "Not authorized to assume the role");
            // A resource that is retried reports it.
            TestEnvironment.await().until(() -> states.anyHasReason("CredentialsUnavailable"));
            states.changeResources();
            livez.awaitHealthyFor(OUTAGE, states::assertNothingReportedDone);

            env.proxy().clear();
            shortenCredentialLifetime();
            states.awaitRecovery("STS issues no new credentials");
            livez.assertAlwaysHealthy();
            states.assertDesiredState();
            states.delete();
            OperatorLog.assertNoStackTrace(operator.log());
        }
    }

    private boolean hasRefreshedCredentials(long before) {
        AppliedResource.smallest(env, "worker").awaitReady().delete().awaitGone();
        return env.proxy().calls().count(ASSUME) > before + 1;
    }

    private void shortenCredentialLifetime() {
        env.proxy()
                .faults()
                .on(ASSUME)
                .rewrite(body -> body.replaceFirst(
                        "<Expiration>[^<]*",
                        "<Expiration>"
                                + Instant.now().plusSeconds(LIFETIME_SECONDS).truncatedTo(ChronoUnit.SECONDS)));
    }
}
