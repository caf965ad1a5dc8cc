package dev.irsa.plan;

import dev.irsa.desired.DesiredRole;
import dev.irsa.failure.Failure;
import dev.irsa.observed.ObservedPolicies;
import dev.irsa.observed.ObservedRole;
import dev.irsa.observed.RoleState;
import dev.irsa.ownership.Owner;
import dev.irsa.ownership.UserTags;
import dev.irsa.plan.RoleChange.AttachRolePolicy;
import dev.irsa.plan.RoleChange.CreateRole;
import dev.irsa.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.plan.RoleChange.DetachRolePolicy;
import dev.irsa.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.plan.RoleChange.PutRolePolicy;
import dev.irsa.plan.RoleChange.TagRole;
import dev.irsa.plan.RoleChange.UntagRole;
import dev.irsa.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.plan.RoleChange.UpdateRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How a role becomes what it should be. The order keeps access: boundary, trust, then what gives, then what takes.
 */
public final class Planner {
    private Planner() {}

    /** The way from no role to the desired one. */
    public static Plan create(DesiredRole desired) {
        List<RoleChange> changes = new ArrayList<>();
        changes.add(new CreateRole(desired));
        changes.addAll(policies(desired, ObservedPolicies.NONE));
        return Plan.of(changes);
    }

    /**
     * The way to the desired role when IAM may still show what was before our last write: what has to change in what
     * we know to be there, and in what is shown, as that may be somebody's doing. To write once too often is harmless.
     */
    public static Plan update(DesiredRole desired, RoleState believed, RoleState shown) {
        Plan certain = update(desired, believed);
        if (believed.equals(shown) || certain.obstacle().isPresent()) {
            return certain;
        }
        Plan doubtful = update(desired, shown);
        List<Change> changes = Stream.concat(certain.changes().stream(), doubtful.changes().stream())
                .distinct()
                .sorted(Comparator.comparingInt(Planner::place))
                .toList();
        return new Plan(changes, doubtful.obstacle());
    }

    /** Where a change stands in a plan: policies come last, in the order in which they are. */
    private static int place(Change change) {
        return switch (change) {
            case TagRole tags when tags.claims() -> 0;
            case PutRolePermissionsBoundary boundary -> 1;
            case UpdateAssumeRolePolicy trust -> 2;
            case UpdateRole role -> 3;
            case UntagRole tags -> 4;
            case TagRole tags -> 5;
            default -> 6;
        };
    }

    /** The way from the role that is there to the desired one; refused when it is neither ours nor may be made ours. */
    public static Plan update(DesiredRole desired, RoleState state) {
        Optional<Failure> conflict = Possession.conflict(desired, state.role());
        if (conflict.isPresent()) {
            return Plan.refused(conflict.get());
        }
        Optional<TagRole> claim = Possession.claim(desired, state.role());
        if (claim.isEmpty()) {
            return ordinary(desired, state);
        }
        Plan rest = ordinary(desired, Effect.of(claim.get(), state).orElseThrow());
        // Of the role of others that cannot be made what it should be, nothing is changed.
        return claim.get().adopts() && rest.obstacle().isPresent()
                ? new Plan(List.of(), rest.obstacle())
                : Plan.of(List.of(claim.get())).then(rest);
    }

    private static Plan ordinary(DesiredRole desired, RoleState state) {
        ObservedRole role = state.role();
        List<RoleChange> changes = new ArrayList<>();
        desired.boundary()
                .filter(boundary -> !role.boundary().equals(Optional.of(boundary)))
                .ifPresent(boundary -> changes.add(new PutRolePermissionsBoundary(desired.name(), boundary)));
        if (!role.trust().equals(desired.trust().fingerprint())) {
            changes.add(new UpdateAssumeRolePolicy(desired.name(), desired.trust(), role.offeredTrust()));
        }
        if (role.maxSessionSeconds() != desired.maxSessionSeconds()
                || !role.description().equals(desired.description())) {
            changes.add(new UpdateRole(desired.name(), desired.description(), desired.maxSessionSeconds()));
        }
        changes.addAll(tags(desired, role));
        changes.addAll(policies(desired, state.policies()));
        return new Plan(List.copyOf(changes), unwantedBoundary(desired, role));
    }

    /** The policies on the role that are not in the spec and yet are left there, as they can only deny. */
    public static Set<String> leftInPlace(DesiredRole desired, ObservedPolicies policies) {
        TreeSet<String> left = new TreeSet<>();
        for (String arn : policies.attached()) {
            if (!desired.managed().contains(arn) && IncidentResponse.isManagedDeny(arn)) {
                left.add(arn);
            }
        }
        policies.inline().forEach((name, document) -> {
            if (!desired.inline().containsKey(name) && document.onlyDenies()) {
                left.add(name);
            }
        });
        return left;
    }

    /** A boundary is replaced, never removed: whoever set it meant to bound the role. */
    private static Optional<Failure> unwantedBoundary(DesiredRole desired, ObservedRole role) {
        if (desired.boundary().isPresent()) {
            return Optional.empty();
        }
        return role.boundary().map(boundary -> new Failure.BoundaryInTheWay(role.name(), boundary));
    }

    private static List<RoleChange> tags(DesiredRole desired, ObservedRole role) {
        TreeMap<String, String> wanted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        wanted.putAll(desired.tags());
        TreeMap<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        found.putAll(role.tags());

        TreeSet<String> obsolete = new TreeSet<>(UserTags.remembered(role.tags()));
        if (found.containsKey(UserTags.KEY)) {
            obsolete.add(UserTags.KEY);
        }
        obsolete.removeIf(wanted::containsKey);
        // A role that is ours is on offer no more.
        role.tags().keySet().stream()
                .filter(Owner.ADOPTABLE_BY::equalsIgnoreCase)
                .forEach(obsolete::add);
        SortedMap<String, String> set = new TreeMap<>(desired.tags());
        set.entrySet().removeIf(tag -> tag.getValue().equals(found.get(tag.getKey())));

        List<RoleChange> changes = new ArrayList<>();
        // First away with the old: until then the memory of which tags are ours must stay as it is.
        if (!obsolete.isEmpty()) {
            changes.add(new UntagRole(desired.name(), obsolete));
        }
        if (!set.isEmpty()) {
            changes.add(new TagRole(desired.name(), set));
        }
        return changes;
    }

    private static List<RoleChange> policies(DesiredRole desired, ObservedPolicies policies) {
        String role = desired.name();
        List<RoleChange> changes = new ArrayList<>();
        for (String arn : desired.managed()) {
            if (!policies.attached().contains(arn)) {
                changes.add(new AttachRolePolicy(role, arn));
            }
        }
        desired.inline().forEach((name, document) -> {
            if (!document.fingerprint().equals(policies.inline().get(name))) {
                changes.add(new PutRolePolicy(role, name, document));
            }
        });
        Set<String> left = leftInPlace(desired, policies);
        for (String arn : policies.attached()) {
            if (!desired.managed().contains(arn) && !left.contains(arn)) {
                changes.add(new DetachRolePolicy(role, arn));
            }
        }
        for (String name : policies.inline().keySet()) {
            if (!desired.inline().containsKey(name) && !left.contains(name)) {
                changes.add(new DeleteRolePolicy(role, name));
            }
        }
        return changes;
    }
}
