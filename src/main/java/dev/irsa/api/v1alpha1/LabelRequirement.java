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
        message = "matchExpressions: In and NotIn need values, Exists and DoesNotExist take none")
public record LabelRequirement(
        @Required @Size(min = 1, max = 317) @JsonPropertyDescription("Key of the label.")
        String key,

        @Required @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist. NotIn holds where the label is missing.")
        Operator operator,

        @Size(max = 50) @JsonPropertyDescription("For In and NotIn.")
        List<@Size(max = 63) String> values) {
    /** How the label is looked at. */
    public enum Operator {
        /** It has one of the values. */
        In,
        /** It has none of the values, or is missing. */
        NotIn,
        /** It is there. */
        Exists,
        /** It is missing. */
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
