package dev.irsa.core.observed;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A ServiceAccount as the cluster shows it. */
public sealed interface ObservedServiceAccount {
    /** It does not exist. */
    record Absent() implements ObservedServiceAccount {}

    /**
     * It exists.
     *
     * @param uid distinguishes it from another of the same name
     * @param annotations those that the EKS pod identity webhook reads
     * @param ours the keys of those annotations that our field manager owns
     * @param owners UIDs of the resources that created it, from its owner references
     */
    record Present(String uid, SortedMap<String, String> annotations, Set<String> ours, Set<String> owners)
            implements ObservedServiceAccount {
        public Present {
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
            ours = Collections.unmodifiableSet(new TreeSet<>(ours));
            owners = Collections.unmodifiableSet(new TreeSet<>(owners));
        }
    }
}
