package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.collection.Sorted;
import dev.irsa.core.policy.PermissionsBoundary;
import dev.irsa.core.policy.PolicyDocument;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What AWS shows.
 *
 * @param association the EKS Pod Identity association of the ServiceAccount; empty if there is none
 * @param provider the OIDC provider of the issuer in the account of the role
 * @param roleArn the role whose credentials the pod should get; empty if there is none
 * @param role empty if IAM has no role of that name
 * @param boundary the permissions boundary of the role; empty if it has none, or one that does not exist
 * @param actions the simulated actions
 */
public record AwsFacts(
        Evidence<Optional<AssociationFacts>> association,
        Evidence<ProviderFacts> provider,
        Optional<String> roleArn,
        Evidence<Optional<RoleFacts>> role,
        Evidence<Optional<BoundaryFacts>> boundary,
        List<Evidence<SimulatedAction>> actions) {
    public AwsFacts {
        actions = List.copyOf(actions);
    }

    /** An EKS Pod Identity association. */
    public record AssociationFacts(String arn, String roleArn, Instant createdAt) {
        private static final Pattern ARN =
                Pattern.compile("(arn:[^:]+:eks:[^:]+:[^:]+:)podidentityassociation/([^/]+)/.+");

        /** Returns the ARN of the cluster, which is part of the ARN of the association. */
        Optional<String> clusterArn() {
            Matcher parts = ARN.matcher(arn);
            return parts.matches() ? Optional.of(parts.group(1) + "cluster/" + parts.group(2)) : Optional.empty();
        }
    }

    /**
     * The OIDC provider of an issuer.
     *
     * @param arn of the provider, or the ARN that it would have
     * @param audiences the audiences that it accepts; empty if it does not exist
     * @param nearMisses other providers that users may mistake for it
     */
    public record ProviderFacts(String arn, Optional<Set<String>> audiences, List<String> nearMisses) {
        public ProviderFacts {
            audiences = audiences.map(TreeSet::new).map(Collections::unmodifiableSet);
            nearMisses = List.copyOf(nearMisses);
        }
    }

    /**
     * A role in IAM with its trust policy.
     *
     * @param boundary the ARN of its permissions boundary; empty if it has none
     */
    public record RoleFacts(
            String arn, String id, Instant createdAt, PolicyDocument trust, Optional<String> boundary) {}

    /**
     * The permissions boundary of a role.
     *
     * @param policies the documents of the policies of the role, by name or ARN
     */
    public record BoundaryFacts(PermissionsBoundary boundary, SortedMap<String, PolicyDocument> policies) {
        public BoundaryFacts {
            policies = Sorted.copyOf(policies);
        }
    }

    /**
     * An action as the IAM policy simulator decides it.
     *
     * @param decision {@code allowed}, {@code implicitDeny}, or {@code explicitDeny}
     * @param detail what denied it, as far as the simulator says; empty if it does not
     */
    public record SimulatedAction(String action, String resource, String decision, String detail) {}
}
