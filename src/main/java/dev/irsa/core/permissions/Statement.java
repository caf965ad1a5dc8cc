package dev.irsa.core.permissions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.core.ownership.OwnershipTags;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Builds one policy statement, with its elements in the conventional order. */
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

    /** Adds a condition. All conditions of a statement must hold, with at least one of the values of each. */
    Statement when(String operator, String key, Collection<String> values) {
        put(json.withObject("/Condition").withObjectProperty(operator), key, values);
        return this;
    }

    Statement when(String operator, String key, String value) {
        return when(operator, key, List.of(value));
    }

    /** Requires that the condition key is in the request, with any value. */
    Statement given(String key) {
        return when("Null", key, "false");
    }

    /** Requires that the condition key is not in the request. */
    Statement absent(String key) {
        return when("Null", key, "true");
    }

    /** Requires that the request contains all ownership tags, with this cluster. */
    Statement ownershipRequested(String cluster) {
        return when("StringEquals", requested(OwnershipTags.CLUSTER), cluster)
                .given(requested(OwnershipTags.CLUSTER_ID))
                .given(requested(OwnershipTags.ISSUER))
                .given(requested(OwnershipTags.RESOURCE));
    }

    /** Returns the condition key of a tag in the request. */
    static String requested(String tag) {
        return "aws:RequestTag/" + tag;
    }

    /** Returns the condition key of a tag that the resource has. */
    static String onResource(String tag) {
        return "aws:ResourceTag/" + tag;
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
