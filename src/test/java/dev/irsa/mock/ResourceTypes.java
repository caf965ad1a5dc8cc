package dev.irsa.mock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds the server knows: a few of Kubernetes' own, and those of the definitions it was given. */
final class ResourceTypes {
    static final ResourceType NAMESPACES = ResourceType.builtIn("", "v1", "namespaces", "Namespace", false);
    static final ResourceType DEFINITIONS = ResourceType.builtIn(
            "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false);

    private final List<ResourceType> types = new ArrayList<>(List.of(
            NAMESPACES,
            DEFINITIONS,
            ResourceType.builtIn("", "v1", "serviceaccounts", "ServiceAccount", true),
            ResourceType.builtIn("", "v1", "configmaps", "ConfigMap", true),
            ResourceType.builtIn("", "v1", "pods", "Pod", true),
            ResourceType.builtIn("events.k8s.io", "v1", "events", "Event", true),
            ResourceType.builtIn("coordination.k8s.io", "v1", "leases", "Lease", true)));

    /** Serves the resource of this CustomResourceDefinition from now on, in place of an earlier one of that name. */
    void define(JsonNode definition) {
        ResourceType type = ResourceType.of(definition);
        types.removeIf(known -> known.resource().equals(type.resource()));
        types.add(type);
    }

    void forget(JsonNode definition) {
        String resource = ResourceType.of(definition).resource();
        types.removeIf(known -> known.resource().equals(resource));
    }

    Optional<ResourceType> find(String group, String version, String plural) {
        return types.stream()
                .filter(type -> type.group().equals(group)
                        && type.version().equals(version)
                        && type.plural().equals(plural))
                .findFirst();
    }

    List<ResourceType> all() {
        return List.copyOf(types);
    }
}
