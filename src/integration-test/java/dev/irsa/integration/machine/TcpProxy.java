package dev.irsa.integration.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A TCP proxy that simulates network failures between one client and a server. */
public final class TcpProxy implements AutoCloseable {
    private enum State {
        CONNECTED,
        REFUSING,
        DROPPING,
        CLOSED
    }

    private static final int BUFFER = 16 * 1024;

    private final URI server;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private State state = State.CONNECTED;

    private TcpProxy(URI server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Listens on a free loopback port. The server's certificate must be valid for the loopback address. */
    public static TcpProxy before(URI server) {
        try {
            var proxy = new TcpProxy(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
    }

    /** Returns the address for the client. */
    public URI uri() {
        return URI.create(server.getScheme() + "://127.0.0.1:" + listener.getLocalPort());
    }

    /** Resets all connections and returns their number. New connections are accepted. */
    public int resetConnections() {
        var resets = Set.copyOf(open);
        resets.forEach(this::reset);
        return resets.size() / 2;
    }

    /** Resets all connections and refuses new ones, as a host without the server does. */
    public void refuse() {
        setState(State.REFUSING);
        resetConnections();
    }

    /**
     * Delivers nothing and reports no error, as when a cable is unplugged. Data sent meanwhile arrives late, because
     * TCP retransmits it.
     */
    public void dropPackets() {
        setState(State.DROPPING);
    }

    /** Restores the network. */
    public void restore() {
        setState(State.CONNECTED);
    }

    private synchronized void setState(State next) {
        if (state != State.CLOSED) {
            state = next;
            notifyAll();
        }
    }

    private void accept() {
        while (true) {
            try {
                var client = listener.accept();
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        open.add(client);
        try {
            if (!awaitDelivery()) {
                reset(client);
                return;
            }
            var onward = new Socket(server.getHost(), server.getPort());
            open.add(onward);
            client.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
            threads.execute(() -> pump(onward, client));
            pump(client, onward);
        } catch (IOException e) {
            reset(client);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            var buffer = new byte[BUFFER];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (!awaitDelivery()) {
                    break;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side has closed: close the other side too.
        }
        reset(from);
        reset(to);
    }

    /** Waits while the network is silent and reports whether it delivers data afterwards. */
    private synchronized boolean awaitDelivery() {
        try {
            while (state == State.DROPPING) {
                wait();
            }
            return state == State.CONNECTED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void reset(Socket socket) {
        open.remove(socket);
        try {
            // Reset the connection instead of closing it in order.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // The socket is closed already.
        }
    }

    @Override
    public void close() {
        setState(State.CLOSED);
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the listener", e);
        }
        resetConnections();
        threads.shutdownNow();
        threads.close();
    }
}
