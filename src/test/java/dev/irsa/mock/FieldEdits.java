package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Sets and removes single fields of an object by their path. Members of lists stand only at the end of a path. */
final class FieldEdits {
    private FieldEdits() {}

    static void set(ObjectNode object, FieldPath path, JsonNode value) {
        if (path.last().startsWith("f:")) {
            container(object, path.parent()).set(FieldPath.name(path.last()), value.deepCopy());
            return;
        }
        ArrayNode list = container(object, path.parent().parent())
                .withArrayProperty(FieldPath.name(path.parent().last()));
        indexOf(list, path.last()).ifPresentOrElse(at -> list.set(at, value), () -> list.add(value));
    }

    private static ObjectNode container(ObjectNode object, FieldPath path) {
        ObjectNode node = object;
        for (String element : path.elements()) {
            String name = FieldPath.name(element);
            node = node.path(name).isObject() ? node.withObjectProperty(name) : node.putObject(name);
        }
        return node;
    }

    /** Removes a field, and the containers that it leaves empty. */
    static void remove(ObjectNode object, FieldPath path) {
        JsonNode parent = find(object, path.parent());
        if (parent instanceof ObjectNode fields) {
            fields.remove(FieldPath.name(path.last()));
        } else if (parent instanceof ArrayNode list) {
            indexOf(list, path.last()).ifPresent(list::remove);
        }
        boolean emptied = parent.isContainerNode() && parent.isEmpty();
        if (emptied && !path.parent().equals(FieldPath.ROOT)) {
            remove(object, path.parent());
        }
    }

    private static JsonNode find(ObjectNode object, FieldPath path) {
        JsonNode node = object;
        for (String element : path.elements()) {
            node = node.path(FieldPath.name(element));
        }
        return node;
    }

    private static OptionalInt indexOf(ArrayNode list, String element) {
        JsonNode wanted = Json.read(FieldPath.name(element));
        return IntStream.range(0, list.size())
                .filter(at -> element.startsWith("v:")
                        ? list.path(at).equals(wanted)
                        : list.path(at).path("uid").equals(wanted.path("uid")))
                .findFirst();
    }
}
