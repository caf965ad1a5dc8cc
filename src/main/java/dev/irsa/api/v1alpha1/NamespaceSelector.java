package dev.irsa.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Selects namespaces by their labels: all that is said must hold. Source: Kubernetes, "Labels and Selectors". The API
 * server drops a label whose value is null, as templates make it of a value that nobody has set; where no label is left
 * it is refused, as otherwise all namespaces were selected.
 */
@Stored
@ValidationRule(
        value = "!has(self.matchLabels) || size(self.matchLabels) > 0",
        fieldPath = ".matchLabels",
        message = "namespaceSelector.matchLabels holds no label with a value; to select all namespaces, leave it out")
public record NamespaceSelector(
        @Size(max = 20) @JsonPropertyDescription("Labels that the namespace must have, with these values.")
        Map<String, @Size(max = 63) String> matchLabels,

        @Size(max = 20) @JsonPropertyDescription("Requirements on the labels of the namespace.")
        List<LabelRequirement> matchExpressions) {
    public NamespaceSelector {
        matchLabels = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(matchLabels, Map.of())));
        matchExpressions = List.copyOf(Objects.requireNonNullElse(matchExpressions, List.of()));
    }

    /** Whether a namespace with these labels is selected. */
    public boolean selects(Map<String, String> labels) {
        return matchLabels.entrySet().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
                && matchExpressions.stream().allMatch(requirement -> requirement.isMetBy(labels));
    }
}
