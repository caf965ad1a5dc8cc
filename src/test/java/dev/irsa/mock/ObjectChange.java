package dev.irsa.mock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One thing that happened.
 *
 * @param revision when
 * @param key to which object
 * @param before absent when it was created
 * @param after absent when it went
 */
record ObjectChange(long revision, ObjectKey key, Optional<ObjectNode> before, Optional<ObjectNode> after) {

    /** The object as a watch tells of it: one that went carries the revision of its going. */
    ObjectNode told() {
        return after.orElseGet(() -> {
            ObjectNode gone = before.orElseThrow().deepCopy();
            ServerMetadata.of(gone).put("resourceVersion", Long.toString(revision));
            return gone;
        });
    }
}
