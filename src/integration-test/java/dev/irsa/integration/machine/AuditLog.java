package dev.irsa.integration.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The audit log of the API server: who requested what. The server writes each line before it sends the response. */
public final class AuditLog {
    private static final Set<String> READS = Set.of("get", "list", "watch");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path policy;
    private final Path file;
    private long counted;

    /** A log that may not exist yet. */
    AuditLog(Path policy, Path file) {
        this.policy = policy;
        this.file = file;
    }

    /** Creates the files of a log of all users, without bodies. A watch is logged when it ends. */
    public static AuditLog create() {
        return create("""
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived, ResponseStarted]
                rules: [{level: Metadata}]
                """);
    }

    /** Creates the files of a log of these users only: logging all requests would slow down the API server. */
    public static AuditLog ofUser(String... users) {
        return create("""
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules:
                - {level: Metadata, users: ["%s"]}
                - {level: None}
                """.formatted(String.join("\", \"", users)));
    }

    private static AuditLog create(String policy) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "machine").toAbsolutePath());
            return new AuditLog(
                    Files.writeString(Files.createTempFile(folder, "audit-", ".yaml"), policy),
                    Files.createTempFile(folder, "audit-", ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the files of an audit log", e);
        }
    }

    /** The settings of a control plane that writes this log. */
    public ControlPlaneSettings settings() {
        return ControlPlaneSettings.likeEks()
                .withApiServerFlag("--audit-policy-file=" + policy)
                .withApiServerFlag("--audit-log-path=" + file)
                // The API server would start another file after 100 MB, which a long benchmark exceeds.
                .withApiServerFlag("--audit-log-maxsize=100000");
    }

    /** Returns the operator's writes in a namespace so far, in order: verb, resource, subresource, status code. */
    public List<String> writesOfTheOperator(String namespace) {
        return requestsOfTheOperator(namespace)
                .filter(request -> !READS.contains(request.substring(0, request.indexOf(' '))))
                .toList();
    }

    /** Returns the operator's requests in a namespace so far, like {@link #writesOfTheOperator}. */
    public Stream<String> requestsOfTheOperator(String namespace) {
        return entries()
                .filter(entry -> entry.path("userAgent").asText().startsWith("irsa-operator"))
                .filter(entry ->
                        namespace.equals(entry.at("/objectRef/namespace").asText()))
                .map(entry ->
                        kind(entry) + " " + entry.at("/responseStatus/code").asText());
    }

    /** Returns a user's requests for objects so far. A watch is included once it has ended. */
    public List<AuditedRequest> requestsOf(String user) {
        return entries()
                .filter(entry -> user.equals(entry.at("/user/username").asText()))
                .filter(entry -> entry.has("objectRef"))
                .map(AuditedRequest::of)
                .toList();
    }

    /** Counts the requests since the last call, by kind such as {@code patch iamserviceaccounts/status}. */
    public Map<String, Long> countSinceLast() {
        String lines = linesFrom(counted);
        counted += lines.getBytes(StandardCharsets.UTF_8).length;
        return count(lines);
    }

    /** A watch has two lines, one when it begins and one when it ends; only the first counts. */
    static Map<String, Long> count(String lines) {
        return lines.lines()
                .map(AuditLog::json)
                .filter(line -> line.path("verb").asText().equals("watch")
                        == line.path("stage").asText().equals("ResponseStarted"))
                .map(AuditLog::kind)
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
    }

    private Stream<JsonNode> entries() {
        return linesFrom(0).lines().map(AuditLog::json);
    }

    /** Reads complete lines only: the API server may be writing the last one. */
    private String linesFrom(long position) {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(log.length() - position)];
            log.seek(position);
            log.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String kind(JsonNode entry) {
        JsonNode object = entry.path("objectRef");
        String subresource = object.path("subresource").asText();
        String target = object.isMissingNode()
                ? entry.path("requestURI").asText().replaceFirst("\\?.*", "")
                : object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource);
        return entry.path("verb").asText() + " " + target;
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not a line of an audit log: " + line, e);
        }
    }
}
