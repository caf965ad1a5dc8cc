package dev.irsa.core.desired;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The AWS account of roles.
 *
 * @param partition aws, aws-cn, aws-us-gov, or one of the isolated ones
 * @param id twelve digits
 * @param operatorRole the name of the role with which the operator calls AWS in this account; empty if it is no role
 * @param managedPoliciesPerRole the quota of managed policies that IAM attaches to a role
 * @param name the name of its IamAccount; empty for the account of the operator
 */
public record AwsAccount(String partition, String id, String operatorRole, int managedPoliciesPerRole, String name) {
    /** The quota of an account that has not raised it. Source: "IAM and AWS STS quotas". */
    public static final int DEFAULT_MANAGED_POLICIES = 10;

    private static final Pattern CALLER = Pattern.compile("arn:(aws[a-z-]*):(?:sts|iam)::([0-9]{12}):(.+)");
    private static final Pattern ASSUMED_ROLE = Pattern.compile("assumed-role/([^/]+)/.*");

    /** Creates the account of the operator. */
    public AwsAccount(String partition, String id, String operatorRole, int managedPoliciesPerRole) {
        this(partition, id, operatorRole, managedPoliciesPerRole, "");
    }

    /** Creates the account of the operator with the default quotas. */
    public AwsAccount(String partition, String id, String operatorRole) {
        this(partition, id, operatorRole, DEFAULT_MANAGED_POLICIES);
    }

    /** Returns the account with this quota of managed policies per role. */
    public AwsAccount withManagedPoliciesPerRole(int quota) {
        return new AwsAccount(partition, id, operatorRole, quota, name);
    }

    /** Returns the account of the IamAccount with this name. */
    public AwsAccount named(String iamAccount) {
        return new AwsAccount(partition, id, operatorRole, managedPoliciesPerRole, iamAccount);
    }

    /**
     * Parses the ARN that {@code sts:GetCallerIdentity} returns.
     *
     * @throws IllegalArgumentException if it is not the ARN of a user, a role session or an account
     */
    public static AwsAccount ofCaller(String arn) {
        Matcher caller = CALLER.matcher(arn);
        if (!caller.matches()) {
            throw new IllegalArgumentException("not the ARN of a caller: " + arn);
        }
        Matcher session = ASSUMED_ROLE.matcher(caller.group(3));
        return new AwsAccount(caller.group(1), caller.group(2), session.matches() ? session.group(1) : "");
    }

    /** Returns the ARN of a role; {@code path} begins and ends with a slash. */
    public String role(String path, String name) {
        return "arn:" + partition + ":iam::" + id + ":role" + path + name;
    }

    /** Returns the ARN of an IAM OIDC provider. Its name is the host and path of its issuer. */
    public String oidcProvider(String name) {
        return "arn:" + partition + ":iam::" + id + ":oidc-provider/" + name;
    }

    /** Returns the ARN of an EKS cluster. */
    public String eksCluster(String region, String name) {
        return "arn:" + partition + ":eks:" + region + ":" + id + ":cluster/" + name;
    }

    /** Returns whether a managed policy can be used in this account: one of the account, or an AWS managed policy. */
    public boolean mayUse(String policyArn) {
        return policyArn.startsWith("arn:" + partition + ":iam::" + id + ":")
                || policyArn.startsWith("arn:" + partition + ":iam::aws:");
    }

    /** Returns the ARN of a managed policy, given its ARN or the name of an AWS managed policy (with its path, if any). */
    public String managedPolicy(String arnOrName) {
        return arnOrName.startsWith("arn:") ? arnOrName : "arn:" + partition + ":iam::aws:policy/" + arnOrName;
    }
}
