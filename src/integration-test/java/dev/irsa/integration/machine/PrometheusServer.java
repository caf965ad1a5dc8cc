package dev.irsa.integration.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.fixtures.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A Prometheus server that scrapes an operator and evaluates rules every second. */
public final class PrometheusServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Processes.Running running;
    private final URI api;

    private PrometheusServer(Processes.Running running, URI api) {
        this.running = running;
        this.api = api;
    }

    /** Starts a server and returns after its first scrape. */
    public static PrometheusServer of(OperatorProcess operator, Path rules) {
        try {
            var folder = Files.createDirectories(Path.of("target", "machine").toAbsolutePath());
            var data = Files.createTempDirectory(folder, "prometheus-");
            var config = Files.writeString(data.resolve("prometheus.yaml"), """
                    global: {scrape_interval: 1s, evaluation_interval: 1s}
                    rule_files: ['%s']
                    scrape_configs:
                      - job_name: irsa-operator
                        static_configs: [{targets: ['%s'], labels: {namespace: irsa-operator, pod: operator-0}}]
                    """.formatted(
                            rules.toAbsolutePath(), operator.address().getAuthority()));
            var address = "127.0.0.1:" + Processes.freePort();
            var running = Processes.start(
                    "prometheus",
                    List.of(
                            Tool.PROMETHEUS.path().toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + data.resolve("tsdb"),
                            "--web.listen-address=" + address),
                    Map.of(),
                    data.resolve("log"));
            var server = new PrometheusServer(running, URI.create("http://" + address + "/api/v1/"));
            server.awaitScrape();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare Prometheus", e);
        }
    }

    private void awaitScrape() {
        try {
            Awaitility.await("Prometheus has scraped")
                    .atMost(Duration.ofSeconds(60))
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> {
                        running.assertAlive();
                        return !query("up == 1").isEmpty();
                    });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Runs a valid query and returns its series. */
    public JsonNode query(String expression) {
        return get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
    }

    /** Returns the data of an API endpoint. */
    public JsonNode get(String page) {
        try (var body = api.resolve(page).toURL().openStream()) {
            var answer = JSON.readTree(body);
            if (!answer.path("status").asText().equals("success")) {
                throw new AssertionError(page + ": " + answer);
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to " + page, e);
        }
    }

    @Override
    public void close() {
        running.close();
    }
}
