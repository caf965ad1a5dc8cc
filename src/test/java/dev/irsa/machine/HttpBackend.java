package dev.irsa.machine;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/** The server behind the proxy. */
final class HttpBackend implements Backend, AutoCloseable {
    /** Each hop sets these for itself. */
    private static final Set<String> OF_THE_HOP =
            Set.of("host", "connection", "content-length", "expect", "transfer-encoding", "upgrade", "keep-alive");

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
        var onward = HttpRequest.newBuilder(base.resolve(request.target()))
                .method(request.method(), BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> {
            if (!isOfTheHop(name)) {
                values.forEach(value -> onward.header(name, value));
            }
        });
        var response = client.send(onward.build(), BodyHandlers.ofString());
        return new Reply.Answer(response.statusCode(), response.headers().map(), response.body());
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
