package dev.irsa.integration.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.integration.machine.ControlPlaneSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The API server's own account of who asked and wrote what.
 *
 * @param policy what it is to write down
 * @param log where it writes
 */
record AuditLog(Path policy, Path log) {
    private static final Set<String> READS = Set.of("get", "list", "watch");

    /** One in a new folder, of everything, without bodies. */
    static AuditLog create() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "machine").toAbsolutePath());
            Path policy = Files.writeString(Files.createTempFile(folder, "audit-", ".yaml"), """
                    apiVersion: audit.k8s.io/v1
                    kind: Policy
                    omitStages: [RequestReceived, ResponseStarted]
                    rules: [{level: Metadata}]
                    """);
            return new AuditLog(policy, Files.createTempFile(folder, "audit-", ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the files of an audit log", e);
        }
    }

    ControlPlaneSettings settings() {
        return ControlPlaneSettings.likeEks()
                .withApiServerFlag("--audit-policy-file=" + policy)
                .withApiServerFlag("--audit-log-path=" + log);
    }

    /** What the operator has written in a namespace so far, in order: verb, resource, subresource and the answer. */
    List<String> writesOfTheOperator(String namespace) {
        return entries()
                .filter(entry -> entry.path("userAgent").asText().startsWith("irsa-operator"))
                .filter(entry -> !READS.contains(entry.path("verb").asText()))
                .filter(entry ->
                        namespace.equals(entry.at("/objectRef/namespace").asText()))
                .map(AuditLog::line)
                .toList();
    }

    /** What a user has asked of objects so far; a watch is there once it has ended. */
    List<AuditedRequest> requestsOf(String user) {
        return entries()
                .filter(entry -> user.equals(entry.at("/user/username").asText()))
                .filter(entry -> entry.has("objectRef"))
                .map(AuditedRequest::of)
                .toList();
    }

    private Stream<JsonNode> entries() {
        try {
            // A line that is being written has no end yet.
            String text = Files.readString(log);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(VisibleState::json);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    private static String line(JsonNode entry) {
        String subresource = entry.at("/objectRef/subresource").asText();
        return "%s %s%s %s"
                .formatted(
                        entry.path("verb").asText(),
                        entry.at("/objectRef/resource").asText(),
                        subresource.isEmpty() ? "" : "/" + subresource,
                        entry.at("/responseStatus/code").asText());
    }
}
