package dev.irsa.integration.machine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.irsa.fixtures.awsserver.AwsErrors;
import dev.irsa.fixtures.awsserver.AwsRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Just enough of IAM to stand behind the proxy: it knows which roles exist, and says yes. */
final class TinyIam implements AutoCloseable {
    final Set<String> roles = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    TinyIam() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = AwsRequest.read(exchange).call();
            var role = call.roleName().orElse("");
            if (call.service().equals("eks")) {
                send(exchange, 200, "{\"cluster\":{\"name\":\"c\"}}");
            } else if (call.action().equals("CreateRole") ? roles.add(role) : roles.contains(role)) {
                send(exchange, 200, success(call.action(), role));
            } else {
                send(exchange, 404, AwsErrors.noSuchRole(call).body());
            }
        }
    }

    private static String success(String action, String role) {
        return """
                <%1$sResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
                  <%1$sResult><Role><RoleName>%2$s</RoleName></Role></%1$sResult>
                  <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
                </%1$sResponse>""".formatted(action, role);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
