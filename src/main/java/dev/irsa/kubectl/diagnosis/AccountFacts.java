package dev.irsa.kubectl.diagnosis;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A ServiceAccount.
 *
 * @param annotations those that the EKS pod identity webhook reads
 * @param annotatedAt when the field manager of the role's annotation last changed what it owns, which is not before it set
 *     the annotation; empty if the API server did not record it
 */
public record AccountFacts(SortedMap<String, String> annotations, Optional<Instant> annotatedAt) {
    public AccountFacts {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }
}
