package dev.irsa.kubectl.rolespec;

import dev.irsa.api.v1beta1.AllowSpec;
import dev.irsa.api.v1beta1.ExternalRoleSpec;
import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.api.v1beta1.InlinePolicy;
import dev.irsa.api.v1beta1.LimitsSpec;
import dev.irsa.api.v1beta1.NamespaceSelector;
import dev.irsa.api.v1beta1.RequireSpec;
import dev.irsa.api.v1beta1.TagLimit;
import dev.irsa.core.ownership.TagKeys;
import dev.irsa.core.policy.PolicyActions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entitlements that allow the resources of a namespace, and as little else as an entitlement can express: it limits the actions
 * of inline policies, and not their resources. One entitlement has to allow all that a resource asks for, and requires the same
 * boundary of all. The schema limits the length of its lists. So a namespace may need several.
 */
public final class MinimalEntitlements {
    /** The label that every namespace has. */
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private static final int MAX_MANAGED = 100;
    private static final int MAX_ACTIONS = 200;
    private static final int MAX_TAGS = 50;
    private static final int MAX_TAG_VALUES = 50;
    private static final int MAX_NAMES = 50;
    private static final int MAX_PATHS = 50;
    private static final int MAX_EXTERNAL = 100;

    private MinimalEntitlements() {}

    /**
     * Returns the entitlements for these resources of a namespace, whose roles are in one account.
     *
     * @param roles how many roles the namespace may have
     */
    public static List<IamEntitlementSpec> of(String namespace, Collection<IamServiceAccountSpec> specs, int roles) {
        Map<String, List<IamServiceAccountSpec>> byBoundary = specs.stream()
                .collect(Collectors.groupingBy(MinimalEntitlements::boundary, TreeMap::new, Collectors.toList()));
        return byBoundary.values().stream()
                .flatMap(group -> groups(group).stream())
                .map(needs -> needs.entitlement(namespace, roles))
                .toList();
    }

    private static String boundary(IamServiceAccountSpec spec) {
        return Objects.requireNonNullElse(spec.role().permissionsBoundaryARN(), "");
    }

    private static List<Needs> groups(List<IamServiceAccountSpec> specs) {
        List<Needs> all = new ArrayList<>(List.of(new Needs(List.of(specs.getFirst()))));
        for (IamServiceAccountSpec spec : specs.subList(1, specs.size())) {
            Needs more = all.getLast().with(spec);
            if (more.fits()) {
                all.set(all.size() - 1, more);
            } else {
                all.add(new Needs(List.of(spec)));
            }
        }
        return all;
    }

    /** What several resources ask for. */
    private record Needs(List<IamServiceAccountSpec> specs) {
        Needs with(IamServiceAccountSpec spec) {
            return new Needs(Stream.concat(specs.stream(), Stream.of(spec)).toList());
        }

        private SortedSet<String> all(Function<IamServiceAccountSpec, Stream<String>> part) {
            return specs.stream().flatMap(part).collect(Collectors.toCollection(TreeSet::new));
        }

        private SortedSet<String> managed() {
            return all(spec -> spec.policies().managed().stream());
        }

        private SortedSet<String> actions() {
            return all(spec -> spec.policies().inline().stream().flatMap(Needs::actions));
        }

        private SortedSet<String> names() {
            return all(spec -> Stream.ofNullable(spec.role().name()));
        }

        private SortedSet<String> paths() {
            return all(spec -> Stream.ofNullable(spec.role().path()));
        }

        private SortedSet<String> external() {
            return all(spec -> Stream.ofNullable(spec.externalRole()).map(ExternalRoleSpec::arn));
        }

        private SortedMap<String, SortedSet<String>> tags() {
            SortedMap<String, SortedSet<String>> tags = new TreeMap<>(TagKeys.ORDER);
            specs.forEach(spec -> spec.role()
                    .tags()
                    .forEach((key, value) ->
                            tags.computeIfAbsent(key, _ -> new TreeSet<>()).add(value)));
            return tags;
        }

        private static Stream<String> actions(InlinePolicy policy) {
            return PolicyActions.of(policy.document()) instanceof PolicyActions.Read(var entries)
                    ? entries.stream().map(entry -> switch (entry) {
                        case PolicyActions.Listed listed -> listed.pattern().text();
                        case PolicyActions.AllBut _ -> "*";
                    })
                    : Stream.of();
        }

        boolean fits() {
            return managed().size() <= MAX_MANAGED
                    && actions().size() <= MAX_ACTIONS
                    && names().size() <= MAX_NAMES
                    && paths().size() <= MAX_PATHS
                    && external().size() <= MAX_EXTERNAL
                    && tags().size() <= MAX_TAGS
                    && tags().values().stream().allMatch(values -> values.size() <= MAX_TAG_VALUES);
        }

        IamEntitlementSpec entitlement(String namespace, int roles) {
            String boundary = boundary(specs.getFirst());
            SortedSet<String> actions = actions();
            return new IamEntitlementSpec(
                    new NamespaceSelector(Map.of(NAMESPACE_NAME, namespace), List.of()),
                    new AllowSpec(
                            List.of(),
                            List.copyOf(managed()),
                            actions.contains("*") ? List.of("*") : List.copyOf(actions),
                            tags().entrySet().stream()
                                    .map(tag -> new TagLimit(tag.getKey(), List.copyOf(tag.getValue())))
                                    .toList(),
                            List.copyOf(names()),
                            List.copyOf(paths()),
                            List.copyOf(external()),
                            List.of()),
                    RequireSpec.boundary(boundary.isEmpty() ? null : boundary),
                    new LimitsSpec(
                            roles,
                            null,
                            specs.stream()
                                    .mapToInt(spec -> spec.role().maxSessionDurationSeconds())
                                    .max()
                                    .orElseThrow()),
                    specs.getFirst().account());
        }
    }
}
