package dev.irsa.core.plan;

import dev.irsa.core.desired.Requirements;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.TagKeys;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds what entitlements require of a role and the role does not have. */
public final class MissingRequirements {
    private MissingRequirements() {}

    /**
     * Returns what is missing, each with the name of the entitlement. What the first entitlement requires counts, unless the role has
     * all that another one requires.
     *
     * @param requirements what each of the entitlements requires that may apply
     */
    public static List<String> of(RoleState role, List<Requirements> requirements) {
        List<List<String>> missing =
                requirements.stream().map(required -> missing(role, required)).toList();
        return missing.isEmpty() || missing.contains(List.<String>of()) ? List.of() : missing.getFirst();
    }

    private static List<String> missing(RoleState state, Requirements required) {
        ObservedRole role = state.role();
        TreeMap<String, String> tags = new TreeMap<>(TagKeys.ORDER);
        tags.putAll(role.tags());
        Stream<String> boundary = required
                .boundary()
                .filter(arn -> !role.boundary().equals(required.boundary()))
                .map(arn -> "permissions boundary " + arn)
                .stream();
        Stream<String> policies = required.managed().stream()
                .filter(arn -> !state.policies().attached().contains(arn))
                .map(arn -> "managed policy " + arn);
        Stream<String> otherTags = required.tags().entrySet().stream()
                .filter(tag -> !tag.getValue().equals(tags.get(tag.getKey())))
                .map(tag -> "tag " + tag.getKey() + "=" + tag.getValue());
        return Stream.of(boundary, policies, otherTags)
                .flatMap(Function.identity())
                .map(what -> "IamEntitlement " + required.entitlement() + " requires " + what)
                .toList();
    }
}
