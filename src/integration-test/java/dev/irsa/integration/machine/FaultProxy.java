package dev.irsa.integration.machine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.irsa.fixtures.awsserver.AwsRequest;
import dev.irsa.fixtures.awsserver.IamServer;
import dev.irsa.fixtures.awsserver.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy between the operator and the AWS server of the tests. It records the calls, pages answers as AWS does and
 * injects faults of the network and of AWS.
 */
public final class FaultProxy implements AutoCloseable {
    static {
        // Without it an answer waits 40 ms for the acknowledgement of its own headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpBackend backend;
    private final PagedDetails paged;
    private final ForeignAssociations behind;
    private final Calls calls = new Calls();
    private final Faults faults = new Faults();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private FaultProxy(HttpBackend backend, boolean pagesItself) throws IOException {
        this.backend = backend;
        this.paged = new PagedDetails(backend, backend::download);
        this.behind = new ForeignAssociations(pagesItself ? backend : paged);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /** Listens on a free port and forwards calls to the server at {@code backend}. */
    public static FaultProxy before(URI backend) throws IOException {
        return start(new FaultProxy(new HttpBackend(backend), false));
    }

    /** Starts a proxy for the in-memory IAM, which pages by itself. */
    public static FaultProxy before(IamServer backend) throws IOException {
        return start(new FaultProxy(new HttpBackend(backend.uri()), true));
    }

    private static FaultProxy start(FaultProxy proxy) {
        proxy.server.createContext("/", proxy::handle);
        proxy.server.setExecutor(proxy.threads);
        proxy.server.start();
        return proxy;
    }

    /** Returns the URL for {@code AWS_ENDPOINT_URL}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns the recorded calls. */
    public Calls calls() {
        return calls;
    }

    /** Returns the active faults. */
    public Faults faults() {
        return faults;
    }

    /** Sets how many foreign roles, each with a policy of 10 KB, are listed besides those of the backend. */
    public void addForeignRoles(int count) {
        paged.addForeignRoles(count);
    }

    /** Sets how many associations of other owners are listed besides those of the backend. */
    public void addForeignAssociations(int count) {
        behind.add(count);
    }

    /** Clears calls and faults. */
    public void clear() {
        faults.clear();
        calls.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = AwsRequest.read(exchange);
            calls.arrived(request.call());
            Reply reply;
            try {
                reply = faults.pass(request, behind);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reply = new Reply.Cut();
            } finally {
                // Count it as answered before sending the answer: the caller may send its next call at once.
                calls.answered();
            }
            send(reply, exchange);
        }
    }

    private static void send(Reply reply, HttpExchange exchange) throws IOException {
        switch (reply) {
            case Reply.Cut cut -> exchange.close();
            case Reply.Answer answer -> {
                answer.headers().forEach((name, values) -> {
                    if (!HttpBackend.isOfTheHop(name)) {
                        exchange.getResponseHeaders().put(name, values);
                    }
                });
                var body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        faults.clear();
        server.stop(0);
        threads.shutdownNow();
        threads.close();
        backend.close();
    }
}
