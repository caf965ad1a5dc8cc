package dev.irsa.api.v1alpha1;

/**
 * How managed policies are named, as regular expressions of the schema (RE2, CEL raw strings). The character sets are
 * those of the IAM API Reference, CreatePolicy.
 */
final class PolicyNames {
    /** A partition and account, a path of 512 and a name of 128 characters fit. */
    static final int MAX_LENGTH = 700;

    /** {@code r'^…$'}: the ARN of a managed policy of any partition, an account's or AWS's own. */
    static final String IS_ARN = "r'^" + PolicyNames.ARN + PolicyNames.PATH_AND_NAME + "$'";

    /** {@code r'^…$'}: such an ARN, or the name of an AWS managed policy with its path, if it has one. */
    static final String IS_ARN_OR_NAME = "r'^(" + PolicyNames.ARN + ")?" + PolicyNames.PATH_AND_NAME + "$'";

    /** {@code r'^…$'}: the same with the wildcards * and ? in path and name. */
    static final String IS_GLOB = "r'^(" + PolicyNames.ARN + ")?([A-Za-z0-9_+=,.@*?-]+/)*[A-Za-z0-9_+=,.@*?-]+$'";

    private static final String ARN = "arn:aws(-[a-z]+)*:iam::(aws|[0-9]{12}):policy/";
    private static final String PATH_AND_NAME = "([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,128}";

    private PolicyNames() {}
}
