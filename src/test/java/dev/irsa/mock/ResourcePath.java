package dev.irsa.mock;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a path of the API names.
 *
 * @param type the kind
 * @param namespace empty for cluster-scoped kinds and for all namespaces
 * @param name empty for a collection
 * @param subresource empty for the object itself
 */
record ResourcePath(ResourceType type, String namespace, String name, String subresource) {

    /** Empty when the path names nothing that is served. */
    static Optional<ResourcePath> parse(String path, ResourceTypes types) {
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        boolean core = !parts.isEmpty() && parts.getFirst().equals("api");
        boolean grouped = !parts.isEmpty() && parts.getFirst().equals("apis");
        int versionAt = core ? 1 : 2;
        if (!(core || grouped) || parts.size() <= versionAt + 1) {
            return Optional.empty();
        }
        String group = core ? "" : parts.get(1);
        String version = parts.get(versionAt);
        List<String> rest = parts.subList(versionAt + 1, parts.size());
        boolean inNamespace = rest.size() > 2 && rest.getFirst().equals("namespaces") && !isSubresource(rest.get(2));
        String namespace = inNamespace ? rest.get(1) : "";
        List<String> named = inNamespace ? rest.subList(2, rest.size()) : rest;
        return types.find(group, version, named.getFirst())
                .map(type -> new ResourcePath(type, namespace, part(named, 1), part(named, 2)));
    }

    private static boolean isSubresource(String part) {
        return part.equals("status") || part.equals("finalize");
    }

    private static String part(List<String> parts, int at) {
        return parts.size() > at ? parts.get(at) : "";
    }

    ResourcePath named(String objectName) {
        return new ResourcePath(type, namespace, objectName, subresource);
    }

    boolean isStatus() {
        return subresource.equals("status");
    }

    ObjectKey key() {
        return new ObjectKey(type.resource(), namespace, name);
    }

    /** Whether an object of that key lies in this collection. */
    boolean covers(ObjectKey key) {
        return key.resource().equals(type.resource())
                && (namespace.isEmpty() || namespace.equals(key.namespace()))
                && (name.isEmpty() || name.equals(key.name()));
    }
}
