package dev.irsa.api.v1beta1;

/** Regular expressions for the ARNs of roles, as RE2 in CEL raw strings for the schema. Source: IAM API Reference, CreateRole. */
final class RoleArns {
    /** Enough for a partition, an account, a path of 512 characters and a name of 64. */
    static final int MAX_LENGTH = 640;

    /** {@code r'^…$'}: the ARN of a role in any partition and account. */
    static final String IS_ARN = "r'^" + RoleArns.PREFIX + "([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,64}$'";

    /** {@code r'^…$'}: the same with the wildcards * and ? in the path and the name. */
    static final String IS_GLOB = "r'^" + RoleArns.PREFIX + "([A-Za-z0-9_+=,.@*?-]+/)*[A-Za-z0-9_+=,.@*?-]+$'";

    private static final String PREFIX = "arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/";

    private RoleArns() {}
}
