package dev.irsa.kubectl.plan;

import dev.irsa.core.plan.Change;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan as programs read it, in JSON and YAML. The names of its fields are stable.
 *
 * @param summary the number of resources by action
 */
public record PlanDocument(
        List<Resource> resources, Map<String, Long> summary, boolean comparedWithIam, List<String> warnings) {
    /** What the operator would do for one resource. */
    public record Resource(
            String namespace, String name, PlanAction action, List<Step> changes, String reason, String message) {}

    /**
     * One change.
     *
     * @param action the API action, such as {@code AttachRolePolicy}
     * @param description what it changes
     */
    public record Step(String action, String description) {}

    /** Returns the document of a plan. */
    public static PlanDocument of(PlanResult plan) {
        TreeMap<String, Long> summary = new TreeMap<>();
        for (PlanAction action : PlanAction.values()) {
            summary.put(action.name(), plan.count(action));
        }
        return new PlanDocument(
                plan.resources().stream().map(PlanDocument::resource).toList(),
                summary,
                plan.comparedWithIam(),
                plan.warnings());
    }

    private static Resource resource(PlannedResource planned) {
        return new Resource(
                planned.namespace(),
                planned.name(),
                planned.action(),
                planned.changes().stream().map(PlanDocument::step).toList(),
                planned.reason(),
                planned.message());
    }

    private static Step step(Change change) {
        return new Step(change.getClass().getSimpleName(), change.describe());
    }
}
