package dev.irsa.port;

import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The roles of the account in bulk, handed over page by page so that nobody has to hold them all. A method that throws
 * {@link dev.irsa.failure.FailureException} has handed over a part, and says nothing of what it has not.
 */
public interface RoleListing {
    /** Reads every role of the account with its policies, as {@code iam:GetAccountAuthorizationDetails} shows it. */
    void details(DetailReader reader);

    /** Reads what the details lack of the roles under a path, as {@code iam:ListRoles} shows it. */
    void summaries(String pathPrefix, Consumer<Summary> each);

    /** Takes the roles that it wants. */
    interface DetailReader {
        /** Whether a role with these tags is of interest; the documents of others are not even parsed. */
        boolean wants(Map<String, String> tags);

        /** A role that is wanted. */
        void take(Detail role);

        /** A role that is wanted and of which a document cannot be read. */
        void unreadable(String roleName);
    }

    /**
     * A role with everything but description and session.
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
        /** The whole of it. */
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
                            trust),
                    policies);
        }
    }

    /**
     * What the details of a role lack.
     *
     * @param id {@code AROA…}
     * @param description empty when there is none
     * @param maxSessionSeconds 3600 to 43200
     */
    record Summary(String name, String id, String description, int maxSessionSeconds) {}
}
