package dev.irsa.entitlement;

import java.util.ArrayList;
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
import java.util.function.ToIntFunction;
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

    /**
     * Judges a request.
     *
     * @param before how many roles of the namespace come before this one where an entitlement, by its name, counts;
     *     negative when it has its place. Asked only of those that would allow it otherwise
     */
    public Judgement judge(Applicant applicant, Request request, ToIntFunction<String> before) {
        if (!audiences.contains(request.audience())) {
            return new Judgement.Denied("token.audience is " + request.audience() + ", and only "
                    + String.join(", ", audiences)
                    + " may be used here; a platform engineer can add it to the operator's"
                    + " --audiences");
        }
        List<String> denials = new ArrayList<>();
        for (Entitlement entitlement : byName.values()) {
            if (entitlement.selects(applicant)) {
                List<String> objections = entitlement.objections(request, before);
                if (objections.isEmpty()) {
                    return new Judgement.Allowed(entitlement.name(), entitlement.boundary());
                }
                denials.add("by " + entitlement.name() + " because " + String.join(", and ", objections));
            }
        }
        return new Judgement.Denied(
                denials.isEmpty() ? notSelected(applicant, request) : "denied: " + String.join("; ", denials));
    }

    private String notSelected(Applicant applicant, Request request) {
        if (byName.isEmpty()) {
            return "there is no IamEntitlement in this cluster, and without one nothing is allowed; a platform engineer"
                    + " can begin with: kubectl apply -f deploy/entitlement.yaml";
        }
        String problem = "no IamEntitlement selects namespace " + applicant.namespace() + "; ";
        return byName.values().stream()
                .filter(entitlement ->
                        entitlement.objections(request, counting -> 0).isEmpty())
                .flatMap(entitlement -> wayIn(entitlement, applicant).stream())
                .findFirst()
                .map(way -> problem + way)
                .orElse(problem + "none of them would allow this either: ask a platform engineer for one that does");
    }

    private static Optional<String> wayIn(Entitlement entitlement, Applicant applicant) {
        return entitlement.selectingLabels().map(needed -> {
            boolean replaces = needed.keySet().stream().anyMatch(applicant.labels()::containsKey);
            return entitlement.name() + " would allow this, once a platform engineer has labelled the namespace:"
                    + " kubectl label namespace " + applicant.namespace() + " " + assignments(needed)
                    + (replaces ? " --overwrite" : "");
        });
    }

    private static String assignments(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(" "));
    }
}
