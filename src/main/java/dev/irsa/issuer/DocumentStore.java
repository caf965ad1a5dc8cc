package dev.irsa.issuer;

import java.util.Optional;

/**
 * Where the documents are stored. Each method throws {@link dev.irsa.core.failure.FailureException} if AWS rejects the call or is
 * unavailable.
 */
interface DocumentStore {
    /**
     * Documents as they are stored, whoever wrote them.
     *
     * @param keys the JSON Web Key Set; empty if there is none
     * @param missing since when each key is missing, from the metadata of the keys
     * @param cluster the id of the cluster that wrote the keys; empty if it is not recorded
     * @param discovery the discovery document; empty if there is none
     * @param keysVersion differs for other keys; empty if there are none
     * @param discoveryVersion differs for another discovery document; empty if there is none
     */
    record Stored(
            String keys,
            String missing,
            String cluster,
            String discovery,
            String keysVersion,
            String discoveryVersion) {
        /** Nothing is stored. */
        static final Stored NOTHING = new Stored("", "", "", "", "", "");

        /** Returns whether it has exactly these keys, recorded as those of this cluster. */
        boolean hasKeys(Documents documents, String clusterId) {
            return keys.equals(documents.keys().document())
                    && missing.equals(documents.keys().missing())
                    && cluster.equals(clusterId);
        }
    }

    /** Returns what is stored. */
    Stored read();

    /**
     * Writes what differs, the keys first.
     *
     * @param before what is replaced
     * @return empty if another client has written since, and then it did not replace that
     */
    Optional<Stored> write(Documents documents, Stored before);
}
