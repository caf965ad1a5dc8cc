package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.kubectl.plan.InvalidFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An object of a file, with its place for messages. An absent field and null are the same.
 *
 * @param source the name of the file
 * @param path of the object in the file, such as {@code iam.serviceAccounts[2]}; empty for the file itself
 */
record Fields(String source, String path, ObjectNode node) {
    /** Returns the object, or an error if the value is something else. */
    static Fields of(String source, String path, JsonNode value) throws InvalidFile {
        if (value instanceof ObjectNode object) {
            return new Fields(source, path, object);
        }
        throw new InvalidFile(source + (path.isEmpty() ? "" : ": " + path) + ": must be an object");
    }

    /** Returns the place of a field, such as {@code iam.serviceAccounts[2].roleName}. */
    String place(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Returns an error at a field. */
    InvalidFile error(String name, String problem) {
        return new InvalidFile(source + ": " + place(name) + ": " + problem);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** Returns the text of a field; an empty text is absent, as in Go. */
    Optional<String> text(String name) throws InvalidFile {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!node.get(name).isTextual()) {
            throw error(name, "must be a string; quote it");
        }
        return Optional.of(node.get(name).asText()).filter(text -> !text.isEmpty());
    }

    boolean flag(String name) throws InvalidFile {
        if (has(name) && !node.get(name).isBoolean()) {
            throw error(name, "must be true or false");
        }
        return node.path(name).asBoolean();
    }

    List<String> texts(String name) throws InvalidFile {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            if (!element.isTextual()) {
                throw error(name + "[" + texts.size() + "]", "must be a string; quote it");
            }
            texts.add(element.asText());
        }
        return List.copyOf(texts);
    }

    SortedMap<String, String> textMap(String name) throws InvalidFile {
        Fields map = object(name);
        SortedMap<String, String> texts = new TreeMap<>();
        for (String key : map.names()) {
            if (map.node.get(key).isTextual()) {
                texts.put(key, map.node.get(key).asText());
            } else {
                throw map.error(key, "must be a string; quote it");
            }
        }
        return Collections.unmodifiableSortedMap(texts);
    }

    /** Returns the object in a field, which is empty if it is absent. */
    Fields object(String name) throws InvalidFile {
        return of(source, place(name), has(name) ? node.get(name) : JsonNodeFactory.instance.objectNode());
    }

    List<Fields> objects(String name) throws InvalidFile {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            objects.add(of(source, place(name) + "[" + objects.size() + "]", element));
        }
        return List.copyOf(objects);
    }

    private Iterable<JsonNode> elements(String name) throws InvalidFile {
        if (has(name) && !node.get(name).isArray()) {
            throw error(name, "must be a list");
        }
        return has(name) ? node.get(name) : List.of();
    }

    /** Returns the names of the fields that are present. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names.stream().filter(this::has).toList();
    }

    /** Returns the places of the fields that are present but not among these. */
    List<String> placesExcept(Set<String> known) {
        return names().stream()
                .filter(name -> !known.contains(name))
                .map(this::place)
                .toList();
    }
}
