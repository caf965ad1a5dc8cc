package dev.irsa.kubectl.diagnosis;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A selector of Kubernetes. Source: Kubernetes "Labels and Selectors".
 *
 * @param labels that an object must have
 * @param requirements that its labels must meet
 */
public record LabelSelector(SortedMap<String, String> labels, List<Requirement> requirements) {
    /** Selects every object. */
    public static final LabelSelector EVERYTHING = new LabelSelector(new TreeMap<>(), List.of());

    public LabelSelector {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        requirements = List.copyOf(requirements);
    }

    /**
     * A requirement on one label.
     *
     * @param operator {@code In}, {@code NotIn}, {@code Exists}, or {@code DoesNotExist}
     */
    public record Requirement(String key, String operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        boolean isMetBy(Map<String, String> of) {
            boolean present = of.containsKey(key);
            return switch (operator) {
                case "In" -> present && values.contains(of.get(key));
                case "NotIn" -> !present || !values.contains(of.get(key));
                case "Exists" -> present;
                case "DoesNotExist" -> !present;
                default -> false;
            };
        }
    }

    boolean matches(Map<String, String> of) {
        return of.entrySet().containsAll(labels.entrySet())
                && requirements.stream().allMatch(requirement -> requirement.isMetBy(of));
    }
}
