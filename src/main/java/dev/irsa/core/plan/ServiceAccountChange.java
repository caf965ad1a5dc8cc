package dev.irsa.core.plan;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** A change to a ServiceAccount. */
public sealed interface ServiceAccountChange extends Change {
    /** The name of the ServiceAccount. */
    String name();

    /** Creates the ServiceAccount, owned by the resource, with its annotations. */
    record CreateServiceAccount(String name, SortedMap<String, String> annotations) implements ServiceAccountChange {
        @Override
        public String describe(Tense tense) {
            return tense.verb("create", "created") + " ServiceAccount " + name
                    + (annotations.isEmpty() ? "" : " with " + annotations);
        }
    }

    /**
     * Sets our annotations to these values and removes those of ours that are no longer wanted.
     *
     * @param uid the UID of the ServiceAccount that was observed; no other of that name is changed
     * @param version the resourceVersion that was observed; no other is changed
     * @param createdByOperator whether the operator created it and therefore may overwrite manual edits
     * @param annotations all annotations that it should have
     * @param obsolete keys of ours to remove
     */
    record AnnotateServiceAccount(
            String name,
            String uid,
            String version,
            boolean createdByOperator,
            SortedMap<String, String> annotations,
            Set<String> obsolete)
            implements ServiceAccountChange {
        @Override
        public String describe(Tense tense) {
            return annotations.isEmpty()
                    ? tense.verb("remove ", "removed ") + obsolete + " from ServiceAccount " + name
                    : tense.verb("annotate", "annotated") + " ServiceAccount " + name + " with " + annotations
                            + (obsolete.isEmpty() ? "" : ", without " + obsolete);
        }
    }

    /**
     * Removes our annotations before the role is deleted.
     *
     * @param uid the UID of the ServiceAccount that was observed
     * @param version the resourceVersion that was observed; no other is changed
     * @param createdByOperator whether the operator created it
     * @param obsolete keys of ours to remove
     * @param successor the resource that takes it over, to which the owner reference moves; empty if there is none
     */
    record ReleaseServiceAccount(
            String name,
            String uid,
            String version,
            boolean createdByOperator,
            Set<String> obsolete,
            Optional<Successor> successor)
            implements ServiceAccountChange {
        @Override
        public String describe(Tense tense) {
            String removal = tense.verb("remove ", "removed ") + obsolete + " from ServiceAccount " + name;
            if (successor.isEmpty()) {
                return removal;
            }
            String to = "IamServiceAccount " + successor.get().name();
            return obsolete.isEmpty()
                    ? tense.verb("hand", "handed") + " ServiceAccount " + name + " over to " + to
                    : removal + ", which is handed over to " + to;
        }
    }

    /**
     * Leaves a ServiceAccount that the operator created to the garbage collector of Kubernetes, which deletes it. The resource no
     * longer names it, and no other resource does. The operator has no permission to delete it.
     *
     * @param uid the UID of the ServiceAccount that was observed
     * @param version the resourceVersion that was observed; no other is changed
     * @param obsolete keys of ours to remove
     */
    record DiscardServiceAccount(String name, String uid, String version, Set<String> obsolete)
            implements ServiceAccountChange {
        @Override
        public String describe(Tense tense) {
            return tense.verb("delete", "deleted") + " ServiceAccount " + name;
        }
    }

    /** Another resource of the namespace that names the same ServiceAccount. */
    record Successor(String name, String uid) {}
}
