package dev.irsa.reconcile.status;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.core.failure.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.InstantSource;
import java.util.List;

/** The conditions of an object that is valid or not, and that nothing is done for. */
final class ValidityConditions {
    private final ConditionTransitions conditions;

    ValidityConditions(InstantSource clock) {
        this.conditions = new ConditionTransitions(clock);
    }

    /**
     * Returns Ready, and Stalled if there are problems.
     *
     * @param before the conditions that the object had
     * @param invalid the reason if there are problems
     * @param valid the message if there are none
     */
    List<Condition> of(
            HasMetadata object, List<Condition> before, List<String> problems, Reason invalid, String valid) {
        long generation = object.getMetadata().getGeneration();
        if (problems.isEmpty()) {
            return List.of(conditions.of(before, generation, "Ready", true, "Valid", valid));
        }
        String wrong = String.join("; ", problems);
        return List.of(
                conditions.of(before, generation, "Ready", false, invalid.name(), wrong),
                conditions.of(before, generation, "Stalled", true, invalid.name(), wrong));
    }
}
