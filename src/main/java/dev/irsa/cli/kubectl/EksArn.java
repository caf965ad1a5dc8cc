package dev.irsa.cli.kubectl;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The region and the name of a cluster, from its ARN in EKS. */
record EksArn(Optional<String> region, Optional<String> name) {
    /** The operator has not published its settings. */
    static final EksArn UNKNOWN = new EksArn(Optional.empty(), Optional.empty());

    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:eks:([a-z0-9-]+):[0-9]{12}:cluster/(.+)");

    /** Parses the ARN. Both parts are empty if there is none. */
    static EksArn of(Optional<String> arn) {
        Matcher matcher = ARN.matcher(arn.orElse(""));
        return matcher.matches() ? new EksArn(Optional.of(matcher.group(1)), Optional.of(matcher.group(2))) : UNKNOWN;
    }
}
