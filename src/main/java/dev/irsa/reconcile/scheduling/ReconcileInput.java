package dev.irsa.reconcile.scheduling;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.delivery.DeliveryPlanner;
import java.util.Map;
import java.util.Objects;

/**
 * What users ask for with a resource. The operator changes none of it.
 *
 * @param generation changes with the spec
 * @param confirmation that pods were restarted; empty if there is none
 */
record ReconcileInput(long generation, boolean deleted, String confirmation) {
    static ReconcileInput of(IamServiceAccount resource) {
        return new ReconcileInput(
                Objects.requireNonNullElse(resource.getMetadata().getGeneration(), 0L),
                resource.isMarkedForDeletion(),
                Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.<String, String>of())
                        .getOrDefault(DeliveryPlanner.PODS_RESTARTED, ""));
    }
}
