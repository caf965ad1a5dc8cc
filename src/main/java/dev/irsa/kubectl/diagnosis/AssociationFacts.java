package dev.irsa.kubectl.diagnosis;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An EKS Pod Identity association. */
public record AssociationFacts(String arn, String roleArn, Instant createdAt) {
    private static final Pattern ARN = Pattern.compile("(arn:[^:]+:eks:[^:]+:[^:]+:)podidentityassociation/([^/]+)/.+");

    /** Returns the ARN of the cluster, which is part of the ARN of the association. */
    Optional<String> clusterArn() {
        Matcher parts = ARN.matcher(arn);
        return parts.matches() ? Optional.of(parts.group(1) + "cluster/" + parts.group(2)) : Optional.empty();
    }
}
