package dev.irsa.reconcile.external;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRelease;
import dev.irsa.reconcile.status.ReconcileResult;

/**
 * Reconciles the deletion of a resource whose role others manage: releases the ServiceAccount, and then removes the finalizer.
 * It calls neither IAM nor EKS, and has no port through which it could.
 */
public record ExternalRoleDeletion(ServiceAccountRelease serviceAccounts, FinalizerGuard finalizers) {
    /**
     * Reconciles the deletion.
     *
     * @param arn of the role that the spec names
     * @throws FailureException if it fails before anything was changed
     */
    public ReconcileResult reconcile(Run run, String arn) {
        if (finalizers.isGone(run, () -> requireDefinition(run))) {
            return ReconcileResult.gone();
        }
        return serviceAccounts.release(run, arn).followedBy(() -> {
            finalizers.remove(run);
            return ReconcileResult.gone();
        });
    }

    private void requireDefinition(Run run) {
        finalizers.requireDefinition(
                run,
                "the ServiceAccount would lose its role with it; to keep the annotation, first remove the"
                        + " ownerReferences of the ServiceAccount, then the finalizer " + IamServiceAccount.FINALIZER
                        + "; to remove it, delete the annotation and then the finalizer");
    }
}
