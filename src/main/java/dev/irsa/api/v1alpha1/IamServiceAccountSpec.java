package dev.irsa.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/**
 * What the user wants. Absent parts read as their defaults.
 *
 * @param serviceAccount the ServiceAccount that may assume the role
 * @param role the IAM role
 * @param policies what the role may do
 * @param token how pods exchange their token
 * @param deletionPolicy what becomes of the role; absent means Delete for a role the operator made
 * @param suspend change nothing, but go on observing
 */
public record IamServiceAccountSpec(
        ServiceAccountSpec serviceAccount,
        RoleSpec role,
        PoliciesSpec policies,
        TokenSpec token,
        @Nullable DeletionPolicy deletionPolicy,
        boolean suspend) {}
