package dev.irsa.port;

import dev.irsa.core.failure.FailureException;

/** Records roles that the operator leaves behind in an account that it has to abandon. */
@FunctionalInterface
public interface AbandonedRoles {
    /**
     * Records that a role may still exist without a resource. The record outlives this process.
     *
     * @throws FailureException if that is not certain; then nothing may be released yet
     */
    void add(AbandonedRole role);
}
