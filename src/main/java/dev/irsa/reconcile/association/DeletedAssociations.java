package dev.irsa.reconcile.association;

import java.util.LinkedHashSet;

/** The associations that this process has deleted last. EKS may show them for a while, and never uses their IDs again. */
final class DeletedAssociations {
    private static final int LIMIT = 1_000;

    private final LinkedHashSet<String> ids = new LinkedHashSet<>(); // guarded by this

    synchronized void add(String id) {
        ids.add(id);
        if (ids.size() > LIMIT) {
            ids.removeFirst();
        }
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }
}
