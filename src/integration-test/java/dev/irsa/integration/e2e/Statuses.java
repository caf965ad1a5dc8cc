package dev.irsa.integration.e2e;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all resources of a namespace say at one moment, by their names. */
record Statuses(Map<String, IamServiceAccount> resources) {
    Statuses {
        resources = Map.copyOf(resources);
    }

    static Statuses of(World world, String namespace) {
        return new Statuses(
                world
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

    /** Whether all of these say this, of what was asked for last. */
    boolean allSay(List<String> names, String reason) {
        return names.stream().allMatch(name -> isSeen(name) && reason(name).equals(reason));
    }

    /** Whether one says this. */
    boolean anySays(String reason) {
        return resources.keySet().stream().anyMatch(name -> reason(name).equals(reason));
    }

    /** The reason of its condition Ready; empty before there is any, and when it has gone. */
    String reason(String name) {
        IamServiceAccount resource = resources.get(name);
        return resource == null
                ? ""
                : resource.ready().map(ready -> ready.reason()).orElse("");
    }

    private boolean isSeen(String name) {
        IamServiceAccount resource = resources.get(name);
        IamServiceAccountStatus status = resource == null ? null : resource.getStatus();
        return resource != null
                && status != null
                && status.observedGeneration() == resource.getMetadata().getGeneration();
    }
}
