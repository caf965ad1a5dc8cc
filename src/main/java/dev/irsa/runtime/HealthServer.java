package dev.irsa.runtime;

import dev.irsa.health.HealthEndpoints;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Starts the health endpoints of a program. */
public final class HealthServer {
    private HealthServer() {}

    /**
     * Starts them.
     *
     * @param port of {@code --http-port}
     * @param alive returns why the program should be restarted; empty if it is alive
     * @param ready returns why it is not ready; empty if it is
     * @param metrics returns the metrics in the Prometheus text format
     */
    public static HealthEndpoints start(
            int port, Supplier<Optional<String>> alive, Supplier<Optional<String>> ready, Supplier<String> metrics)
            throws StartFailure {
        try {
            return new HealthEndpoints(port, alive, ready, metrics);
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.ENVIRONMENT,
                    "--http-port=" + port + ": cannot listen on this port: " + e.getMessage()
                            + "; choose another port");
        }
    }
}
