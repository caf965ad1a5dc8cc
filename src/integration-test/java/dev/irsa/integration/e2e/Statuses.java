package dev.irsa.integration.e2e;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statuses of all resources of a namespace at one moment, by name. */
record Statuses(Map<String, IamServiceAccount> resources) {
    Statuses {
        resources = Map.copyOf(resources);
    }

    static Statuses of(TestEnvironment env, String namespace) {
        return new Statuses(
                env
                        .controlPlane()
                        .client()
                        .resources(IamServiceAccount.class)
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .stream()
                        .collect(Collectors.toMap(
                                resource -> resource.getMetadata().getName(), Function.identity())));
    }

    /** Returns whether all of these have this reason for their latest generation. */
    boolean allHaveReason(List<String> names, String reason) {
        return names.stream().allMatch(name -> isObserved(name) && reason(name).equals(reason));
    }

    /** Returns whether any resource has this reason. */
    boolean anyHasReason(String reason) {
        return resources.keySet().stream().anyMatch(name -> reason(name).equals(reason));
    }

    /** Returns the reason of the condition Ready, or an empty string without one. */
    String reason(String name) {
        IamServiceAccount resource = resources.get(name);
        return resource == null
                ? ""
                : resource.ready().map(ready -> ready.reason()).orElse("");
    }

    private boolean isObserved(String name) {
        IamServiceAccount resource = resources.get(name);
        IamServiceAccountStatus status = resource == null ? null : resource.getStatus();
        return resource != null
                && status != null
                && status.observedGeneration() == resource.getMetadata().getGeneration();
    }
}
