package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Adds to the schema what the generator has no annotation for: the type of each list, the format of each integer and time, and
 * the values of a text. Only the CRD generator loads this class.
 *
 * <p>The input has one {@code field=detail} for each such field, separated by spaces. A detail is one of these:
 *
 * <ul>
 *   <li>{@code set}: the API server rejects duplicates in the list, and merges the entries of several field managers.
 *   <li>{@code map:key}: the same, by this key of the entries.
 *   <li>{@code atomic}: one field manager owns the whole list.
 *   <li>{@code one-of:A,B}: the field has one of these values.
 *   <li>a format, such as {@code int32}, {@code int64} or {@code date-time}.
 * </ul>
 *
 * <p>In a record with this customizer, a list or an integer without a detail fails the build.
 */
public final class SchemaDetails implements SchemaCustomizer.Customizer {
    private static final String MAP = "map:";
    private static final String ONE_OF = "one-of:";

    @Override
    public JSONSchemaProps apply(JSONSchemaProps object, String input, KubernetesSerialization serialization) {
        Map<String, String> details = new HashMap<>();
        for (String declaration : input.split(" ", -1)) {
            String[] fieldAndDetail = declaration.split("=", 2);
            details.put(fieldAndDetail[0], fieldAndDetail[1]);
        }
        object.getProperties().forEach((name, field) -> {
            String detail = details.remove(name);
            if (detail != null) {
                add(detail, field);
            } else if (field.getType().equals("array") || field.getType().equals("integer")) {
                throw new IllegalArgumentException("no detail for the field " + name + " beside " + input);
            }
        });
        if (!details.isEmpty()) {
            throw new IllegalArgumentException("no field for the details " + details);
        }
        return object;
    }

    private static void add(String detail, JSONSchemaProps field) {
        if (detail.startsWith(MAP)) {
            field.setXKubernetesListType("map");
            field.setXKubernetesListMapKeys(List.of(detail.substring(MAP.length())));
        } else if (detail.startsWith(ONE_OF)) {
            field.setEnum(Stream.of(detail.substring(ONE_OF.length()).split(",", -1))
                    .<JsonNode>map(TextNode::valueOf)
                    .toList());
        } else if (field.getType().equals("array")) {
            field.setXKubernetesListType(detail);
        } else {
            field.setFormat(detail);
        }
    }
}
