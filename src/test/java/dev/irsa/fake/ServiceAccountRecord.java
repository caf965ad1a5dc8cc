package dev.irsa.fake;

import dev.irsa.desired.DesiredServiceAccount;
import dev.irsa.observed.ObservedServiceAccount;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A ServiceAccount as the API server keeps it.
 *
 * @param uid tells it from another of the same name
 * @param annotations all of them
 * @param managers who owns which annotation, as managedFields tell
 * @param owners UIDs in the owner references
 */
public record ServiceAccountRecord(
        String uid,
        SortedMap<String, String> annotations,
        SortedMap<String, Set<String>> managers,
        Set<String> owners) {
    /** Our field manager, as what it updates is kept. */
    public static final String OPERATOR = "irsa-operator";

    /** Our field manager, as what it applies is kept: to the API server another owner, though of the same name. */
    public static final String OPERATOR_APPLIES = OPERATOR + " (apply)";

    public ServiceAccountRecord {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        managers = Collections.unmodifiableSortedMap(new TreeMap<>(managers));
        owners = Set.copyOf(owners);
    }

    /** One without annotations or owners. */
    static ServiceAccountRecord bare(String uid) {
        return new ServiceAccountRecord(uid, new TreeMap<>(), new TreeMap<>(), Set.of());
    }

    /** What the operator sees of it. */
    public ObservedServiceAccount observed() {
        TreeMap<String, String> seen = new TreeMap<>(annotations);
        seen.keySet().retainAll(DesiredServiceAccount.ANNOTATIONS);
        TreeSet<String> ours = new TreeSet<>();
        managers.forEach((key, who) -> {
            boolean our = who.contains(OPERATOR) || who.contains(OPERATOR_APPLIES);
            if (our && DesiredServiceAccount.ANNOTATIONS.contains(key)) {
                ours.add(key);
            }
        });
        return new ObservedServiceAccount.Present(uid, seen, ours, owners);
    }

    /** Whether we own one of these as what we updated: an apply conflicts with it, and cannot drop it. */
    boolean wasUpdatedByUs(Set<String> keys) {
        return keys.stream()
                .anyMatch(key -> managers.getOrDefault(key, Set.of()).contains(OPERATOR));
    }

    /** An update: a value that changes belongs to its writer alone from then on. */
    ServiceAccountRecord updated(String manager, Map<String, String> values, Set<String> removed) {
        TreeMap<String, String> all = new TreeMap<>(annotations);
        TreeMap<String, Set<String>> who = new TreeMap<>(managers);
        values.forEach((key, value) -> {
            if (!value.equals(all.put(key, value))) {
                who.put(key, Set.of(manager));
            }
        });
        all.keySet().removeAll(removed);
        who.keySet().removeAll(removed);
        return new ServiceAccountRecord(uid, all, who, owners);
    }

    /** Which of these values an apply without force may not set, since others own another value. */
    Set<String> conflicts(String manager, Map<String, String> values) {
        TreeSet<String> conflicts = new TreeSet<>();
        values.forEach((key, value) -> {
            String found = annotations.get(key);
            boolean othersOwn = managers.getOrDefault(key, Set.of()).stream().anyMatch(who -> !who.equals(manager));
            if (found != null && !found.equals(value) && othersOwn) {
                conflicts.add(key);
            }
        });
        return conflicts;
    }

    /** A server-side apply: what the manager no longer names is no longer its own, and goes when nobody else's. */
    ServiceAccountRecord applied(String manager, Map<String, String> values) {
        TreeMap<String, String> all = new TreeMap<>(annotations);
        TreeMap<String, Set<String>> who = new TreeMap<>();
        managers.forEach((key, owning) -> {
            TreeSet<String> others = new TreeSet<>(owning);
            boolean dropped = others.remove(manager) && !values.containsKey(key);
            if (!others.isEmpty()) {
                who.put(key, others);
            } else if (dropped) {
                all.remove(key);
            }
        });
        values.forEach((key, value) -> {
            all.put(key, value);
            TreeSet<String> owning = new TreeSet<>(who.getOrDefault(key, Set.of()));
            owning.add(manager);
            who.put(key, owning);
        });
        return new ServiceAccountRecord(uid, all, who, owners);
    }

    ServiceAccountRecord ownedBy(Set<String> uids) {
        return new ServiceAccountRecord(uid, annotations, managers, uids);
    }
}
