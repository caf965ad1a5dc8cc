package dev.irsa.plugin.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** Finds the fields of a manifest that the resource does not have, such as a misspelled one. */
final class UnknownFields {
    private UnknownFields() {}

    /**
     * Returns the path of the first unknown field.
     *
     * @param given the manifest
     * @param known the same object, written again after it was read
     */
    static Optional<String> first(String path, JsonNode given, JsonNode known) {
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            String name = path + "." + field.getKey();
            JsonNode value = field.getValue();
            JsonNode read = known.path(field.getKey());
            boolean empty = value.isNull() || (value.isContainerNode() && value.isEmpty());
            if (read.isMissingNode() && !empty) {
                return Optional.of(name);
            }
            Optional<String> inside = first(name, value, read);
            if (inside.isPresent()) {
                return inside;
            }
        }
        for (int index = 0; given.isArray() && index < given.size(); index++) {
            Optional<String> inside = first(path + "[" + index + "]", given.get(index), known.path(index));
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }
}
