package dev.irsa.core.entitlement;

import dev.irsa.core.entitlement.EntitlementEvaluation.Opinion;
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
 * All entitlements of a cluster. One of those that select the namespace must allow all that is asked for; of several
 * that do, the first by name is the one. None: denied.
 */
public final class Entitlements {
    private final SortedMap<String, Entitlement> byName;
    private final SortedSet<String> audiences;

    /**
     * These and no others.
     *
     * @param audiences those that may be used at all
     */
    public Entitlements(Collection<Entitlement> entitlements, Set<String> audiences) {
        this.audiences = new TreeSet<>(audiences);
        TreeMap<String, Entitlement> names = new TreeMap<>();
        entitlements.forEach(entitlement -> names.put(entitlement.name(), entitlement));
        this.byName = Collections.unmodifiableSortedMap(names);
    }

    /** They by their names. */
    public SortedMap<String, Entitlement> byName() {
        return byName;
    }

    /** What they have against a request; against one for another audience nobody needs to be asked. */
    public EntitlementEvaluation on(RequestingNamespace applicant, EntitlementRequest request) {
        if (!audiences.contains(request.audience())) {
            return new EntitlementEvaluation(
                    List.of(),
                    "token.audience is " + request.audience() + ", and only " + String.join(", ", audiences)
                            + " may be used here; a platform engineer can add it to the operator's --audiences");
        }
        List<Opinion> opinions = byName.values().stream()
                .filter(entitlement -> entitlement.selects(applicant))
                .map(entitlement -> new Opinion(entitlement, entitlement.objections(request)))
                .toList();
        return new EntitlementEvaluation(opinions, opinions.isEmpty() ? notSelected(applicant, request) : "");
    }

    private String notSelected(RequestingNamespace applicant, EntitlementRequest request) {
        if (byName.isEmpty()) {
            return "there is no IamEntitlement in this cluster, and without one nothing is allowed; a platform engineer"
                    + " can begin with: kubectl apply -f deploy/entitlement.yaml";
        }
        List<Entitlement> willing = byName.values().stream()
                .filter(entitlement -> entitlement.objections(request).isEmpty())
                .toList();
        return "no IamEntitlement selects namespace " + applicant.namespace() + "; "
                + willing.stream()
                        .flatMap(entitlement -> wayIn(entitlement, applicant).stream())
                        .findFirst()
                        .orElseGet(() -> willing.isEmpty()
                                ? "none of them would allow this either: ask a platform engineer for one that does"
                                : willing.getFirst().name()
                                        + " would allow this: ask a platform engineer for a namespace"
                                        + " that it selects");
    }

    /** A label that has another value already means something to somebody, and is not to be replaced. */
    private static Optional<String> wayIn(Entitlement entitlement, RequestingNamespace applicant) {
        return entitlement
                .selectingLabels()
                .filter(needed -> needed.keySet().stream().noneMatch(applicant.labels()::containsKey))
                .map(needed -> entitlement.name() + " would allow this, once a platform engineer has labelled the"
                        + " namespace: kubectl label namespace " + applicant.namespace() + " " + assignments(needed));
    }

    private static String assignments(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(" "));
    }
}
