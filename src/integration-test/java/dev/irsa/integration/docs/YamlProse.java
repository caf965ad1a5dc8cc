package dev.irsa.integration.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the English of YAML files: descriptions of fields and alerts, messages of rules, comments. */
final class YamlProse {
    private static final Set<String> TEXTS = Set.of("description", "summary", "message");
    private static final Pattern COMMENT = Pattern.compile("(?m)^[ \\t]*#[^\\n]*(?:\\n[ \\t]*#[^\\n]*)*");

    private YamlProse() {}

    /** Reads the values of fields that hold text. */
    static List<Passage> texts(Path file) throws IOException {
        List<Passage> found = new ArrayList<>();
        collect(file.toString(), Serialization.unmarshal(Files.readString(file), JsonNode.class), found);
        return found;
    }

    /** Reads comments on lines of their own. */
    static List<Passage> comments(Path file) throws IOException {
        String text = Files.readString(file);
        List<Passage> found = new ArrayList<>();
        COMMENT.matcher(text).results().forEach(comment -> {
            String where = file + ":" + Passages.line(text, comment.start());
            found.addAll(Passages.of(
                    where, comment.group().replaceAll("(?m)^\\s*#+ ?", "").replaceAll("^-- (\\([a-z ]+\\) )?", "")));
        });
        return found;
    }

    private static void collect(String where, JsonNode node, List<Passage> found) {
        node.properties().forEach(field -> {
            if (TEXTS.contains(field.getKey()) && field.getValue().isTextual()) {
                found.addAll(Passages.ofMessage(where, field.getValue().asText()));
            }
            collect(where + " " + field.getKey(), field.getValue(), found);
        });
        node.elements().forEachRemaining(element -> {
            if (node.isArray()) {
                collect(where, element, found);
            }
        });
    }
}
