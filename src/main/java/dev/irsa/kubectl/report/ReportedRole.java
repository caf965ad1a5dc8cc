package dev.irsa.kubectl.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.access.AllowedAccess;
import dev.irsa.core.collection.Sorted;
import dev.irsa.core.observed.RoleUse;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.kubectl.access.Grant;
import dev.irsa.kubectl.access.Grant.Link;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A role that ServiceAccounts of the cluster can use. Fields that do not apply are absent.
 *
 * @param cluster the context of the cluster; null in a report of one cluster
 * @param accountID of its AWS account
 * @param serviceAccounts that can use it
 * @param entitlement the IamEntitlement that allows it; null if none does, or the role has no IamServiceAccount
 * @param boundary null if it has none
 * @param allowed what its policies allow
 * @param denied what its policies and its boundary deny, each in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReportedRole(
        @Nullable String cluster,
        String roleArn,
        String accountID,
        SortedMap<String, String> tags,
        Use use,
        List<User> serviceAccounts,
        @Nullable String entitlement,
        @Nullable Policy boundary,
        List<Policy> policies,
        Trust trust,
        List<AllowedAccess> allowed,
        List<String> denied,
        List<Raised> flags) {
    public ReportedRole {
        Objects.requireNonNull(roleArn);
        Objects.requireNonNull(accountID);
        Objects.requireNonNull(use);
        Objects.requireNonNull(trust);
        tags = Sorted.copyOf(tags);
        serviceAccounts = List.copyOf(serviceAccounts);
        policies = List.copyOf(policies);
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
        flags = List.copyOf(flags);
    }

    /** Returns the same role as it is in one of several clusters. */
    ReportedRole in(String context) {
        return new ReportedRole(
                context,
                roleArn,
                accountID,
                tags,
                use,
                serviceAccounts,
                entitlement,
                boundary,
                policies,
                trust,
                allowed,
                denied,
                flags);
    }

    /** Returns the ARN, with the cluster if there are several. */
    String title() {
        return title(cluster, roleArn);
    }

    static String title(@Nullable String cluster, String roleArn) {
        return cluster == null ? roleArn : cluster + ": " + roleArn;
    }

    /** Returns whether it has a flag. */
    public boolean has(Flag flag) {
        return flags.stream().anyMatch(raised -> raised.flag().equals(flag.toString()));
    }

    /**
     * A ServiceAccount that can use the role.
     *
     * @param condition on what it depends; null if it is certain
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record User(
            String namespace,
            String name,
            Link linkedBy,
            @Nullable String iamServiceAccount,
            @Nullable String condition) {
        public User {
            Objects.requireNonNull(namespace);
            Objects.requireNonNull(name);
            Objects.requireNonNull(linkedBy);
        }

        static User of(Grant grant) {
            return new User(
                    grant.serviceAccount().namespace(),
                    grant.serviceAccount().name(),
                    grant.link(),
                    grant.resource().orElse(null),
                    grant.condition().orElse(null));
        }
    }

    /**
     * A policy of the role, or its boundary.
     *
     * @param name the name of an inline policy, or the ARN of a managed one
     * @param digest equal if IAM treats the documents as equal; null if the document was not read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Policy(String name, @Nullable String digest) {
        public Policy {
            Objects.requireNonNull(name);
        }

        static Policy of(String name, Optional<PolicyDocument> document) {
            return new Policy(
                    name, document.map(known -> known.fingerprint().digest()).orElse(null));
        }
    }

    /**
     * The trust policy.
     *
     * @param alsoAdmits whom it admits beside the ServiceAccounts that are linked to the role, each in words
     */
    public record Trust(String digest, List<String> alsoAdmits) {
        public Trust {
            Objects.requireNonNull(digest);
            alsoAdmits = List.copyOf(alsoAdmits);
        }
    }

    /**
     * A flag of the role.
     *
     * @param flag its name; that of another version of the program may be unknown
     * @param reasons each in words
     */
    public record Raised(String flag, List<String> reasons) {
        public Raised {
            Objects.requireNonNull(flag);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * When it was created and last used, in UTC.
     *
     * @param lastUsedAt null if IAM knows of no use
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Use(
            String createdAt,
            @Nullable String lastUsedAt,
            @Nullable String lastUsedIn) {
        public Use {
            Objects.requireNonNull(createdAt);
        }

        static Use of(RoleUse use) {
            return new Use(
                    use.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    use.last()
                            .map(last ->
                                    last.at().truncatedTo(ChronoUnit.SECONDS).toString())
                            .orElse(null),
                    use.last()
                            .map(RoleUse.LastUse::region)
                            .filter(region -> !region.isEmpty())
                            .orElse(null));
        }
    }
}
