package dev.irsa.port;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.observed.RoleUse;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lists the roles of the account page by page, so that they need not fit in memory together. A method that throws
 * {@link dev.irsa.core.failure.FailureException} has passed only a part of the roles to the consumer.
 */
public interface RoleListing {
    /** Reads every role of the account with its policies through {@code iam:GetAccountAuthorizationDetails}. */
    void details(Consumer<ListedRole> each);

    /** Reads what is missing in the details of the roles under a path through {@code iam:ListRoles}. */
    void summaries(String pathPrefix, Consumer<Summary> each);

    /**
     * A role of the list, with what is known without its documents.
     *
     * @param arn empty if IAM does not return it
     * @param boundary the ARN of its permissions boundary
     * @param use empty if IAM does not return when the role was created
     * @param detail parses the documents of the role; returns empty if one of them is unreadable
     */
    record ListedRole(
            String name,
            String arn,
            SortedMap<String, String> tags,
            Optional<String> boundary,
            Optional<RoleUse> use,
            Supplier<Optional<Detail>> detail) {}

    /**
     * A role without its description and maximum session duration.
     *
     * @param id {@code AROA…}
     */
    record Detail(
            String name,
            String path,
            String arn,
            String id,
            Optional<String> boundary,
            SortedMap<String, String> tags,
            PolicyFingerprint trust,
            ObservedPolicies policies) {
        /** Returns the complete role. */
        public RoleState with(Summary summary) {
            return new RoleState(
                    new ObservedRole(
                            name,
                            path,
                            arn,
                            id,
                            summary.description(),
                            summary.maxSessionSeconds(),
                            boundary,
                            tags,
                            trust,
                            Optional.empty()),
                    policies);
        }
    }

    /**
     * What is missing in the details of a role.
     *
     * @param id {@code AROA…}
     * @param description empty when there is none
     * @param maxSessionSeconds 3600 to 43200
     */
    record Summary(String name, String id, String description, int maxSessionSeconds) {}
}
