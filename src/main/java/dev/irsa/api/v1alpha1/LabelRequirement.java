package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A requirement on one label. */
@Stored
@ValidationRule(
        value = "self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 : "
                + "!has(self.values) || size(self.values) == 0",
        message = "matchExpressions: In and NotIn require values; Exists and DoesNotExist must have none")
public record LabelRequirement(
        @Required @Size(min = 1, max = 317) @JsonPropertyDescription("Key of the label.")
        String key,

        @Required @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist. NotIn also matches a missing label.")
        Operator operator,

        @Size(max = 50)
        @JsonPropertyDescription(
                "Values to compare with. Required for In and NotIn, not allowed for Exists and DoesNotExist.")
        List<@Size(max = 63) String> values) {
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
