package dev.irsa.kubectl.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A plan for several resources. The names of its fields are those that programs read in JSON and YAML, and are stable.
 *
 * @param comparedWithIam whether every resource was compared with what IAM shows
 * @param warnings what users should know before they rely on it
 */
@JsonPropertyOrder({"resources", "summary", "comparedWithIam", "warnings"})
public record PlanResult(List<PlannedResource> resources, boolean comparedWithIam, List<String> warnings) {
    /** The exit code if a user has to act before every resource can become Ready. */
    public static final int REFUSED = 1;

    /** The exit code if there are changes, with {@code --detailed-exitcode}. */
    public static final int CHANGES = 2;

    public PlanResult {
        resources = List.copyOf(resources);
        warnings = List.copyOf(warnings);
    }

    /** Returns the number of resources by action. */
    @JsonProperty("summary")
    SortedMap<PlanAction, Long> summary() {
        SortedMap<PlanAction, Long> summary = new TreeMap<>(Comparator.comparing(PlanAction::name));
        Stream.of(PlanAction.values()).forEach(action -> summary.put(action, count(action)));
        return summary;
    }

    /** Returns the number of resources with this action. */
    long count(PlanAction action) {
        return resources.stream()
                .filter(resource -> resource.action() == action)
                .count();
    }

    /**
     * Returns the exit code.
     *
     * @param detailed whether changes have an exit code of their own
     */
    public int exitCode(boolean detailed) {
        if (resources.stream().anyMatch(PlannedResource::isBlocked)) {
            return REFUSED;
        }
        boolean changes =
                resources.stream().anyMatch(resource -> resource.action().changes());
        return detailed && changes ? CHANGES : 0;
    }
}
