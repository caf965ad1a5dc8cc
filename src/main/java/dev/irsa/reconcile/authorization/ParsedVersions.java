package dev.irsa.reconcile.authorization;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Parses each version of each object once. Many threads may call it at once.
 *
 * @param <R> the objects
 * @param <P> what they are parsed into
 */
final class ParsedVersions<R extends HasMetadata, P> {
    private volatile Map<Version, P> parsed = Map.of();

    /** One version of an object. */
    private record Version(String uid, long generation) {}

    /**
     * Returns these objects parsed, and forgets all others.
     *
     * @param parse parses a version that was not parsed before
     */
    Collection<P> of(List<R> objects, Function<R, P> parse) {
        Map<Version, P> before = parsed;
        Map<Version, P> now = new HashMap<>();
        for (R object : objects) {
            var metadata = object.getMetadata();
            Version version = new Version(metadata.getUid(), metadata.getGeneration());
            P known = before.get(version);
            now.put(version, known == null ? parse.apply(object) : known);
        }
        parsed = now;
        return now.values();
    }
}
