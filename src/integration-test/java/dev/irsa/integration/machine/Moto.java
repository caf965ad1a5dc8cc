package dev.irsa.integration.machine;

import dev.irsa.fixtures.process.Processes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The moto server, which simulates IAM, STS and EKS on one port and accepts any credentials. */
public final class Moto implements Emulator {
    private final Processes.Running server;
    private final URI endpoint;
    private final HttpClient http = HttpClient.newHttpClient();

    private Moto(Processes.Running server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /** Starts moto and returns when it answers. Its output goes to {@code target/machine/moto.log}. */
    public static Moto start() {
        var port = Processes.freePort();
        var endpoint = URI.create("http://127.0.0.1:" + port);
        var server = Processes.start(
                "moto",
                List.of(
                        TestMachine.motoBin().resolve("moto_server").toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port)),
                // Loads the AWS managed policies, so that they can be attached.
                Map.of("MOTO_IAM_LOAD_MANAGED_POLICIES", "true"),
                Path.of("target", "machine", "moto.log"));
        var moto = new Moto(server, endpoint);
        try {
            moto.awaitAnswer();
            return moto;
        } catch (RuntimeException e) {
            moto.close();
            throw e;
        }
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    /** Resets moto to its state after the start. Takes three seconds, because moto reads the managed policies again. */
    public void reset() {
        var status = status(
                HttpRequest.newBuilder(endpoint.resolve("/moto-api/reset")).POST(HttpRequest.BodyPublishers.noBody()));
        if (status != 200) {
            throw new IllegalStateException("moto's reset answered " + status + "; see " + server.log());
        }
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }

    private void awaitAnswer() {
        Awaitility.await("moto answers")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    server.assertAlive();
                    return status(HttpRequest.newBuilder(endpoint.resolve("/moto-api/data.json"))) == 200;
                });
    }

    /** Returns the status of the answer, or 0 without one. */
    private int status(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
