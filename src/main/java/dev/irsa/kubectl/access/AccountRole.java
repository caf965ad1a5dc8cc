package dev.irsa.kubectl.access;

import dev.irsa.core.access.AccessPolicy;
import dev.irsa.core.access.RoleAccess;
import dev.irsa.core.collection.Sorted;
import dev.irsa.core.observed.RoleUse;
import dev.irsa.core.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A role as IAM lists it, with everything that decides who can use it and for what.
 *
 * @param tags all tags
 * @param inline inline policies by name
 * @param managed ARNs of the attached managed policies
 * @param boundary ARN of the permissions boundary
 */
public record AccountRole(
        String arn,
        SortedMap<String, String> tags,
        RoleUse use,
        PolicyDocument trust,
        SortedMap<String, PolicyDocument> inline,
        SortedSet<String> managed,
        Optional<String> boundary) {
    public AccountRole {
        tags = Sorted.copyOf(tags);
        inline = Sorted.copyOf(inline);
        managed = Sorted.copyOf(managed);
    }

    /** Returns the ARNs of the managed policies, and of the boundary, whose documents the list of roles does not show. */
    public Set<String> namedPolicies() {
        TreeSet<String> named = new TreeSet<>(managed);
        boundary.ifPresent(named::add);
        return named;
    }

    /**
     * Returns what the policies allow.
     *
     * @param documents of the {@link #namedPolicies()}, without those that could not be read
     */
    public RoleAccess access(Map<String, PolicyDocument> documents) {
        List<AccessPolicy> policies = new ArrayList<>();
        inline.forEach((name, document) -> policies.add(AccessPolicy.of(name, document)));
        managed.forEach(arn -> policies.add(policy(arn, documents)));
        return new RoleAccess(policies, boundary.map(arn -> policy(arn, documents)));
    }

    private static AccessPolicy policy(String arn, Map<String, PolicyDocument> documents) {
        return Optional.ofNullable(documents.get(arn))
                .map(document -> AccessPolicy.of(arn, document))
                .orElseGet(() -> AccessPolicy.unknown(arn));
    }
}
