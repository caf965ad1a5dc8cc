package dev.irsa.port;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.plan.RoleChange;

/**
 * Reads and changes roles in IAM. Every method throws {@link FailureException} when IAM rejects the call or is
 * unavailable.
 */
public interface Roles extends RoleReads {
    /** Creates a role; returns the id that IAM assigned to it. */
    String create(RoleChange.CreateRole change);

    /** Applies a change to an existing role. */
    void apply(RoleChange change);
}
