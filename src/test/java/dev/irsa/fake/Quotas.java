package dev.irsa.fake;

/**
 * IAM's limits as an account has them at first, from "IAM and AWS STS quotas" in the IAM User Guide. An account may
 * have some of them raised.
 *
 * @param trustPolicySize characters of a trust policy without white space
 * @param inlinePolicySize characters of all inline policies of a role together, without white space
 */
public record Quotas(
        int roles, int managedPoliciesPerRole, int tagsPerRole, int trustPolicySize, int inlinePolicySize) {

    /** Those of a new account. */
    public static Quotas defaults() {
        return new Quotas(1000, 10, 50, 2048, 10_240);
    }

    public Quotas withRoles(int limit) {
        return new Quotas(limit, managedPoliciesPerRole, tagsPerRole, trustPolicySize, inlinePolicySize);
    }

    public Quotas withManagedPoliciesPerRole(int limit) {
        return new Quotas(roles, limit, tagsPerRole, trustPolicySize, inlinePolicySize);
    }

    public Quotas withTrustPolicySize(int limit) {
        return new Quotas(roles, managedPoliciesPerRole, tagsPerRole, limit, inlinePolicySize);
    }

    public Quotas withInlinePolicySize(int limit) {
        return new Quotas(roles, managedPoliciesPerRole, tagsPerRole, trustPolicySize, limit);
    }
}
