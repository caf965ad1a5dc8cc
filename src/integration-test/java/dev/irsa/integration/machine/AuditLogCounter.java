package dev.irsa.integration.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The requests of one user, as the API server's audit log has them; each is there before it is answered. */
public final class AuditLogCounter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private long readUpTo;

    /** Of a file that may not be there yet. */
    public AuditLogCounter(Path file) {
        this.file = file;
    }

    /** An audit policy that is about one user only, as logging everything would be work of its own. */
    public static String policyFor(String user) {
        return """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules:
                - {level: Metadata, users: ["%s"]}
                - {level: None}
                """.formatted(user);
    }

    /** How many of each kind, such as {@code patch iamserviceaccounts/status}, came since it was last asked. */
    public Map<String, Long> sinceLast() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            var bytes = new byte[Math.toIntExact(log.length() - readUpTo)];
            log.seek(readUpTo);
            log.readFully(bytes);
            var text = new String(bytes, StandardCharsets.UTF_8);
            var whole = text.substring(0, text.lastIndexOf('\n') + 1);
            readUpTo += whole.getBytes(StandardCharsets.UTF_8).length;
            return counted(whole);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** A watch has two lines, when it begins and when it ends; the first counts. */
    static Map<String, Long> counted(String lines) {
        return lines.lines()
                .map(AuditLogCounter::json)
                .filter(line -> line.path("verb").asText().equals("watch")
                        == line.path("stage").asText().equals("ResponseStarted"))
                .map(AuditLogCounter::kind)
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
    }

    private static String kind(JsonNode line) {
        var object = line.path("objectRef");
        var sub = object.path("subresource").asText();
        var what = object.isMissingNode()
                ? line.path("requestURI").asText().replaceFirst("\\?.*", "")
                : object.path("resource").asText() + (sub.isEmpty() ? "" : "/" + sub);
        return line.path("verb").asText() + " " + what;
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("no line of an audit log: " + line, e);
        }
    }
}
