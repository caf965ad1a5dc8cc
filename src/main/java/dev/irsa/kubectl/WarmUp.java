package dev.irsa.kubectl;

import dev.irsa.aws.AwsClients;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.slf4j.LoggerFactory;

/**
 * Loads and initializes on other threads what a command needs later, while it reads its arguments and the kubeconfig. A command
 * lives for a second, of which it would otherwise spend a fifth in this code. Nothing here opens a connection.
 */
public final class WarmUp {
    private WarmUp() {}

    /** Starts the threads. Without their work a command is slower, and nothing else. */
    public static void start() {
        // SLF4J warns if several threads use it first.
        LoggerFactory.getILoggerFactory();
        for (Runnable part : List.<Runnable>of(WarmUp::tls, WarmUp::aws)) {
            Thread.ofPlatform().daemon().name("warm-up").start(part);
        }
    }

    /** Makes the first message of a handshake. */
    private static void tls() {
        try {
            SSLContext context = SSLContext.getDefault();
            SSLEngine engine = context.createSSLEngine("warm-up", 443);
            engine.setUseClientMode(true);
            engine.wrap(
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
        } catch (GeneralSecurityException | SSLException | RuntimeException e) {
            // The command meets the same problem, and reports it.
            return;
        }
    }

    private static void aws() {
        try {
            AwsClients.load();
        } catch (RuntimeException e) {
            // The command meets the same problem, and reports it.
            return;
        }
    }
}
