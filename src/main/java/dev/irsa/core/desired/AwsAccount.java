package dev.irsa.core.desired;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The account that the operator works in.
 *
 * @param partition aws, aws-cn, aws-us-gov, or one of the isolated ones
 * @param id twelve digits
 * @param operatorRole the name of the role that the operator itself runs as; empty when it is no role
 */
public record AwsAccount(String partition, String id, String operatorRole) {
    private static final Pattern CALLER = Pattern.compile("arn:(aws[a-z-]*):(?:sts|iam)::([0-9]{12}):(.+)");
    private static final Pattern ASSUMED_ROLE = Pattern.compile("assumed-role/([^/]+)/.*");

    /**
     * Reads the ARN that {@code sts:GetCallerIdentity} answers.
     *
     * @throws IllegalArgumentException when it is no ARN of a user, a role's session or an account
     */
    public static AwsAccount ofCaller(String arn) {
        Matcher caller = CALLER.matcher(arn);
        if (!caller.matches()) {
            throw new IllegalArgumentException("not the ARN of a caller: " + arn);
        }
        Matcher session = ASSUMED_ROLE.matcher(caller.group(3));
        return new AwsAccount(caller.group(1), caller.group(2), session.matches() ? session.group(1) : "");
    }

    /** The ARN of a role; {@code path} begins and ends with a slash. */
    public String role(String path, String name) {
        return "arn:" + partition + ":iam::" + id + ":role" + path + name;
    }

    /** The ARN of an IAM OIDC provider; its name is host and path of its issuer. */
    public String oidcProvider(String name) {
        return "arn:" + partition + ":iam::" + id + ":oidc-provider/" + name;
    }

    /** Whether a managed policy can be used in this account: one of its own, or of AWS's. */
    public boolean mayUse(String policyArn) {
        return policyArn.startsWith("arn:" + partition + ":iam::" + id + ":")
                || policyArn.startsWith("arn:" + partition + ":iam::aws:");
    }

    /** The ARN of a managed policy given by ARN, or by the name of an AWS managed policy (with its path, if any). */
    public String managedPolicy(String arnOrName) {
        return arnOrName.startsWith("arn:") ? arnOrName : "arn:" + partition + ":iam::aws:policy/" + arnOrName;
    }
}
