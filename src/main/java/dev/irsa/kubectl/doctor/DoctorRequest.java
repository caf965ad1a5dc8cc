package dev.irsa.kubectl.doctor;

import dev.irsa.core.observed.ObservedPod;
import java.util.List;
import java.util.Optional;

/**
 * What a user asks.
 *
 * @param pod empty to examine the ServiceAccount only
 * @param container empty to examine the first container
 * @param eksCluster the name of the cluster in EKS; empty if it is unknown
 * @param actions to simulate
 */
public record DoctorRequest(
        String namespace,
        String serviceAccount,
        Optional<ObservedPod> pod,
        Optional<String> container,
        Optional<String> eksCluster,
        List<RequestedAction> actions) {
    public DoctorRequest {
        actions = List.copyOf(actions);
    }

    /** Returns the examined container; empty without a pod, and if the pod has no container of that name. */
    Optional<ObservedPod.Container> examined() {
        return pod.flatMap(found -> found.containers().stream()
                .filter(candidate -> container.isEmpty() || candidate.name().equals(container.get()))
                .findFirst());
    }
}
