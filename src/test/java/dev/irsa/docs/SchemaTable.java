package dev.irsa.docs;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A schema as Markdown: for each object a heading with its path, a table of its fields, and its rules. */
final class SchemaTable {
    /** Descriptions tell the default, as the schema sets none. */
    private static final Pattern DEFAULT = Pattern.compile(" ?Default: (.+?)\\.(?= |$)");

    private static final Pattern DEFAULT_OF_MANY = Pattern.compile("(\\w+) \\(default\\)");

    private final StringBuilder markdown = new StringBuilder();
    private final Set<String> immutable = new TreeSet<>();

    /** The object at a path and all that is below it. */
    static String of(String path, JSONSchemaProps schema) {
        SchemaTable table = new SchemaTable();
        table.object(path, schema);
        return table.markdown.toString();
    }

    private void object(String path, JSONSchemaProps schema) {
        markdown.append("### ").append(path).append("\n\n").append(prose(schema.getDescription()));
        if (schema.getDefault() != null) {
            markdown.append(" Default: `").append(schema.getDefault()).append("`.");
        }
        markdown.append("\n\n");
        for (ValidationRule rule : rules(schema)) {
            if (rule.getRule().contains("oldSelf")) {
                immutable.add(path + rule.getFieldPath());
            }
        }
        markdown.append("| field | type | default | constraints | meaning |\n|---|---|---|---|---|\n");
        schema.getProperties().forEach((name, field) -> row(path + "." + name, name, field, schema.getRequired()));
        markdown.append('\n');
        rules(schema).forEach(this::rule);
        if (!rules(schema).isEmpty()) {
            markdown.append('\n');
        }
        for (Map.Entry<String, JSONSchemaProps> field : schema.getProperties().entrySet()) {
            String at = path + "." + field.getKey();
            if (isObject(field.getValue())) {
                object(at, field.getValue());
            } else if (field.getValue().getItems() != null && isObject(items(field.getValue()))) {
                JSONSchemaProps items = items(field.getValue());
                items.setDescription("Each of `" + at + "`.");
                object(at + "[]", items);
            }
        }
    }

    private void row(String path, String name, JSONSchemaProps field, List<String> required) {
        List<String> constraints = new ArrayList<>();
        if (required.contains(name)) {
            constraints.add("required");
        }
        if (immutable.contains(path)) {
            constraints.add("immutable");
        }
        constraints.addAll(constraints(field));
        markdown.append("| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        name,
                        type(field),
                        standard(field),
                        String.join("; ", constraints),
                        prose(DEFAULT.matcher(field.getDescription()).replaceAll(""))));
    }

    private static String standard(JSONSchemaProps field) {
        Matcher told = DEFAULT.matcher(field.getDescription());
        Matcher ofMany = DEFAULT_OF_MANY.matcher(field.getDescription());
        return told.find() ? prose(told.group(1)) : ofMany.find() ? ofMany.group(1) : "";
    }

    private void rule(ValidationRule rule) {
        String at = rule.getFieldPath() == null ? "" : "`" + rule.getFieldPath().substring(1) + "`: ";
        markdown.append("- " + at + prose(rule.getMessage()) + " (`" + rule.getRule() + "`)\n");
    }

    private static List<ValidationRule> rules(JSONSchemaProps schema) {
        return schema.getXKubernetesValidations();
    }

    private static boolean isObject(JSONSchemaProps schema) {
        return !schema.getProperties().isEmpty();
    }

    private static JSONSchemaProps items(JSONSchemaProps list) {
        return list.getItems().getSchema();
    }

    private static String type(JSONSchemaProps field) {
        if (field.getItems() != null) {
            return "list of " + type(items(field));
        }
        if (field.getAdditionalProperties() != null) {
            return "map of " + type(field.getAdditionalProperties().getSchema());
        }
        return Boolean.TRUE.equals(field.getXKubernetesPreserveUnknownFields()) ? "any object" : field.getType();
    }

    private static List<String> constraints(JSONSchemaProps field) {
        List<String> constraints = new ArrayList<>();
        if (!field.getEnum().isEmpty()) {
            constraints.add(field.getEnum().stream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", ", "one of ", "")));
        }
        range(field.getMinimum(), field.getMaximum(), "", constraints);
        range(field.getMinLength(), field.getMaxLength(), " characters", constraints);
        range(field.getMinItems(), field.getMaxItems(), " items", constraints);
        range(field.getMinProperties(), field.getMaxProperties(), " entries", constraints);
        if (field.getPattern() != null) {
            constraints.add("matches `" + field.getPattern().replace("|", "\\|") + "`");
        }
        if ("set".equals(field.getXKubernetesListType())) {
            constraints.add("no item twice");
        }
        if ("map".equals(field.getXKubernetesListType())) {
            constraints.add("unique by `" + String.join("`, `", field.getXKubernetesListMapKeys()) + "`");
        }
        if (field.getItems() != null && !isObject(items(field))) {
            constraints(items(field)).forEach(each -> constraints.add("each " + each));
        }
        if (field.getAdditionalProperties() != null) {
            constraints(field.getAdditionalProperties().getSchema()).forEach(each -> constraints.add("values " + each));
        }
        return constraints;
    }

    private static void range(@Nullable Number least, @Nullable Number most, String unit, List<String> constraints) {
        if (least != null && most != null) {
            constraints.add(least.longValue() + " to " + most.longValue() + unit);
        } else if (least != null) {
            constraints.add("at least " + least.longValue() + unit);
        } else if (most != null) {
            constraints.add("at most " + most.longValue() + unit);
        }
    }

    /** Without what Markdown would take for markup. */
    static String prose(String text) {
        return text.replaceAll("[*_|\\\\]", "\\\\$0").replace("<", "&lt;");
    }
}
