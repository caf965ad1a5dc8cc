package dev.irsa.integration.machine;

import dev.irsa.fixtures.process.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * An empty registry for images and charts, with HTTPS.
 *
 * @param host its host and port
 * @param certificate that clients must trust, in PEM format
 * @param process the server
 */
public record LocalRegistry(String host, Path certificate, Processes.Running process) implements AutoCloseable {
    /** Starts a registry that keeps its data in this folder. */
    public static LocalRegistry start(Path folder) throws IOException, GeneralSecurityException {
        ServerKeys keys = ServerKeys.create("ip:127.0.0.1", folder);
        Path certificate = Files.writeString(folder.resolve("certificate.pem"), keys.certificate());
        Path key = Files.writeString(folder.resolve("key.pem"), keys.privateKey());
        int port = Processes.freePort();
        Path config = Files.writeString(
                folder.resolve("config.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "127.0.0.1:%d", tls: {certificate: %s, key: %s}}
                """.formatted(folder.resolve("data"), port, certificate, key));
        Processes.Running process = Processes.start(
                "registry",
                List.of(Tool.REGISTRY.path().toString(), "serve", config.toString()),
                Map.of("OTEL_TRACES_EXPORTER", "none"),
                folder.resolve("registry.log"));
        LocalRegistry registry = new LocalRegistry("127.0.0.1:" + port, certificate, process);
        Awaitility.await("the registry listens")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    process.assertAlive();
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
        return registry;
    }

    @Override
    public void close() {
        process.close();
    }
}
