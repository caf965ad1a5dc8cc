package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private final AtomicInteger received = new AtomicInteger();
    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::echo);
        proxy = TcpProxy.before(URI.create("https://127.0.0.1:" + server.getLocalPort()));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void forwardsBothDirections() throws IOException {
        assertPassesBothWays();
    }

    @Test
    void resetsOpenConnectionsAndAcceptsNewOnes() throws IOException {
        try (var client = connect()) {
            client.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);

            assertThat(proxy.resetConnections()).isEqualTo(1);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
        }
        assertPassesBothWays();
    }

    @Test
    void refusesConnectionsUntilRestored() throws IOException {
        proxy.refuse();
        try (var client = connect()) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
        }

        proxy.restore();

        assertPassesBothWays();
    }

    @Test
    void deliversDroppedDataAfterRestore() throws IOException {
        try (var client = connect()) {
            client.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
            proxy.dropPackets();
            client.getOutputStream().write(8);
            await().during(Duration.ofMillis(200)).until(() -> received.get() == 1);

            proxy.restore();

            assertThat(client.getInputStream().read()).isEqualTo(8);
        }
    }

    private void assertPassesBothWays() throws IOException {
        try (var client = connect()) {
            client.getOutputStream().write(7);

            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.uri().getPort());
    }

    private void echo() {
        while (true) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> echo(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void echo(Socket client) {
        try (client) {
            for (int b = client.getInputStream().read();
                    b >= 0;
                    b = client.getInputStream().read()) {
                received.incrementAndGet();
                client.getOutputStream().write(b);
            }
        } catch (IOException e) {
            // It was broken off, as some tests want it.
        }
    }
}
