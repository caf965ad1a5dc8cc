package dev.irsa.kubectl.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML and JSON text that users provide. It creates plain values only, whatever tags the text has. */
public final class YamlDocuments {
    private static final ObjectMapper JSON = new ObjectMapper();

    private YamlDocuments() {}

    /**
     * Returns the documents of a file in order. An empty document is a null node.
     *
     * @param source names the file in error messages
     * @throws InvalidFile if it is not valid YAML
     */
    public static List<JsonNode> parse(String source, String text) throws InvalidFile {
        // It resolves anchors and merge keys, as kubectl does.
        Load yaml = new Load(LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .build());
        try {
            List<JsonNode> documents = new ArrayList<>();
            for (Object document : yaml.loadAllFromString(text)) {
                if (!new Room().fits(document, 1)) {
                    throw new InvalidFile(source + " has a document that is too large or nested too deeply; check "
                            + "its aliases (*NAME)");
                }
                documents.add(JSON.valueToTree(document));
            }
            return documents;
        } catch (YamlEngineException e) {
            throw new InvalidFile(source + " is not valid YAML" + location(e));
        }
    }

    private static String location(YamlEngineException e) {
        return e instanceof MarkedYamlEngineException marked
                ? marked.getProblemMark()
                                .map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                                .orElse("")
                        + ": " + marked.getProblem()
                : ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** How much a document may expand to. Aliases can repeat a value many times, and a value can contain itself. */
    private static final class Room {
        private static final int LEVELS = 200;
        private int values = 1_000_000;

        boolean fits(@Nullable Object value, int level) {
            values--;
            if (values < 0 || level > LEVELS) {
                return false;
            }
            return switch (value) {
                case Map<?, ?> map ->
                    map.entrySet().stream()
                            .allMatch(entry -> fits(entry.getKey(), level + 1) && fits(entry.getValue(), level + 1));
                case Collection<?> elements -> elements.stream().allMatch(element -> fits(element, level + 1));
                case null, default -> true;
            };
        }
    }
}
