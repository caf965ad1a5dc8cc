package dev.irsa.integration.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One entry of {@code manifests/attempts.yaml}.
 *
 * @param fragments fragments of the rejection message
 */
record Attempt(String title, JsonNode spec, List<String> fragments) {
    static List<Attempt> all() {
        try {
            String yaml =
                    Files.readString(Path.of("src", "integration-test", "resources", "manifests", "attempts.yaml"));
            return List.of(Serialization.unmarshal("---\n" + yaml, Attempt[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
