package dev.irsa.integration.e2e;

import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The operator's own credentials come from STS for its web identity token, as in a pod, and are soon over. */
@Tag("soak")
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpiringCredentialsIT {
    private static final String ASSUME = "sts:AssumeRoleWithWebIdentity";

    /** The SDK asks for new ones a minute before the old ones end. */
    private static final int SECONDS = 65;

    private static final Duration OUTAGE = Duration.ofSeconds(5);

    private World world;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @Test
    void newOnesAreFetchedInTimeAndWaitedForWhileStsIsAway(@TempDir Path mount) throws IOException {
        endSoon();
        Path token = Files.writeString(mount.resolve("token"), "a.web.identity");
        var launch = world.launch()
                .withoutEnvironment("AWS_ACCESS_KEY_ID")
                .withoutEnvironment("AWS_SECRET_ACCESS_KEY")
                .withEnvironment("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/irsa-operator")
                .withEnvironment("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
        try (OperatorProcess operator = launch.startReady();
                LivenessProbe livez = LivenessProbe.of(operator)) {
            ResourcesInEveryState states = ResourcesInEveryState.of(world, 1);
            long fetched = world.proxy().calls().count(ASSUME);
            World.await().until(() -> hasWorkedWithNewOnes(fetched));

            world.proxy().faults().on(ASSUME).fail(403, "AccessDenied", "Not authorized to assume the role");
            // As one that is tried again from time to time says it.
            World.await().until(() -> states.anySays("CredentialsUnavailable"));
            states.work();
            livez.awaitGoodFor(OUTAGE, states::assertNothingIsTakenForDone);

            world.proxy().clear();
            endSoon();
            states.recoverFrom("STS gives no new credentials");
            livez.assertAllGood();
            states.assertAllIsAsAskedFor();
            states.delete();
            Log.assertNoStackTrace(operator.log());
        }
    }

    private boolean hasWorkedWithNewOnes(long before) {
        AppliedResource.smallest(world, "worker").awaitReady().delete().awaitGone();
        return world.proxy().calls().count(ASSUME) > before + 1;
    }

    private void endSoon() {
        world.proxy()
                .faults()
                .on(ASSUME)
                .rewrite(body -> body.replaceFirst(
                        "<Expiration>[^<]*",
                        "<Expiration>" + Instant.now().plusSeconds(SECONDS).truncatedTo(ChronoUnit.SECONDS)));
    }
}
