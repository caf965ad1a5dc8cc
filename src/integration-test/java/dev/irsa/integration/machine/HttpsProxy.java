package dev.irsa.integration.machine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An HTTPS proxy through which clients reach one host only. It decrypts the requests to this host and passes them to an
 * HTTP server of the tests, so that the tests see which of AWS's hosts a client calls.
 */
public final class HttpsProxy implements AutoCloseable {
    private static final String END = "\r\n\r\n";

    private final String host;
    private final URI backend;
    private final ServerKeys keys;
    private final SSLContext tls;
    private final ServerSocket listener;
    private final Set<String> requested = new ConcurrentSkipListSet<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpsProxy(String host, URI backend, ServerKeys keys, SSLContext tls, ServerSocket listener) {
        this.host = host;
        this.backend = backend;
        this.keys = keys;
        this.tls = tls;
        this.listener = listener;
    }

    /**
     * Listens on a free loopback port.
     *
     * @param host the only host that can be reached
     * @param backend the server that answers for it
     * @param folder gets the key of the host
     */
    public static HttpsProxy toOnly(String host, URI backend, Path folder)
            throws IOException, GeneralSecurityException {
        ServerKeys keys = ServerKeys.create("dns:" + host, folder);
        var proxy = new HttpsProxy(
                host, backend, keys, keys.context(), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** Returns the options of a JVM that uses the proxy and trusts it. */
    public String jvmOptions() {
        return "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=" + listener.getLocalPort()
                + " -Djavax.net.ssl.trustStore=" + keys.file() + " -Djavax.net.ssl.trustStorePassword="
                + ServerKeys.PASSWORD;
    }

    /** Returns the hosts that clients requested, reachable or not. */
    public Set<String> requested() {
        return Set.copyOf(requested);
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try (client) {
            String wanted = requestedHost(client.getInputStream());
            requested.add(wanted);
            if (!wanted.equals(host)) {
                answer(client, "502 Bad Gateway");
                return;
            }
            answer(client, "200 OK");
            try (SSLSocket decrypted =
                            (SSLSocket) tls.getSocketFactory().createSocket(client, host, client.getPort(), true);
                    Socket onward = new Socket(backend.getHost(), backend.getPort())) {
                decrypted.setUseClientMode(false);
                threads.execute(() -> pump(onward, decrypted));
                decrypted.getInputStream().transferTo(onward.getOutputStream());
            }
        } catch (IOException e) {
            // The client has closed its connection.
        }
    }

    /** Reads a CONNECT request, and nothing of what follows it. */
    private static String requestedHost(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END) < 0) {
            int read = input.read();
            if (read < 0) {
                throw new EOFException("the connection ended in its request");
            }
            head.append((char) read);
        }
        return head.substring("CONNECT ".length(), head.indexOf(":"));
    }

    private static void answer(Socket client, String status) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + status + END).getBytes(StandardCharsets.US_ASCII));
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side has closed its connection.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the listener", e);
        }
        threads.shutdownNow();
    }
}
