package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;

/** The patches that say what to change, in place of what to own. */
final class Patches {
    private Patches() {}

    /**
     * What a patch of that content type makes of an object. A strategic merge patch is taken for a merge patch, which it
     * is for maps, and refused where it speaks of lists.
     */
    static ObjectNode patched(ObjectNode object, ApiRequest request) {
        JsonNode patch = Json.read(request.body());
        return switch (request.contentType().split(";", 2)[0]) {
            case "application/merge-patch+json" -> merged(object, patch);
            case "application/strategic-merge-patch+json" -> merged(object, withoutLists(patch));
            case "application/json-patch+json" -> (ObjectNode) JsonPatch.apply(patch, object);
            default -> throw ApiError.unsupportedMediaType(request.contentType());
        };
    }

    /** RFC 7386: null removes, objects merge, all else replaces. */
    private static ObjectNode merged(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(name);
            } else if (value.isObject()) {
                JsonNode present = target.path(name);
                target.set(name, merged(present.isObject() ? (ObjectNode) present : target.objectNode(), value));
            } else {
                target.set(name, value);
            }
        });
        return target;
    }

    private static JsonNode withoutLists(JsonNode patch) {
        if (patch.isArray()) {
            throw ApiError.badRequest("this server does not merge lists strategically");
        }
        patch.forEach(Patches::withoutLists);
        return patch;
    }
}
