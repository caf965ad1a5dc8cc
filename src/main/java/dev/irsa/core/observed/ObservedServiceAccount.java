package dev.irsa.core.observed;

import dev.irsa.core.collection.Sorted;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** A ServiceAccount as the API server shows it. */
public sealed interface ObservedServiceAccount {
    /** No ServiceAccount with that name exists. */
    record Absent() implements ObservedServiceAccount {}

    /**
     * The ServiceAccount exists.
     *
     * @param uid distinguishes it from earlier and later ServiceAccounts with the same name
     * @param version its resourceVersion, with which a write fails if it has changed since
     * @param annotations the annotations that the EKS pod identity webhook reads
     * @param ours keys of those annotations that the operator's field manager owns
     * @param owners UIDs of the resources in its owner references, which created it
     */
    record Present(
            String uid, String version, SortedMap<String, String> annotations, Set<String> ours, Set<String> owners)
            implements ObservedServiceAccount {
        public Present {
            annotations = Sorted.copyOf(annotations);
            ours = Collections.unmodifiableSet(new TreeSet<>(ours));
            owners = Collections.unmodifiableSet(new TreeSet<>(owners));
        }

        public Present withAnnotations(SortedMap<String, String> others) {
            return new Present(uid, version, others, ours, owners);
        }
    }
}
