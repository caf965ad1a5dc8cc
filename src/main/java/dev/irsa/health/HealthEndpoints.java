package dev.irsa.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /livez} and {@code /readyz} (200 and "ok", or 503 and the problem), and {@code /metrics}. */
public final class HealthEndpoints implements AutoCloseable {
    private final HttpServer server;

    /**
     * Listens on a port; 0 selects any free port.
     *
     * @param alive returns why the process must be restarted; empty if it is healthy
     * @param ready returns why the operator is not ready; empty if it is ready
     * @param metrics returns the metrics in the Prometheus text format
     * @throws IOException if the port is not available
     */
    public HealthEndpoints(
            int port, Supplier<Optional<String>> alive, Supplier<Optional<String>> ready, Supplier<String> metrics)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/livez", exchange -> respond(exchange, alive.get()));
        server.createContext("/readyz", exchange -> respond(exchange, ready.get()));
        server.createContext(
                "/metrics",
                exchange -> respond(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
        server.start();
    }

    /** Returns the port that the server listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void respond(HttpExchange exchange, Optional<String> problem) throws IOException {
        respond(exchange, problem.isEmpty() ? 200 : 503, "text/plain; charset=utf-8", problem.orElse("ok") + "\n");
    }

    private static void respond(HttpExchange exchange, int code, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
