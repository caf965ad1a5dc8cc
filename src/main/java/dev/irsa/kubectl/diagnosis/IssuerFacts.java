package dev.irsa.kubectl.diagnosis;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The issuer of the ServiceAccount tokens.
 *
 * @param url as the API server publishes it
 * @param clusterKeys the IDs of the keys that the API server publishes
 * @param published what the issuer's URL returns
 */
public record IssuerFacts(Evidence<String> url, Evidence<Set<String>> clusterKeys, Evidence<Published> published) {
    /** What an issuer's URL returns to a client outside of the cluster. */
    public sealed interface Published {
        /**
         * The discovery document and its keys.
         *
         * @param issuer the issuer in the document
         * @param keys the IDs of the keys
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
