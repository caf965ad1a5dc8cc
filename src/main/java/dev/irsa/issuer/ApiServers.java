package dev.irsa.issuer;

import dev.irsa.core.issuer.KeyRotation.Live;
import java.util.List;

/** The API servers of the cluster. */
@FunctionalInterface
interface ApiServers {
    /** Reads the keys of all of them. */
    Reading read();

    /**
     * What they returned.
     *
     * @param live the keys that AWS accepts
     * @param unusable the others, such as {@code "abc" (ES256)}
     * @param problems why an API server could not be read, one sentence each
     */
    record Reading(Live live, List<String> unusable, List<String> problems) {}
}
