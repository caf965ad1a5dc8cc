package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.config.GivenFlags;
import dev.irsa.config.InvalidConfiguration;
import dev.irsa.config.OperatorConfig;
import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class StartupChecksTest {
    private static final String OTHER = "https://oidc.eks.eu-west-1.amazonaws.com/id/OTHER";

    private static final CallerIdentity CALLER =
            CallerIdentity.of("arn:aws:sts::111122223333:assumed-role/irsa-operator/pod-1");

    private final MockApiServer server = MockApiServer.start();
    private final List<CallerIdentity> found = new ArrayList<>();

    @AfterEach
    void stop() {
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
        AtomicInteger refusals = refuseDocument(503, Integer.MAX_VALUE);

        StartFailure failure = failure("1s");

        // The client itself would send each of these requests ten times more.
        assertThat(refusals).hasValueBetween(1, 4);
        assertThat(failure.problem()).contains("the issuer of the cluster's tokens cannot be read", "--start-timeout");
        assertThat(failure.exitCode()).isEqualTo(StartFailure.ENVIRONMENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void trustsTheFlagIfTheDocumentIsNotShown(int code) throws Exception {
        refuseDocument(code, Integer.MAX_VALUE);

        assertThat(identity(config("1s", "--oidc-issuer=" + OTHER)).get().issuer())
                .isEqualTo(new Issuer(OTHER));
    }

    @Test
    void requiresTheFlagIfTheDocumentIsNotShown() throws Exception {
        refuseDocument(403, Integer.MAX_VALUE);
        OperatorConfig config = config("1s");

        StartFailure failure = catchThrowableOfType(StartFailure.class, () -> identity(config));

        assertThat(failure.problem()).contains("set --oidc-issuer");
        assertThat(failure.exitCode()).isEqualTo(StartFailure.ENVIRONMENT);
        assertThat(found).isEmpty();
    }

    @Test
    void reportsTheCallerWithTheIdentity() throws Exception {
        Supplier<ClusterIdentity> identity = identity(config("1s"));
        assertThat(found).isEmpty();

        assertThat(identity.get().account()).isEqualTo(CALLER.account());

        assertThat(found).containsExactly(CALLER);
    }

    private AtomicInteger refuseDocument(int code, int times) {
        AtomicInteger asked = new AtomicInteger();
        server.intercept(request -> request.path().contains("openid-configuration") && asked.incrementAndGet() <= times
                ? ApiFault.refused(code, "Reason", "words of the server")
                : ApiFault.none());
        return asked;
    }

    private StartFailure failure(String timeout) {
        return catchThrowableOfType(StartFailure.class, () -> identity(config(timeout, "--oidc-issuer=" + OTHER)));
    }

    private Supplier<ClusterIdentity> identity(OperatorConfig config) throws StartFailure, InterruptedException {
        return StartupChecks.identity(config, server.client(), Optional.of("eu-west-1"), () -> CALLER, found::add);
    }

    private static OperatorConfig config(String timeout, String... flags) throws InvalidConfiguration {
        GivenFlags options = OperatorConfig.flags();
        List<String> all = new ArrayList<>(List.of("--cluster-name=prod", "--start-timeout=" + timeout));
        all.addAll(List.of(flags));
        new CommandLine(options).parseArgs(all.toArray(String[]::new));
        return OperatorConfig.of(options, true, Optional.empty());
    }
}
