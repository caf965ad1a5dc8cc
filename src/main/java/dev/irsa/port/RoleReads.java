package dev.irsa.port;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.ObservedTrust;
import dev.irsa.core.policy.PolicyFingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads roles from IAM. Every method throws {@link FailureException} when IAM rejects the call or is unavailable. */
public interface RoleReads {
    /** Returns the role; empty when IAM reports none, which it may do for a while after the role was created. */
    Optional<ObservedRole> role(String name);

    /** Returns the role with its creation time; empty when IAM reports none. */
    Optional<CreatedRole> roleWithCreationTime(String name);

    /** Returns whom a role of others admits; empty when IAM reports none of that name. */
    Optional<ObservedTrust> trust(String roleName);

    /** Returns the policies of a role with their documents. */
    ObservedPolicies policies(String roleName);

    /** Returns the document of one inline policy; empty when IAM reports none of that name. */
    Optional<PolicyFingerprint> inlinePolicy(String roleName, String policyName);

    /** Returns the names of the instance profiles that contain a role; while there are any, IAM does not delete it. */
    List<String> instanceProfiles(String roleName);

    /**
     * A role with its creation time.
     *
     * @param createdAt the creation time, to the second, by the clock of AWS
     */
    record CreatedRole(ObservedRole role, Instant createdAt) {}
}
