package dev.irsa.api.v1beta1;

/**
 * Regular expressions for the names of managed policies, as RE2 in CEL raw strings for the schema. Source of the
 * character sets: IAM API Reference, CreatePolicy.
 */
final class PolicyNames {
    /** Enough for a partition, an account, a path of 512 characters and a name of 128. */
    static final int MAX_LENGTH = 700;

    /** {@code r'^…$'}: the ARN of a customer managed or AWS managed policy in any partition. */
    static final String IS_ARN = "r'^" + PolicyNames.ARN + PolicyNames.PATH_AND_NAME + "$'";

    /** {@code r'^…$'}: such an ARN, or the name of an AWS managed policy with its path if it has one. */
    static final String IS_ARN_OR_NAME = "r'^(" + PolicyNames.ARN + ")?" + PolicyNames.PATH_AND_NAME + "$'";

    /** {@code r'^…$'}: the same with the wildcards * and ? in the path and the name. */
    static final String IS_GLOB = "r'^(" + PolicyNames.ARN + ")?([A-Za-z0-9_+=,.@*?-]+/)*[A-Za-z0-9_+=,.@*?-]+$'";

    private static final String ARN = "arn:aws(-[a-z]+)*:iam::(aws|[0-9]{12}):policy/";
    private static final String PATH_AND_NAME = "([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,128}";

    private PolicyNames() {}
}
