package dev.irsa.reconcile.external;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.Cluster;
import dev.irsa.port.CrdState;
import dev.irsa.reconcile.memory.FinalizerState;
import dev.irsa.reconcile.run.Applied;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRelease;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.ReconcileResult.Ending;
import java.util.Set;

/**
 * Reconciles the deletion of a resource whose role others manage: releases the ServiceAccount, and then removes the finalizer.
 * It calls neither IAM nor EKS, and has no port through which it could.
 */
public final class ExternalRoleDeletion {
    private final Cluster cluster;
    private final ServiceAccountRelease serviceAccounts;
    private final FinalizerGuard finalizers;

    public ExternalRoleDeletion(Cluster cluster, ServiceAccountRelease serviceAccounts, FinalizerGuard finalizers) {
        this.cluster = cluster;
        this.serviceAccounts = serviceAccounts;
        this.finalizers = finalizers;
    }

    /**
     * Reconciles the deletion.
     *
     * @param arn of the role that the spec names
     * @throws FailureException if it fails before anything was changed
     */
    public ReconcileResult reconcile(Run run, String arn) {
        if (run.memory().finalizer() == FinalizerState.REMOVED) {
            // The watch has yet to show that the resource is deleted.
            return gone();
        }
        requireDefinition();
        if (!isPresent(run)) {
            // A late watch shows a resource that no longer exists. Another may have its name and its ServiceAccount.
            run.memory().finalizer(FinalizerState.REMOVED);
            return gone();
        }
        Applied released = serviceAccounts.release(run, arn, Set.of());
        if (released.failure().isPresent()) {
            return ReconcileResult.failed(released.failure().get()).after(released.changes());
        }
        finalizers.remove(run);
        return gone().after(released.changes());
    }

    /** Deleting the CRD deletes every resource. That is hardly ever meant to cut off every application. */
    private void requireDefinition() {
        if (cluster.definition() == CrdState.DELETING) {
            throw new FailureException(new Failure.DeletionBlocked(
                    "the CustomResourceDefinition is being deleted, and the ServiceAccount would lose its role with it;"
                            + " to keep the annotation, first remove the ownerReferences of the ServiceAccount, then"
                            + " the finalizer " + IamServiceAccount.FINALIZER
                            + "; to remove it, delete the annotation and then the finalizer"));
        }
    }

    private boolean isPresent(Run run) {
        return cluster.uidNow(run.ref().namespace(), run.ref().name())
                .filter(run.ref().uid()::equals)
                .isPresent();
    }

    private static ReconcileResult gone() {
        return ReconcileResult.of(new Ending.Gone(""));
    }
}
