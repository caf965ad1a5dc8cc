package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountStatus;
import dev.irsa.core.failure.FailureException;

/** Writes the status of an IamAccount. */
@FunctionalInterface
public interface AccountStatusWriter {
    /**
     * Writes a status, and returns the account with it.
     *
     * @throws FailureException if the account has changed since it was read, or if the write fails
     */
    IamAccount write(IamAccount read, IamAccountStatus status);
}
