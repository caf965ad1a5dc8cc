package dev.irsa.core.adoption;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.api.v1alpha1.IamEntitlementSpec;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.api.v1alpha1.InlinePolicy;
import dev.irsa.api.v1alpha1.NamespaceSelector;
import dev.irsa.api.v1alpha1.TagLimit;
import dev.irsa.core.policy.PolicyActions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The entitlements that allow the resources of a namespace and nothing else. One entitlement has to allow all that a resource
 * asks for, and the schema limits the length of its lists, so a namespace may need several.
 */
public final class MinimalEntitlements {
    /** The label that every namespace has. */
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private static final int MAX_MANAGED = 100;
    private static final int MAX_ACTIONS = 200;
    private static final int MAX_TAGS = 50;
    private static final int MAX_TAG_VALUES = 50;

    private MinimalEntitlements() {}

    /** Returns the entitlements for these resources of a namespace. */
    public static List<IamEntitlementSpec> of(String namespace, Collection<IamServiceAccountSpec> specs) {
        List<IamEntitlementSpec> all = new ArrayList<>();
        Needs needs = new Needs();
        for (IamServiceAccountSpec spec : specs) {
            Needs more = needs.with(spec);
            if (!needs.isEmpty() && !more.fits()) {
                all.add(needs.entitlement(namespace));
                more = new Needs().with(spec);
            }
            needs = more;
        }
        if (!needs.isEmpty()) {
            all.add(needs.entitlement(namespace));
        }
        return all;
    }

    /** What several resources ask for. */
    private record Needs(
            SortedSet<String> managed,
            SortedSet<String> actions,
            SortedMap<String, SortedSet<String>> tags,
            Set<String> boundaries,
            int maxSessionSeconds,
            int resources) {
        Needs() {
            this(new TreeSet<>(), new TreeSet<>(), new TreeMap<>(), Set.of(), 0, 0);
        }

        boolean isEmpty() {
            return resources == 0;
        }

        Needs with(IamServiceAccountSpec spec) {
            TreeSet<String> allManaged = new TreeSet<>(managed);
            allManaged.addAll(spec.policies().managed());
            TreeSet<String> allActions = new TreeSet<>(actions);
            spec.policies().inline().stream()
                    .map(InlinePolicy::document)
                    .forEach(document -> addActions(document, allActions));
            TreeMap<String, SortedSet<String>> allTags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            tags.forEach((key, values) -> allTags.put(key, new TreeSet<>(values)));
            spec.role()
                    .tags()
                    .forEach((key, value) ->
                            allTags.computeIfAbsent(key, _ -> new TreeSet<>()).add(value));
            Set<String> allBoundaries = new HashSet<>(boundaries);
            allBoundaries.add(Objects.requireNonNullElse(spec.role().permissionsBoundaryArn(), ""));
            return new Needs(
                    allManaged,
                    allActions,
                    allTags,
                    allBoundaries,
                    Math.max(maxSessionSeconds, spec.role().maxSessionDurationSeconds()),
                    resources + 1);
        }

        private static void addActions(JsonNode document, Set<String> actions) {
            if (PolicyActions.of(document) instanceof PolicyActions.Read(var entries)) {
                entries.forEach(entry -> actions.add(
                        switch (entry) {
                            case PolicyActions.Listed listed -> listed.pattern().text();
                            case PolicyActions.AllBut _ -> "*";
                        }));
            }
        }

        boolean fits() {
            return managed.size() <= MAX_MANAGED
                    && actions.size() <= MAX_ACTIONS
                    && tags.size() <= MAX_TAGS
                    && tags.values().stream().allMatch(values -> values.size() <= MAX_TAG_VALUES);
        }

        IamEntitlementSpec entitlement(String namespace) {
            return new IamEntitlementSpec(
                    new NamespaceSelector(Map.of(NAMESPACE_NAME, namespace), List.of()),
                    List.copyOf(managed),
                    actions.contains("*") ? List.of("*") : List.copyOf(actions),
                    List.of(),
                    boundary(),
                    tags.entrySet().stream()
                            .map(tag -> new TagLimit(tag.getKey(), List.copyOf(tag.getValue())))
                            .toList(),
                    true,
                    null,
                    maxSessionSeconds,
                    null,
                    List.of(),
                    null);
        }

        /** A boundary that all of them have is required of the next ones too. */
        private @Nullable String boundary() {
            String only = boundaries.size() == 1 ? boundaries.iterator().next() : "";
            return only.isEmpty() ? null : only;
        }
    }
}
