package dev.irsa.kubectl.diagnosis;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The issuer of the ServiceAccount tokens.
 *
 * @param url as the API server publishes it
 * @param clusterKeys the keys that the API server publishes
 * @param published what the issuer's URL returns
 */
public record IssuerFacts(Evidence<String> url, Evidence<ClusterKeys> clusterKeys, Evidence<Published> published) {
    /**
     * The keys of an API server.
     *
     * @param ids of the keys that AWS accepts
     * @param unusable the others, such as {@code "abc" (ES256)}
     */
    public record ClusterKeys(Set<String> ids, List<String> unusable) {
        public ClusterKeys {
            ids = Collections.unmodifiableSet(new TreeSet<>(ids));
            unusable = List.copyOf(unusable);
        }
    }

    /** What an issuer's URL returns to a client outside of the cluster. */
    public sealed interface Published {
        /**
         * The discovery document and its keys.
         *
         * @param issuer the issuer in the document
         * @param keys the IDs of the keys that AWS accepts
         */
        record Keys(String issuer, Set<String> keys) implements Published {
            public Keys {
                keys = Collections.unmodifiableSet(new TreeSet<>(keys));
            }
        }

        /**
         * Another response.
         *
         * @param problem the URL and the response
         */
        record Refused(String problem) implements Published {}
    }
}
