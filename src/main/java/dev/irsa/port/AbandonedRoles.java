package dev.irsa.port;

/** Records the roles that may remain in an account in which the operator calls nothing any more. */
@FunctionalInterface
public interface AbandonedRoles {
    /**
     * Records a role before its resource is released.
     *
     * @throws dev.irsa.core.failure.FailureException if the record could not be written
     */
    void add(String roleName);
}
