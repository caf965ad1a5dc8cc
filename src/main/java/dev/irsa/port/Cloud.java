package dev.irsa.port;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.plan.RoleChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** IAM, as the reconcile needs it. Every method throws {@link FailureException} when IAM refuses or is away. */
public interface Cloud {
    /** The role of that name; empty when IAM answers that there is none, which it may do for a while after it was made. */
    Optional<ObservedRole> role(String name);

    /** The same, and when it was made. */
    Optional<Made> made(String name);

    /** The policies of a role, documents included. */
    ObservedPolicies policies(String roleName);

    /** Makes a role and answers the id that IAM gave it. */
    String create(RoleChange.CreateRole change);

    /** Applies one change to a role that exists. */
    void apply(RoleChange change);

    /** Names of the instance profiles that hold a role, and so keep it from being deleted. */
    List<String> instanceProfiles(String roleName);

    /**
     * A role, and when it was made.
     *
     * @param at to the second, by the clock of AWS
     */
    record Made(ObservedRole role, Instant at) {}
}
