package dev.irsa.integration.machine;

import dev.irsa.fixtures.process.Processes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The ministack server, which simulates IAM, STS and EKS on one port. Unless asked, it accepts any credentials. */
public final class Ministack implements Emulator {
    private final Processes.Running server;
    private final URI endpoint;

    private Ministack(Processes.Running server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /** Starts ministack with the account of moto and returns when it answers. Its output goes to {@code target/machine/ministack.log}. */
    public static Ministack start() {
        return start(false);
    }

    /**
     * Starts ministack so that it checks signatures, policies and trust policies. An access key of 12 digits, with the secret key
     * {@code test}, is that of the root user of this account.
     */
    public static Ministack startWithAuthentication() {
        return start(true);
    }

    private static Ministack start(boolean authenticates) {
        var port = Integer.toString(Processes.freePort());
        var server = Processes.start(
                "ministack",
                List.of(TestMachine.ministackBin().resolve("ministack").toString()),
                Map.of(
                        "GATEWAY_PORT",
                        port,
                        "BIND_HOST",
                        "127.0.0.1",
                        "MINISTACK_ACCOUNT_ID",
                        "123456789012",
                        "AUTH",
                        Boolean.toString(authenticates)),
                Path.of("target", "machine", "ministack.log"));
        var ministack = new Ministack(server, URI.create("http://127.0.0.1:" + port));
        try {
            ministack.awaitAnswer();
            return ministack;
        } catch (RuntimeException e) {
            ministack.close();
            throw e;
        }
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        server.close();
    }

    private void awaitAnswer() {
        Awaitility.await("ministack answers")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    server.assertAlive();
                    return isHealthy();
                });
    }

    private boolean isHealthy() {
        try {
            var connection = (HttpURLConnection)
                    endpoint.resolve("/_ministack/health").toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
