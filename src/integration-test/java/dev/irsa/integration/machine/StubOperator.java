package dev.irsa.integration.machine;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.TreeMap;

/** Replaces the operator in tests of its start and end. */
public final class StubOperator {
    private StubOperator() {}

    public static void main(String[] args) throws IOException {
        System.out.println("arguments " + List.of(args));
        System.out.println("environment " + new TreeMap<>(System.getenv()));
        if (List.of(args).contains("--wrong")) {
            System.exit(2);
        }
        var port = Integer.parseInt(args[2].replace("--http-port=", ""));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/readyz", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
