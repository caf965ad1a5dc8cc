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
public record AccountGuard(ClusterIdentitySource identities) {
    /**
     * Returns the identity of the cluster in the account of the resource.
     *
     * @throws FailureException if the account is unknown, or if this is not the account of the resource
     */
    ClusterIdentity identityFor(IamServiceAccount resource) {
        String name = resource.getSpec().accountName();
        ClusterIdentity identity = identities.current();
        if (!name.equals(identity.account().name())) {
            throw new FailureException(notFound(name));
        }
        return identity;
    }

    /** Returns the failure of a resource whose IamAccount does not exist. */
    public static Failure notFound(String iamAccount) {
        return Failure.of(
                Reason.AccountNotFound,
                "spec.account: the cluster has no IamAccount " + iamAccount
                        + "; ask a platform engineer to apply it, or create a resource with another name");
    }
}
