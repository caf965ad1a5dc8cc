package dev.irsa.reconcile.association;

import dev.irsa.core.delivery.AssociationState;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.ownership.Owner;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.Associations;
import java.util.LinkedHashSet;
import java.util.Optional;

/** Reads EKS Pod Identity associations from EKS. */
public final class AssociationReader {
    private final Associations associations;
    private final DeletedAssociations deleted = new DeletedAssociations();

    public AssociationReader(Associations associations) {
        this.associations = associations;
    }

    /** Hides an association that this process has deleted. EKS may still show it for a while. */
    void hide(String id) {
        deleted.add(id);
    }

    /** Reads an association; empty if it does not exist. A deleted one is hidden. */
    Optional<AssociationState> read(String id, String serviceAccount, Owner owner) {
        return Optional.of(id)
                .filter(known -> !deleted.contains(known))
                .flatMap(associations::describe)
                .map(association -> AssociationState.of(association, serviceAccount, owner));
    }

    /** Returns the association of the ServiceAccount; empty if EKS shows none. */
    Optional<String> find(String namespace, String serviceAccount) {
        return associations.find(namespace, serviceAccount).map(AssociationReads.Listed::id);
    }

    /**
     * Returns the association of a ServiceAccount for which none is recorded; empty if EKS shows none. An operator that cannot
     * list associations has created none: it does not have the permission, or EKS does not know its cluster.
     */
    Optional<String> findUnrecorded(String namespace, String serviceAccount) {
        try {
            return find(namespace, serviceAccount);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied || e.failure() instanceof Failure.PodIdentityUnavailable) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The associations that this process has deleted last. EKS may show them for a while, and never uses their IDs again. */
    private static final class DeletedAssociations {
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
}
