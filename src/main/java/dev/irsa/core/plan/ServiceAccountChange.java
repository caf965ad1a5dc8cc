package dev.irsa.core.plan;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** A change to a ServiceAccount. */
public sealed interface ServiceAccountChange extends Change {
    /** The name of the ServiceAccount. */
    String name();

    /** Makes it, owned by the resource, with its annotations. */
    record CreateServiceAccount(String name, SortedMap<String, String> annotations) implements ServiceAccountChange {
        @Override
        public String describe() {
            return "create ServiceAccount " + name + " with " + annotations;
        }
    }

    /**
     * Gives our annotations these values and removes those of ours that are no longer wanted.
     *
     * @param uid the object that was looked at: no other of that name is meant
     * @param made whether we made it, and so may overwrite what somebody edited by hand
     * @param annotations all that should be there
     * @param obsolete keys of ours to be removed
     */
    record AnnotateServiceAccount(
            String name, String uid, boolean made, SortedMap<String, String> annotations, Set<String> obsolete)
            implements ServiceAccountChange {
        @Override
        public String describe() {
            return "annotate ServiceAccount " + name + " with " + annotations
                    + (obsolete.isEmpty() ? "" : ", without " + obsolete);
        }
    }

    /**
     * Takes our annotations away, so that it no longer points at a role that goes.
     *
     * @param uid the object that was looked at
     * @param made whether we made it
     * @param obsolete keys of ours to be removed
     * @param heir the resource that takes it over, to which the owner reference moves; empty: nobody
     */
    record ReleaseServiceAccount(String name, String uid, boolean made, Set<String> obsolete, Optional<Heir> heir)
            implements ServiceAccountChange {
        @Override
        public String describe() {
            String remove = "remove " + obsolete + " from ServiceAccount " + name;
            if (heir.isEmpty()) {
                return remove;
            }
            String to = "IamServiceAccount " + heir.get().name();
            return obsolete.isEmpty()
                    ? "hand ServiceAccount " + name + " over to " + to
                    : remove + ", which goes to " + to;
        }
    }

    /** Another resource of the namespace that names the same ServiceAccount. */
    record Heir(String name, String uid) {}
}
