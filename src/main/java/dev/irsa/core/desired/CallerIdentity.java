package dev.irsa.core.desired;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity with which the operator calls AWS.
 *
 * @param account the account that it belongs to
 * @param arn its ARN without the name of the session, which differs between pods
 * @param session the name of the session; empty if the identity is not a role
 */
public record CallerIdentity(AwsAccount account, String arn, String session) {
    private static final Pattern ROLE_SESSION = Pattern.compile("(.+:assumed-role/[^/]+)/(.+)");
    private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8,17}");

    /**
     * Parses the ARN that {@code sts:GetCallerIdentity} returns.
     *
     * @throws IllegalArgumentException if it is not the ARN of a user, a role session or an account
     */
    public static CallerIdentity of(String arn) {
        AwsAccount account = AwsAccount.ofCaller(arn);
        Matcher role = ROLE_SESSION.matcher(arn);
        return role.matches()
                ? new CallerIdentity(account, role.group(1), role.group(2))
                : new CallerIdentity(account, arn, "");
    }

    /**
     * Returns whether the credentials are those of an EC2 instance. Their session is named after the instance.
     *
     * <p>Source: "AWS global condition context keys" of the IAM user guide, {@code aws:userid}.
     */
    public boolean isInstance() {
        return INSTANCE_ID.matcher(session).matches();
    }
}
