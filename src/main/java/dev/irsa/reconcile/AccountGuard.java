package dev.irsa.reconcile;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.port.ClusterIdentitySource;

/**
 * Lets a resource be reconciled only in the AWS account that its spec names. A resource whose IamAccount does not exist is passed to the
 * account of the operator, where nothing may be done for it.
 */
record AccountGuard(ClusterIdentitySource identities) {
    /**
     * Returns the identity of the cluster in the account of the resource.
     *
     * @throws FailureException if the account is unknown, or if this is not the account of the resource
     */
    ClusterIdentity identityFor(IamServiceAccount resource) {
        String name = resource.getSpec().accountName();
        ClusterIdentity identity = identities.current();
        if (!name.equals(identity.account().name())) {
            throw new FailureException(Failure.of(
                    Reason.AccountNotFound,
                    "spec.account: the cluster has no IamAccount " + name
                            + "; ask a platform engineer to apply it, or create a resource with another name"));
        }
        return identity;
    }
}
