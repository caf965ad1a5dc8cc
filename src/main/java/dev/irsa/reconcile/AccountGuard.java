package dev.irsa.reconcile;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.port.AbandonedRoles;
import dev.irsa.port.ClusterIdentitySource;
import java.util.Optional;

/**
 * Lets a resource be reconciled only in the AWS account that its spec names. A resource whose IamAccount does not exist is passed to the
 * account of the operator, where nothing may be done for it.
 *
 * @param abandoned records the roles that are left in the account; empty unless the account is abandoned
 * @param confirmation fails if the IamAccount has changed since the operator began to work by it
 */
public record AccountGuard(
        ClusterIdentitySource identities, Optional<AbandonedRoles> abandoned, Runnable confirmation) {
    /** Creates a guard of an account to which the operator has access. */
    public static AccountGuard managing(ClusterIdentitySource identities) {
        return new AccountGuard(identities, Optional.empty(), () -> {});
    }

    /**
     * Returns the identity of the cluster in the account of the resource.
     *
     * @throws FailureException if the account is unknown or abandoned, or if this is not the account of the resource
     */
    ClusterIdentity identityFor(IamServiceAccount resource) {
        ClusterIdentity identity = identityEvenIfAbandoned(resource);
        if (abandoned.isPresent()) {
            throw new FailureException(
                    Failure.accountAbandoned(identity.account().name()));
        }
        return identity;
    }

    /**
     * Returns the same for an account in which nothing may be called.
     *
     * @throws FailureException if the account is unknown, or if this is not the account of the resource
     */
    ClusterIdentity identityEvenIfAbandoned(IamServiceAccount resource) {
        String name = resource.getSpec().accountName();
        ClusterIdentity identity = identities.current();
        if (!name.equals(identity.account().name())) {
            throw new FailureException(Failure.accountNotFound(name));
        }
        return identity;
    }

    /**
     * Requires that the IamAccount has not changed since the operator began to work by it. An entitlement that is newer may be meant
     * for another account.
     *
     * @throws FailureException if that is not certain
     */
    public void requireUnchanged() {
        confirmation.run();
    }
}
