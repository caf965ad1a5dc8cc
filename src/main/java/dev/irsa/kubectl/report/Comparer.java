package dev.irsa.kubectl.report;

import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.report.Comparison.Change;
import dev.irsa.kubectl.report.Comparison.ChangedRole;
import dev.irsa.kubectl.report.Comparison.Kind;
import dev.irsa.kubectl.report.ReportedRole.Policy;
import dev.irsa.kubectl.report.ReportedRole.Raised;
import dev.irsa.kubectl.report.ReportedRole.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what two reports say about a role. */
final class Comparer {
    private final List<Change> changes = new ArrayList<>();

    private Comparer() {}

    /** Returns what changed between two reports. Clusters may share a role, and have ServiceAccounts of the same name. */
    static Comparison compare(AccessReport earlier, AccessReport later) {
        SortedMap<String, ReportedRole> before = byKey(earlier.roles(), ReportedRole::title);
        SortedMap<String, ReportedRole> after = byKey(later.roles(), ReportedRole::title);
        List<ChangedRole> roles = new ArrayList<>();
        for (String key : union(before, after)) {
            ReportedRole was = before.get(key);
            ReportedRole is = after.get(key);
            if (is != null) {
                roles.add(changed(is, changes(was, is)));
            } else if (was != null && !mayBeUnread(was, later.notRead())) {
                roles.add(changed(was, changes(was, null)));
            }
        }
        return new Comparison(
                earlier.createdAt(),
                roles.stream().filter(role -> !role.changes().isEmpty()).toList());
    }

    private static ChangedRole changed(ReportedRole role, List<Change> changes) {
        return new ChangedRole(role.cluster(), role.roleArn(), changes);
    }

    /** A role of an account, or of a cluster, that could not be read is not lost. */
    private static boolean mayBeUnread(ReportedRole role, List<NotRead> unknown) {
        return unknown.stream()
                .filter(missing -> Objects.equals(missing.cluster(), role.cluster()))
                .map(NotRead::accountID)
                .anyMatch(account -> account.isEmpty() || account.equals(role.accountID()));
    }

    private static List<Change> changes(@Nullable ReportedRole before, @Nullable ReportedRole after) {
        Comparer comparer = new Comparer();
        comparer.users(of(before, ReportedRole::serviceAccounts), of(after, ReportedRole::serviceAccounts));
        if (before != null && after != null) {
            comparer.identity(before, after);
            comparer.policies(before.policies(), after.policies());
            comparer.boundary(Optional.ofNullable(before.boundary()), Optional.ofNullable(after.boundary()));
            if (!before.trust().digest().equals(after.trust().digest())) {
                comparer.add(Kind.changed, "trust policy");
            }
            comparer.entitlement(Optional.ofNullable(before.entitlement()), Optional.ofNullable(after.entitlement()));
        }
        if (after != null) {
            comparer.flags(of(before, ReportedRole::flags), after.flags());
        }
        return comparer.changes;
    }

    /** Policies of resources that name the ARN no longer mean a role that was created again. Conditions often compare tags. */
    private void identity(ReportedRole before, ReportedRole after) {
        if (!before.use().createdAt().equals(after.use().createdAt())) {
            add(Kind.changed, "role, which was deleted and created again");
        }
        for (String key : union(before.tags(), after.tags())) {
            if (!Objects.equals(before.tags().get(key), after.tags().get(key))) {
                add(
                        after.tags().containsKey(key)
                                ? before.tags().containsKey(key) ? Kind.changed : Kind.added
                                : Kind.removed,
                        "tag " + key);
            }
        }
    }

    private void users(List<User> before, List<User> after) {
        SortedMap<String, User> old = byKey(before, user -> user.namespace() + "/" + user.name());
        SortedMap<String, User> now = byKey(after, user -> user.namespace() + "/" + user.name());
        for (String name : union(old, now)) {
            Optional<User> was = Optional.ofNullable(old.get(name));
            Optional<User> is = Optional.ofNullable(now.get(name));
            if (is.isEmpty()) {
                add(Kind.removed, "ServiceAccount " + name);
            } else if (was.isEmpty()) {
                add(
                        Kind.added,
                        "ServiceAccount " + name + ", linked by "
                                + is.get().linkedBy().title());
            } else if (was.get().linkedBy() != is.get().linkedBy()) {
                add(
                        Kind.changed,
                        "ServiceAccount " + name + ", linked by "
                                + is.get().linkedBy().title() + " instead of "
                                + was.get().linkedBy().title());
            } else if (!Objects.equals(was.get().condition(), is.get().condition())) {
                add(Kind.changed, "ServiceAccount " + name + ", on what it depends that it can use the role");
            }
        }
    }

    private void policies(List<Policy> before, List<Policy> after) {
        SortedMap<String, Policy> old = byKey(before, Policy::name);
        SortedMap<String, Policy> now = byKey(after, Policy::name);
        for (String name : union(old, now)) {
            if (!now.containsKey(name)) {
                add(Kind.removed, "policy " + name);
            } else if (!old.containsKey(name)) {
                add(Kind.added, "policy " + name);
            } else {
                compare("policy " + name, old.get(name), now.get(name));
            }
        }
    }

    private void boundary(Optional<Policy> before, Optional<Policy> after) {
        Optional<String> old = before.map(Policy::name);
        Optional<String> now = after.map(Policy::name);
        if (!old.equals(now)) {
            old.ifPresent(name -> add(Kind.removed, "boundary " + name));
            now.ifPresent(name -> add(Kind.added, "boundary " + name));
        } else {
            compare("boundary " + now.orElse(""), before.orElse(null), after.orElse(null));
        }
    }

    /** What was not read may be the same, or not. */
    private void compare(String what, @Nullable Policy before, @Nullable Policy after) {
        if (before != null && after != null && !Objects.equals(before.digest(), after.digest())) {
            boolean known = before.digest() != null && after.digest() != null;
            add(Kind.changed, what + (known ? "" : ", which one of the reports could not read"));
        }
    }

    private void entitlement(Optional<String> before, Optional<String> after) {
        if (!before.equals(after)) {
            before.ifPresent(name -> add(Kind.removed, "entitlement " + name));
            after.ifPresent(name -> add(Kind.added, "entitlement " + name));
        }
    }

    private void flags(List<Raised> before, List<Raised> after) {
        TreeSet<String> old = before.stream().map(Raised::flag).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> now = after.stream().map(Raised::flag).collect(Collectors.toCollection(TreeSet::new));
        old.stream().filter(flag -> !now.contains(flag)).forEach(flag -> add(Kind.removed, "flag " + flag));
        now.stream().filter(flag -> !old.contains(flag)).forEach(flag -> add(Kind.added, "flag " + flag));
    }

    private void add(Kind kind, String what) {
        changes.add(new Change(kind, what));
    }

    private static <T> List<T> of(@Nullable ReportedRole role, Function<ReportedRole, List<T>> part) {
        return role == null ? List.of() : part.apply(role);
    }

    private static <T> SortedMap<String, T> byKey(Collection<T> all, Function<T, String> key) {
        return all.stream().collect(Collectors.toMap(key, one -> one, (one, _) -> one, TreeMap::new));
    }

    private static SortedSet<String> union(SortedMap<String, ?> one, SortedMap<String, ?> other) {
        TreeSet<String> all = new TreeSet<>(one.keySet());
        all.addAll(other.keySet());
        return all;
    }
}
