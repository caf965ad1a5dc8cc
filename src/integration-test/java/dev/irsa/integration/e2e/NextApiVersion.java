package dev.irsa.integration.e2e;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CRDs of later releases. Each adds a version {@code v1} with the schema of today's. */
enum NextApiVersion {
    /** Serves {@code v1}, and still stores today's version. */
    SERVED,
    /** Stores {@code v1}; today's version is deprecated. */
    STORED,
    /** Serves only {@code v1}. */
    ALONE;

    static final List<String> CRDS = List.of(
            "iampolicytemplates.irsa.dev",
            "iamentitlements.irsa.dev",
            "iamserviceaccounts.irsa.dev",
            "iamaccounts.irsa.dev");

    /** Returns the manifests of the CRDs. */
    String manifests() {
        return CRDS.stream()
                .map(name ->
                        Serialization.asYaml(definition(TestEnvironment.crds().resolve(name + ".yaml"))))
                .collect(Collectors.joining());
    }

    private ObjectNode definition(Path today) {
        ObjectNode definition = Serialization.unmarshal(read(today), ObjectNode.class);
        ObjectNode spec = (ObjectNode) definition.path("spec");
        spec.putObject("conversion").put("strategy", "None");
        ObjectNode current = (ObjectNode) spec.path("versions").path(0);
        ObjectNode next = current.deepCopy();
        next.put("name", "v1").put("storage", this != SERVED);
        current.put("storage", this == SERVED).put("deprecated", this == STORED);
        ArrayNode versions = spec.putArray("versions");
        Stream.of(next, current).limit(this == ALONE ? 1 : 2).forEach(versions::add);
        return definition;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
