package dev.irsa.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The operator as a process of its own. Closing it ends it, gently at first. */
public final class OperatorProcess implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration EXIT = Duration.ofSeconds(60);

    private final Processes.Running running;
    private final URI http;
    private final HttpClient client = HttpClient.newHttpClient();

    /** One that runs already, and listens on that port of the loopback address. */
    public OperatorProcess(Processes.Running running, int port) {
        this.running = running;
        this.http = URI.create("http://127.0.0.1:" + port);
    }

    /** Returns when {@code /readyz} says so; fails with the end of the log when it ended or does not get there. */
    public void awaitReady() {
        try {
            Awaitility.await("the operator is ready")
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        running.assertAlive();
                        return status("/readyz") == 200;
                    });
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(e.getMessage() + "; " + running.endOfLog(), e);
        }
    }

    /** The status of {@code /livez}, {@code /readyz} or {@code /metrics}; 0 when nobody answers. */
    public int status(String path) {
        try {
            return get(path).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /** Where it listens. */
    public URI address() {
        return http;
    }

    /** What {@code /metrics} or another of its pages holds. */
    public String page(String path) {
        return get(path).body();
    }

    /** The time of day as it sees it, to the second. */
    public Instant timeOfDay() {
        var date = get("/livez").headers().firstValue("Date").orElseThrow();
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }

    /** Asks it to end. */
    public void sigterm() {
        running.process().destroy();
    }

    /** Ends it as a crash would. */
    public void sigkill() {
        running.kill();
    }

    /** Stops its threads without ending it, as a node without CPU does, until {@link #resume()}. */
    public void freeze() {
        running.signal("STOP");
    }

    /** Ends what {@link #freeze()} began. */
    public void resume() {
        running.signal("CONT");
    }

    public boolean isAlive() {
        return running.process().isAlive();
    }

    /** Waits for its end; 143 is SIGTERM's code and 137 SIGKILL's. */
    public int awaitExit() {
        try {
            if (!running.process().waitFor(EXIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the operator does not end; " + running.endOfLog());
            }
            return running.process().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the operator ended", e);
        }
    }

    public long pid() {
        return running.process().pid();
    }

    /** All that it has printed. */
    public String log() {
        return read(running.log());
    }

    /** Its resident memory. */
    public long residentKiB() {
        return memory("VmRSS:");
    }

    /** The most resident memory that it ever had. */
    public long peakResidentKiB() {
        return memory("VmHWM:");
    }

    /** The time that its threads have spent on all cores. */
    public Duration cpu() {
        return running.process()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("the operator has ended; " + running.endOfLog()));
    }

    private long memory(String name) {
        return read(Path.of("/proc", Long.toString(pid()), "status"))
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> get(String path) {
        var request = HttpRequest.newBuilder(http.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + request.uri() + " answered", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public void close() {
        running.close();
        client.close();
    }
}
