package dev.irsa.permissions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody asks of AWS.
 *
 * @param name what comes of it if it is allowed
 * @param principal who asks
 * @param identityPolicies the names of the policies that he has
 * @param resourcePolicy the name of the policy that the resource has; empty: none
 * @param context what AWS knows of the request, its claims and its resource, by condition key
 */
record Attempt(
        String name,
        String principal,
        Set<String> identityPolicies,
        String resourcePolicy,
        String action,
        String resource,
        SortedMap<String, Object> context) {
    /** By the operator, with this policy. */
    static Attempt of(String name, String policy, AwsAction action, String resource) {
        return of(name, policy, action.id(), resource);
    }

    static Attempt of(String name, String policy, String action, String resource) {
        return new Attempt(name, Sample.OPERATOR, Set.of(policy), "", action, resource, new TreeMap<>());
    }

    /** By whom the policy of the resource is to judge. */
    static Attempt by(String principal, String name, String resourcePolicy, String action, String resource) {
        return new Attempt(name, principal, Set.of(), resourcePolicy, action, resource, new TreeMap<>());
    }

    Attempt as(String otherName) {
        return new Attempt(otherName, principal, identityPolicies, resourcePolicy, action, resource, context);
    }

    /** With another policy. */
    Attempt under(String policy) {
        return new Attempt(name, principal, Set.of(policy), resourcePolicy, action, resource, context);
    }

    Attempt with(String key, Object value) {
        TreeMap<String, Object> more = new TreeMap<>(context);
        more.put(key, value);
        return new Attempt(name, principal, identityPolicies, resourcePolicy, action, resource, more);
    }

    /** With these tags in the request. */
    Attempt requesting(Map<String, String> tags) {
        Attempt attempt = with("aws:TagKeys", List.copyOf(tags.keySet()));
        for (var tag : tags.entrySet()) {
            attempt = attempt.with("aws:RequestTag/" + tag.getKey(), tag.getValue());
        }
        return attempt;
    }

    /** With these tags on the resource. */
    Attempt onTagged(Map<String, String> tags) {
        Attempt attempt = this;
        for (var tag : tags.entrySet()) {
            attempt = attempt.with("aws:ResourceTag/" + tag.getKey(), tag.getValue());
        }
        return attempt;
    }

    /** The boundary that the role has, or is to have. */
    Attempt bounded(String boundary) {
        return with("iam:PermissionsBoundary", boundary);
    }

    /** The managed policy that it is about. */
    Attempt about(String policyArn) {
        return with("iam:PolicyARN", policyArn);
    }
}
