package dev.irsa.core.permissions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** One statement of a policy, written in the order in which people read it. */
final class Statement {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private Statement(String sid, String effect, Collection<AwsAction> actions) {
        json.put("Sid", sid);
        json.put("Effect", effect);
        put(json, "Action", actions.stream().map(AwsAction::id).sorted().toList());
    }

    static Statement allow(String sid, AwsAction... actions) {
        return new Statement(sid, "Allow", Arrays.asList(actions));
    }

    static Statement deny(String sid, Collection<AwsAction> actions) {
        return new Statement(sid, "Deny", actions);
    }

    Statement on(Collection<String> resources) {
        put(json, "Resource", resources);
        return this;
    }

    Statement on(String resource) {
        return on(List.of(resource));
    }

    /** All conditions of a statement must hold; of the values of one, one. */
    Statement when(String operator, String key, Collection<String> values) {
        put(json.withObject("/Condition").withObjectProperty(operator), key, values);
        return this;
    }

    Statement when(String operator, String key, String value) {
        return when(operator, key, List.of(value));
    }

    /** The condition key is in the request, with whatever value. */
    Statement given(String key) {
        return when("Null", key, "false");
    }

    /** The condition key is not in the request. */
    Statement absent(String key) {
        return when("Null", key, "true");
    }

    ObjectNode json() {
        return json;
    }

    private static void put(ObjectNode object, String key, Collection<String> values) {
        if (values.size() == 1) {
            object.put(key, values.iterator().next());
        } else {
            ArrayNode list = object.putArray(key);
            values.forEach(list::add);
        }
    }
}
