package dev.irsa.api.v1beta1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Selects namespaces by their labels. A namespace must meet all requirements. Source: Kubernetes, "Labels and
 * Selectors".
 *
 * <p>Its lists are atomic, as in the {@code LabelSelector} of Kubernetes.
 *
 * <p>A template can render a value that is not set as null, and the API server drops a label whose value is null. The
 * schema rejects a selector with no label left, because it would select all namespaces.
 */
@Stored
@ValidationRule(
        value = "!has(self.matchLabels) || size(self.matchLabels) > 0",
        fieldPath = ".matchLabels",
        message = "namespaceSelector.matchLabels has no label with a value; to select all namespaces, omit matchLabels")
@SchemaCustomizer(value = SchemaDetails.class, input = "matchExpressions=atomic")
public record NamespaceSelector(
        @Size(max = 20) @JsonPropertyDescription("Labels and values that the namespace must have.")
        Map<String, @Size(max = 63) String> matchLabels,

        @Size(max = 20) @JsonPropertyDescription("Requirements that the labels of the namespace must meet.")
        List<LabelRequirement> matchExpressions) {
    public NamespaceSelector {
        matchLabels = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(matchLabels, Map.of())));
        matchExpressions = List.copyOf(Objects.requireNonNullElse(matchExpressions, List.of()));
    }

    /** Returns whether a namespace with these labels is selected. */
    public boolean selects(Map<String, String> labels) {
        return matchLabels.entrySet().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
                && matchExpressions.stream().allMatch(requirement -> requirement.isMetBy(labels));
    }

    /** A requirement on one label. */
    @Stored
    @ValidationRule(
            value = "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 : "
                    + "!has(self.values) || size(self.values) == 0",
            messageExpression = "\"namespaceSelector.matchExpressions: '\" + self.key + \"' \" + "
                    + LabelRequirement.NEEDS + " + \", because its operator is \" + self.operator",
            message = "matchExpressions: In and NotIn require values; Exists and DoesNotExist must have none")
    @SchemaCustomizer(value = SchemaDetails.class, input = "values=atomic")
    public record LabelRequirement(
            @Required @Size(min = 1, max = 317) @JsonPropertyDescription("Key of the label.")
            String key,

            @Required @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist. NotIn also matches a missing label.")
            Operator operator,

            @Size(max = 50) @JsonPropertyDescription("Values to compare with, for In and NotIn only.")
            List<@Size(max = 63) String> values) {
        /** What a requirement needs if the number of its values is wrong. */
        static final String NEEDS = "(self.operator in ['In', 'NotIn'] ? \"needs values\" : \"must have no values\")";

        /** How the label is compared. */
        public enum Operator {
            /** The label has one of the values. */
            In,
            /** The label has none of the values or is missing. */
            NotIn,
            /** The label is present. */
            Exists,
            /** The label is missing. */
            DoesNotExist
        }

        public LabelRequirement {
            values = List.copyOf(Objects.requireNonNullElse(values, List.of()));
        }

        boolean isMetBy(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case In -> value != null && values.contains(value);
                case NotIn -> value == null || !values.contains(value);
                case Exists -> value != null;
                case DoesNotExist -> value == null;
            };
        }
    }
}
