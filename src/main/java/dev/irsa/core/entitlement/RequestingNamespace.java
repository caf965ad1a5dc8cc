package dev.irsa.core.entitlement;

import java.util.Map;

/**
 * The namespace of a request.
 *
 * @param namespace its name
 * @param labels its labels
 */
public record RequestingNamespace(String namespace, Map<String, String> labels) {
    public RequestingNamespace {
        labels = Map.copyOf(labels);
    }
}
