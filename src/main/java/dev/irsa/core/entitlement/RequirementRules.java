package dev.irsa.core.entitlement;

import dev.irsa.api.v1beta1.RequireSpec;
import dev.irsa.api.v1beta1.RequiredTag;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.desired.Requirements;
import dev.irsa.core.ownership.TagKeys;
import dev.irsa.core.policy.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an entitlement requires of every role that it allows.
 *
 * @param entitlement its name
 */
record RequirementRules(String entitlement, RequireSpec spec, AwsAccount account) {
    /** The label that the API server sets on every namespace. No user can change it. */
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    /** Returns why these requirements cannot be met by any role of an account; empty if they can. */
    static List<String> problems(RequireSpec spec, AwsAccount account) {
        List<String> problems = new ArrayList<>();
        Optional.ofNullable(spec.permissionsBoundaryARN())
                .flatMap(boundary -> foreign("require.permissionsBoundaryARN", boundary, account))
                .ifPresent(problems::add);
        spec.managedPolicies().stream()
                .map(account::managedPolicy)
                .flatMap(policy ->
                        foreign("require.managedPolicies", policy, account).or(() -> quarantine(policy)).stream())
                .forEach(problems::add);
        TreeSet<String> keys = new TreeSet<>(TagKeys.ORDER);
        for (RequiredTag tag : spec.tags()) {
            if (!keys.add(tag.key())) {
                problems.add("require.tags has the key " + tag.key()
                        + " twice; tag keys are not case-sensitive; remove one of them");
            }
            if ((tag.value() == null) == (tag.namespaceLabel() == null)) {
                problems.add("require.tags " + tag.key() + " needs either value or namespaceLabel; set one of them");
            }
            ConfiguredRoleTags.problem(tag.key(), Objects.requireNonNullElse(tag.value(), ""))
                    .ifPresent(why -> problems.add("require.tags " + tag.key() + ": " + why));
            if (tag.namespaceLabel() != null
                    && tag.values().isEmpty()
                    && !tag.namespaceLabel().equals(NAME_LABEL)) {
                problems.add("require.tags " + tag.key() + " needs values, because users may set the label "
                        + tag.namespaceLabel() + "; list the values that the label may have");
            }
        }
        return problems;
    }

    private static Optional<String> foreign(String field, String policy, AwsAccount account) {
        return account.mayUse(policy)
                ? Optional.empty()
                : Optional.of(field + " " + policy + " is not in the account of the roles (" + account.id()
                        + ", partition " + account.partition() + "); choose a policy of that account");
    }

    private static Optional<String> quarantine(String policy) {
        return ProtectedPolicies.isOfAws(policy)
                ? Optional.of("require.managedPolicies " + policy
                        + " cuts a role off from AWS, and its resource could not be deleted; remove it")
                : Optional.empty();
    }

    /**
     * Returns what is required in a namespace, without the tags from a label that the namespace does not have, or has with a value
     * that is not allowed.
     */
    Requirements in(RequestingNamespace namespace) {
        SortedSet<String> managed = new TreeSet<>();
        spec.managedPolicies().forEach(policy -> managed.add(account.managedPolicy(policy)));
        TreeMap<String, String> tags = new TreeMap<>(TagKeys.ORDER);
        for (RequiredTag tag : spec.tags()) {
            value(tag, namespace.labels()).ifPresent(value -> tags.put(tag.key(), value));
        }
        return new Requirements(entitlement, Optional.ofNullable(spec.permissionsBoundaryARN()), managed, tags);
    }

    private static Optional<String> value(RequiredTag tag, Map<String, String> labels) {
        return tag.namespaceLabel() == null
                ? Optional.ofNullable(tag.value())
                : Optional.ofNullable(labels.get(tag.namespaceLabel())).filter(value -> isAllowed(tag, value));
    }

    private static boolean isAllowed(RequiredTag tag, String value) {
        return (NAME_LABEL.equals(tag.namespaceLabel()) && tag.values().isEmpty())
                || tag.values().stream().anyMatch(allowed -> Glob.of(allowed).matches(value));
    }

    /** Returns why a request in a namespace contradicts the requirements, each to be read after "because". */
    List<String> objections(EntitlementRequest request, RequestingNamespace namespace) {
        List<String> objections = new ArrayList<>();
        boundaryObjection(request).ifPresent(objections::add);
        if (request.role().external().isPresent()) {
            // The operator gives a role of others neither policies nor tags.
            return objections;
        }
        for (RequiredTag tag : spec.tags()) {
            labelObjection(tag, namespace)
                    .or(() -> tagObjection(
                            tag, request, value(tag, namespace.labels()).orElseThrow()))
                    .ifPresent(objections::add);
        }
        request.tags().excess(in(namespace).tags()).ifPresent(objections::add);
        return objections;
    }

    private Optional<String> boundaryObjection(EntitlementRequest request) {
        return request.permissions()
                .boundary()
                .filter(asked -> spec.permissionsBoundaryARN() != null && !asked.equals(spec.permissionsBoundaryARN()))
                .map(asked -> "role.permissionsBoundaryARN is " + asked + " instead of the required "
                        + spec.permissionsBoundaryARN());
    }

    private static Optional<String> labelObjection(RequiredTag tag, RequestingNamespace namespace) {
        String label = tag.namespaceLabel();
        if (label == null) {
            return Optional.empty();
        }
        String value = namespace.labels().get(label);
        if (value == null) {
            return Optional.of("it takes the tag " + tag.key() + " of each role from the label " + label
                    + ", which namespace " + namespace.namespace()
                    + " does not have; ask a platform engineer to set the label");
        }
        return isAllowed(tag, value)
                ? Optional.empty()
                : Optional.of("it takes the tag " + tag.key() + " of each role from the label " + label + ", and \""
                        + value + "\" is not in its values in require.tags; correct the label of namespace "
                        + namespace.namespace() + ", or ask a platform engineer to allow the value");
    }

    private static Optional<String> tagObjection(RequiredTag tag, EntitlementRequest request, String required) {
        return request.tags()
                .other(tag.key(), required)
                .map(field -> field + " instead of the required \"" + required + "\"");
    }
}
