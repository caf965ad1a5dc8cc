package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.aws.AccountDiscovery;
import dev.irsa.aws.AwsClients;
import dev.irsa.config.InvalidConfiguration;
import dev.irsa.config.OperatorConfig;
import dev.irsa.config.RunOptions;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.port.CallInterceptor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import software.amazon.awssdk.regions.Region;

class StartupChecksTest {
    private static final String OTHER = "https://oidc.eks.eu-west-1.amazonaws.com/id/OTHER";

    private final MockApiServer server = MockApiServer.start();
    private final AwsClients aws = AwsClients.inRegion(Region.EU_WEST_1, () -> {});

    @AfterEach
    void stop() {
        aws.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void lateDiscoveryDocumentRevealsWrongIssuer(int code) {
        AtomicInteger refusals = refuseDocument(code, 1);

        StartFailure failure = failure("30s");

        assertThat(refusals).hasValueGreaterThan(1);
        assertThat(failure.problem()).contains(OTHER, "is not the issuer of this cluster's tokens");
        assertThat(failure.exitCode()).isEqualTo(StartFailure.ENVIRONMENT);
    }

    @Test
    void failsWithoutDiscoveryDocument() {
        refuseDocument(503, Integer.MAX_VALUE);

        StartFailure failure = failure("1s");

        assertThat(failure.problem()).contains("the issuer of the cluster's tokens cannot be read", "--start-timeout");
        assertThat(failure.exitCode()).isEqualTo(StartFailure.ENVIRONMENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void readsIssuerFromEksIfDiscoveryIsForbidden(int code) throws Exception {
        refuseDocument(code, Integer.MAX_VALUE);

        assertThat(StartupChecks.identity(config("1s"), server.client(), accounts()))
                .isNotNull();
    }

    private AtomicInteger refuseDocument(int code, int times) {
        AtomicInteger asked = new AtomicInteger();
        server.intercept(request -> request.path().contains("openid-configuration") && asked.incrementAndGet() <= times
                ? ApiFault.refused(code, "Reason", "words of the server")
                : ApiFault.none());
        return asked;
    }

    private StartFailure failure(String timeout) {
        return catchThrowableOfType(
                StartFailure.class, () -> StartupChecks.identity(config(timeout), server.client(), accounts()));
    }

    private AccountDiscovery accounts() {
        return new AccountDiscovery(aws.sts(), aws.eks(), CallInterceptor.NONE);
    }

    private static OperatorConfig config(String timeout) throws InvalidConfiguration {
        RunOptions options = new RunOptions();
        new CommandLine(options)
                .parseArgs("--cluster-name=prod", "--oidc-issuer=" + OTHER, "--start-timeout=" + timeout);
        return OperatorConfig.of(options, true, Optional.empty());
    }
}
