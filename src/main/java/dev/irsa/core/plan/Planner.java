package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        changes.addAll(PolicyChanges.of(desired, ObservedPolicies.NONE).gives());
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
                .toList();
        boolean empowers = changes.stream().anyMatch(Planner::empowers);
        return new Plan(
                changes.stream()
                        .sorted(Comparator.comparingInt(change -> place(change, empowers)))
                        .toList(),
                doubtful.obstacle());
    }

    private static boolean empowers(Change change) {
        return change instanceof PutRolePermissionsBoundary || (change instanceof TagRole tags && tags.empowers());
    }

    /** Where a change stands in a plan: policies come last, and what takes after what gives, unless it has to go first. */
    private static int place(Change change, boolean empowers) {
        return switch (change) {
            case TagRole tags when tags.claims() -> 0;
            case RoleChange policy when empowers && policy.frees() -> 1;
            case UntagRole tags when empowers -> 2;
            case PutRolePermissionsBoundary boundary -> 3;
            case UpdateAssumeRolePolicy trust -> 4;
            case UpdateRole role -> 5;
            case UntagRole tags -> 6;
            case TagRole tags -> 7;
            case RoleChange policy when policy.frees() -> 9;
            default -> 8;
        };
    }

    /** The way from the role that is there to the desired one; refused when it is neither ours nor may be made ours. */
    public static Plan update(DesiredRole desired, RoleState state) {
        Optional<Failure> conflict = OwnershipPolicy.conflict(desired, state.role());
        if (conflict.isPresent()) {
            return Plan.refused(conflict.get());
        }
        Optional<TagRole> claim = OwnershipPolicy.claim(desired, state.role());
        if (claim.isEmpty()) {
            return ordinary(desired, state);
        }
        Plan rest = ordinary(desired, ChangeEffect.of(claim.get(), state).orElseThrow());
        // Of the role of others that cannot be made what it should be, nothing is changed.
        return claim.get().adopts() && rest.obstacle().isPresent()
                ? new Plan(List.of(), rest.obstacle())
                : Plan.of(List.of(claim.get())).then(rest);
    }

    /**
     * What gives comes before what takes, so that access is kept; but where the role gets another boundary or tags of the
     * user, which are privileges, everything goes first that is not to stay. Otherwise a plan that ends half-way would
     * leave together what no single entitlement allows together.
     */
    private static Plan ordinary(DesiredRole desired, RoleState state) {
        ObservedRole role = state.role();
        PolicyChanges policies = PolicyChanges.of(desired, state.policies());
        boolean rebounds = role.boundary().isPresent()
                && desired.boundary().isPresent()
                && !role.boundary().equals(desired.boundary());
        TagChanges tags = TagChanges.of(desired, role, rebounds);
        boolean empowers = rebounds || tags.empowers();
        List<RoleChange> changes = new ArrayList<>();
        if (empowers) {
            changes.addAll(policies.takes());
            changes.addAll(policies.replaced());
            tags.takes().ifPresent(changes::add);
        }
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
        if (!empowers) {
            tags.takes().ifPresent(changes::add);
        }
        tags.gives().ifPresent(changes::add);
        changes.addAll(policies.gives());
        if (!empowers) {
            changes.addAll(policies.takes());
        }
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
}
