package dev.irsa.core.entitlement;

import dev.irsa.core.desired.Requirements;
import dev.irsa.core.entitlement.EntitlementResults.Result;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All entitlements of a cluster. One that selects the namespace must allow the whole request. If several do, the first by name
 * applies. If none does, the request is denied.
 */
public final class Entitlements {
    private final SortedMap<String, Entitlement> byName;
    private final SortedSet<String> audiences;
    private final String account;

    /**
     * Creates the set of these entitlements.
     *
     * @param audiences the audiences that may be used at all
     * @param account the name of the IamAccount that they are for; empty for the account of the operator
     */
    public Entitlements(Collection<Entitlement> entitlements, Set<String> audiences, String account) {
        this.audiences = new TreeSet<>(audiences);
        this.account = account;
        TreeMap<String, Entitlement> names = new TreeMap<>();
        entitlements.forEach(entitlement -> names.put(entitlement.name(), entitlement));
        this.byName = Collections.unmodifiableSortedMap(names);
    }

    /** Returns what is invalid in an entitlement; empty if it is valid or unknown. */
    public List<String> problems(String name) {
        return byName.containsKey(name) ? byName.get(name).problems() : List.of();
    }

    /** Evaluates a request. One for another audience is denied without asking any entitlement. */
    public EntitlementResults evaluate(RequestingNamespace namespace, EntitlementRequest request) {
        if (!audiences.contains(request.audience())) {
            return new EntitlementResults(
                    List.of(),
                    "token.audience " + request.audience() + " is not allowed in this cluster; use "
                            + String.join(" or ", audiences) + ", or ask a platform engineer to add it to --audiences");
        }
        List<Result> results = byName.values().stream()
                .filter(entitlement -> entitlement.selects(namespace))
                .map(entitlement -> new Result(
                        entitlement, entitlement.requirements(namespace), entitlement.objections(request, namespace)))
                .toList();
        return new EntitlementResults(results, results.isEmpty() ? notSelected(namespace, request) : "");
    }

    /** Returns whether an entitlement that selects the namespace allows the name and the path of a role. */
    public boolean allow(RequestingNamespace namespace, EntitlementRequest.ChosenRole role) {
        return byName.values().stream()
                .anyMatch(entitlement -> entitlement.selects(namespace) && entitlement.allows(role));
    }

    /**
     * Returns what is required of a role in a namespace by the entitlement that allows its resource. If none of those that select the
     * namespace does, each of these may.
     *
     * @param allowedBy the name of the entitlement that allows the resource
     */
    public List<Requirements> requirements(RequestingNamespace namespace, Optional<String> allowedBy) {
        List<Requirements> all = required(namespace);
        return all.stream()
                .filter(requirements ->
                        allowedBy.filter(requirements.entitlement()::equals).isPresent())
                .findFirst()
                .map(List::of)
                .orElse(all);
    }

    private List<Requirements> required(RequestingNamespace namespace) {
        return byName.values().stream()
                .filter(entitlement -> entitlement.problems().isEmpty() && entitlement.selects(namespace))
                .map(entitlement -> entitlement.requirements(namespace))
                .toList();
    }

    /**
     * Returns for each entitlement the others that select one of these namespaces too and require something else. Each has the first
     * such namespace.
     *
     * @param namespaces in order
     */
    public SortedMap<String, SortedMap<String, String>> differing(List<RequestingNamespace> namespaces) {
        SortedMap<String, SortedMap<String, String>> differing = new TreeMap<>();
        for (RequestingNamespace namespace : namespaces) {
            List<Requirements> all = required(namespace);
            for (Requirements one : all) {
                all.stream()
                        .filter(other -> !one.requiresSameAs(other))
                        .forEach(other -> differing
                                .computeIfAbsent(one.entitlement(), _ -> new TreeMap<>())
                                .putIfAbsent(other.entitlement(), namespace.namespace()));
            }
        }
        return differing;
    }

    /** Returns why nothing is allowed in the account of an IamAccount for which there are no entitlements. */
    public static String noneFor(String account) {
        return "no IamEntitlement is for the IamAccount " + account
                + ", so no role is allowed in it; ask a platform engineer to add one with spec.account: " + account;
    }

    private String notSelected(RequestingNamespace namespace, EntitlementRequest request) {
        if (byName.isEmpty()) {
            return account.isEmpty()
                    ? "this cluster has no IamEntitlement, so no role is allowed; ask a platform engineer"
                            + " to run: kubectl apply -f deploy/entitlement.yaml"
                    : noneFor(account);
        }
        List<Entitlement> matching = byName.values().stream()
                .filter(entitlement -> entitlement
                        .objections(
                                request,
                                namespace.with(entitlement.selectingLabels().orElse(Map.of())))
                        .isEmpty())
                .toList();
        return "no IamEntitlement selects namespace " + namespace.namespace() + "; "
                + matching.stream()
                        .flatMap(entitlement -> suggestion(entitlement, namespace).stream())
                        .findFirst()
                        .orElseGet(() -> matching.isEmpty()
                                ? "no existing IamEntitlement would allow this; ask a platform engineer to add one"
                                : matching.getFirst().name()
                                        + " would allow this; ask a platform engineer for a namespace"
                                        + " that it selects");
    }

    /** Suggests no label that already has another value, because other users may depend on it. */
    private static Optional<String> suggestion(Entitlement entitlement, RequestingNamespace namespace) {
        return entitlement
                .selectingLabels()
                .filter(needed -> needed.keySet().stream().noneMatch(namespace.labels()::containsKey))
                .map(needed -> entitlement.name() + " would allow this once a platform engineer labels the"
                        + " namespace: kubectl label namespace " + namespace.namespace() + " " + assignments(needed));
    }

    private static String assignments(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(" "));
    }
}
