package dev.irsa.kubectl.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.Management;
import dev.irsa.api.v1beta1.RoleSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes resources as a person would: without the defaults of the schema, without what is empty, and in block style. A text is
 * quoted unless every parser reads it as a text, also one for YAML 1.1, in which {@code on} is a boolean and {@code 1e3} a number.
 */
final class ManifestYaml {
    /** The fields whose content is the user's own, in which an empty value may mean something. */
    private static final Set<String> VERBATIM = Set.of("document", "tags");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/](?:[A-Za-z0-9_./:@+=*?, -]*[A-Za-z0-9_./@+=*?-])?");
    private static final Set<String> RESERVED = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private ManifestYaml() {}

    /** Returns the manifest of a resource. */
    static String of(HasMetadata resource) {
        ObjectNode manifest = Serialization.unmarshal(Serialization.asJson(resource), ObjectNode.class);
        manifest.remove("status");
        JsonNode spec = manifest.path("spec");
        spec.path("serviceAccounts")
                .forEach(account -> omit(account, "management", Management.CreateOrAnnotate.name()));
        omit(spec.path("role"), "adoption", AdoptionPolicy.Never.name());
        omit(spec.path("role"), "maxSessionDurationSeconds", String.valueOf(RoleSpec.MIN_SESSION_SECONDS));
        omit(spec, "suspend", "false");
        omitEmpty(spec);
        return of(manifest);
    }

    private static void omit(JsonNode parent, String field, String value) {
        if (parent instanceof ObjectNode object && object.path(field).asText().equals(value)) {
            object.remove(field);
        }
    }

    private static void omitEmpty(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(field -> !VERBATIM.contains(field.getKey()))
                    .forEach(field -> omitEmpty(field.getValue()));
            object.removeIf(ManifestYaml::isEmpty);
        } else {
            node.forEach(ManifestYaml::omitEmpty);
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.textValue().isEmpty());
    }

    /** Returns an object as a document without a marker at its start. */
    static String of(JsonNode object) {
        return mapping(object, "");
    }

    /** Returns a text as one line. */
    static String text(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && !text.contains(": ")
                && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    private static String mapping(JsonNode object, String indent) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            lines.append(indent).append(text(field.getKey())).append(':');
            lines.append(value(field.getValue(), indent));
        }
        return lines.toString();
    }

    private static String value(JsonNode value, String indent) {
        if (!value.isContainerNode() || value.isEmpty()) {
            return " " + scalar(value) + "\n";
        }
        return "\n" + (value.isArray() ? sequence(value, indent) : mapping(value, indent + "  "));
    }

    /** The elements have the indentation of their key, as in the output of kubectl. */
    private static String sequence(JsonNode array, String indent) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode element : array) {
            lines.append(indent).append("- ").append(element(element, indent + "  "));
        }
        return lines.toString();
    }

    private static String element(JsonNode element, String indent) {
        if (!element.isContainerNode() || element.isEmpty()) {
            return scalar(element) + "\n";
        }
        String lines = element.isArray() ? sequence(element, indent) : mapping(element, indent);
        return lines.substring(indent.length());
    }

    private static String scalar(JsonNode value) {
        return value.isTextual() ? text(value.textValue()) : value.toString();
    }

    /** YAML has the escapes of JSON. Characters that only YAML treats as line breaks or rejects are escaped too. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        TextNode.valueOf(text).toString().codePoints().forEach(character -> {
            switch (Character.getType(character)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE,
                        Character.UNASSIGNED -> quoted.append("\\U%08x".formatted(character));
                default -> quoted.appendCodePoint(character);
            }
        });
        return quoted.toString();
    }
}
