package dev.irsa.integration.machine;

import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** The server behind the proxy. */
final class HttpBackend implements Backend, AutoCloseable {
    /** Each hop sets these for itself. */
    private static final Set<String> OF_THE_HOP =
            Set.of("host", "connection", "content-length", "expect", "transfer-encoding", "upgrade", "keep-alive");

    /**
     * Calls go to moto one at a time. moto answers 500 when a role is created during a search for another one. Concurrent
     * calls would not be faster, because Python runs one thread at a time.
     */
    private final Semaphore turn = new Semaphore(1, true);

    private final URI base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    HttpBackend(URI base) {
        this.base = base;
    }

    @Override
    public Reply answer(AwsRequest request) throws IOException, InterruptedException {
        var response = send(onward(request), BodyHandlers.ofString());
        return new Reply.Answer(response.statusCode(), response.headers().map(), response.body());
    }

    /** Writes the body of the answer to the file and returns the status. */
    int download(Path file, AwsRequest request) throws IOException, InterruptedException {
        return send(onward(request), BodyHandlers.ofFile(file)).statusCode();
    }

    private HttpRequest onward(AwsRequest request) {
        var onward = HttpRequest.newBuilder(base.resolve(request.target()))
                .method(request.method(), BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> {
            if (!isOfTheHop(name)) {
                values.forEach(value -> onward.header(name, value));
            }
        });
        return onward.build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        turn.acquire();
        try {
            return client.send(request, body);
        } finally {
            turn.release();
        }
    }

    static boolean isOfTheHop(String header) {
        return OF_THE_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
