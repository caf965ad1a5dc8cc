package dev.irsa.port;

import java.util.Optional;

/** The namespace and name of an object, such as the operator's own Deployment. */
public record NamespacedName(String namespace, String name) {
    /** Reads {@code <namespace>/<name>}; returns empty for a text without a slash. */
    public static Optional<NamespacedName> parse(String text) {
        String[] parts = text.split("/", 2);
        return parts.length == 2 ? Optional.of(new NamespacedName(parts[0], parts[1])) : Optional.empty();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
