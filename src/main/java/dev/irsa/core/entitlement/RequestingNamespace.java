package dev.irsa.core.entitlement;

import java.util.HashMap;
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

    /** Returns the namespace with these labels in addition. */
    RequestingNamespace with(Map<String, String> added) {
        Map<String, String> all = new HashMap<>(added);
        all.putAll(labels);
        return new RequestingNamespace(namespace, all);
    }
}
