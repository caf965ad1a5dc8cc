package dev.irsa.core.plan;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.RoleFailure;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.plan.RoleChange.CreateRole;
import dev.irsa.core.plan.RoleChange.DeleteRolePolicy;
import dev.irsa.core.plan.RoleChange.PutRolePermissionsBoundary;
import dev.irsa.core.plan.RoleChange.TagRole;
import dev.irsa.core.plan.RoleChange.UntagRole;
import dev.irsa.core.plan.RoleChange.UpdateAssumeRolePolicy;
import dev.irsa.core.plan.RoleChange.UpdateRole;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans the changes that turn a role into the desired one, in the order that {@link ChangeOrder} defines. */
public final class RolePlanner {
    private RolePlanner() {}

    /** Returns the plan that creates the desired role. */
    public static Plan create(DesiredRole desired) {
        List<RoleChange> changes = new ArrayList<>();
        changes.add(new CreateRole(desired));
        changes.addAll(PolicyChanges.of(desired, ObservedPolicies.NONE).added());
        return Plan.of(ChangeOrder.GRANT_FIRST.sort(changes, desired.required()));
    }

    /** A role that exists keeps its policies, but none is created without those of its templates. */
    private static Plan createComplete(DesiredRole desired) {
        return desired.templates().freeze().map(Plan::refused).orElseGet(() -> create(desired));
    }

    /**
     * Returns the plan that turns the observed role into the desired one.
     *
     * @param sameEntitlement whether the entitlement that allows the desired role also allows everything that the role has from
     *     the operator. Only then is access granted before it is revoked
     */
    public static Plan plan(DesiredRole desired, RoleObservation observed, boolean sameEntitlement) {
        Plan plan = observed.shown()
                .map(shown -> update(desired, observed.trusted().orElse(shown), shown, sameEntitlement))
                .orElseGet(() -> createComplete(desired));
        return plan.changes().isEmpty()
                ? plan
                : ResponderRoom.obstacle(desired, observed)
                        .map(obstacle -> new Plan(narrowing(plan, desired, observed), Optional.of(obstacle)))
                        .orElse(plan);
    }

    /** The user may not have changed the spec. What an entitlement requires may use up the room. */
    private static List<Change> narrowing(Plan plan, DesiredRole desired, RoleObservation observed) {
        boolean claims = plan.changes().stream().anyMatch(change -> change instanceof TagRole tags && tags.claims());
        return desired.required().current().isEmpty() || claims
                ? List.of()
                : observed.shown()
                        .map(shown -> NarrowingChanges.of(plan.changes(), desired, shown))
                        .orElse(List.of());
    }

    /**
     * Returns the plan for a role of which IAM may still show an older state. It contains what differs from the state that we
     * trust and what differs from the state that IAM shows, which may be a manual change. A redundant write is harmless,
     * unless it replaces an incident response.
     */
    private static Plan update(DesiredRole desired, RoleState trusted, RoleState shown, boolean sameEntitlement) {
        return trusted.equals(shown)
                ? update(desired, trusted, sameEntitlement)
                : UncertainDenies.spared(combined(desired, trusted, shown, sameEntitlement), desired, trusted, shown);
    }

    private static Plan combined(DesiredRole desired, RoleState trusted, RoleState shown, boolean sameEntitlement) {
        Plan certain = update(desired, trusted, sameEntitlement);
        if (certain.obstacle().isPresent() && certain.changes().isEmpty()) {
            return certain;
        }
        Plan uncertain = update(desired, shown, sameEntitlement);
        Set<Change> all = new LinkedHashSet<>(certain.changes());
        all.addAll(uncertain.changes());
        // A policy that only denies in one of the states is deleted last.
        List<Change> changes = all.stream()
                .filter(change -> !(change instanceof DeleteRolePolicy(var role, String policy, var onlyDenies)
                        && !onlyDenies
                        && all.contains(new DeleteRolePolicy(role, policy, true))))
                .toList();
        boolean revokeFirst =
                !sameEntitlement || changes.stream().anyMatch(change -> changesPrivileges(change, desired));
        return new Plan(
                order(revokeFirst, desired, trusted.role()).sort(changes, desired.required()),
                certain.obstacle().or(uncertain::obstacle));
    }

    private static boolean changesPrivileges(Change change, DesiredRole desired) {
        return change instanceof PutRolePermissionsBoundary
                || (change instanceof TagRole tags && tags.grantsUserTags(desired));
    }

    private static ChangeOrder order(boolean revokeFirst, DesiredRole desired, ObservedRole role) {
        if (!revokeFirst) {
            return ChangeOrder.GRANT_FIRST;
        }
        return role.maxSessionSeconds() > desired.maxSessionSeconds()
                ? ChangeOrder.REVOKE_FIRST_WITH_SESSION
                : ChangeOrder.REVOKE_FIRST;
    }

    /** Returns the plan that turns an existing role into the desired one, if one entitlement allows both. */
    public static Plan update(DesiredRole desired, RoleState state) {
        return update(desired, state, true);
    }

    /**
     * Returns the plan that turns an existing role into the desired one. It is refused if the role is not ours and may not become
     * ours, or if it is frozen.
     *
     * @param sameEntitlement whether the entitlement that allows the desired role also allows everything that the role has from
     *     the operator
     */
    static Plan update(DesiredRole desired, RoleState state, boolean sameEntitlement) {
        Optional<Failure> conflict = RoleOwnershipCheck.conflict(desired, state.role());
        if (conflict.isPresent()) {
            return Plan.refused(conflict.get());
        }
        if (desired.templates().freeze().isPresent()) {
            return Plan.refused(desired.templates().freeze().get());
        }
        Optional<TagRole> claim = RoleOwnershipCheck.claim(desired, state.role());
        if (claim.isEmpty()) {
            return ordinary(desired, state, sameEntitlement);
        }
        // No entitlement allowed what a role of others has, and its pods are not to be interrupted.
        Plan rest = ordinary(
                desired,
                ChangeEffect.of(claim.get(), state).orElseThrow(),
                sameEntitlement || Owner.isAdoptedFromOthers(claim.get().tags()));
        // A role that is offered for adoption is not changed at all if the plan cannot be completed.
        return claim.get().adopts() && rest.obstacle().isPresent()
                ? new Plan(List.of(), rest.obstacle())
                : Plan.of(List.of(claim.get())).then(rest);
    }

    /** Returns the changes that wait because the role is frozen; those to its policies only if its templates can be rendered. */
    public static Plan withheld(DesiredRole desired, RoleState state) {
        return RoleOwnershipCheck.isOurs(desired, state.role()) ? ordinary(desired, state, true) : Plan.NOTHING;
    }

    private static Plan ordinary(DesiredRole desired, RoleState state, boolean sameEntitlement) {
        ObservedRole role = state.role();
        PolicyChanges policies = PolicyChanges.of(desired, state.policies());
        boolean replacesBoundary = role.boundary().isPresent()
                && desired.boundary().isPresent()
                && !role.boundary().equals(desired.boundary());
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
        changes.addAll(policies.added());
        changes.addAll(policies.removed());
        // If only tags change, there is nothing that they could be combined with on the way.
        TagChanges tags = TagChanges.of(desired, role, !changes.isEmpty() && (replacesBoundary || !sameEntitlement));
        boolean revokeFirst = !sameEntitlement || replacesBoundary || tags.grantsUserTags(desired);
        tags.removed().ifPresent(changes::add);
        tags.set().ifPresent(changes::add);
        if (revokeFirst) {
            changes.addAll(policies.replaced());
        }
        Optional<Failure> obstacle = policies.blocking().stream()
                .findFirst()
                .<Failure>map(policy -> RoleFailure.policyProtected(desired.name(), policy))
                .or(() -> unwantedBoundary(desired, role));
        return new Plan(order(revokeFirst, desired, role).sort(changes, desired.required()), obstacle);
    }

    /**
     * Returns the names of the inline policies that the plan for a role with these policies writes or removes, or that
     * prevent it. The plan must not rely on an old observation of them.
     */
    public static List<String> affectedInline(DesiredRole desired, ObservedPolicies policies) {
        return PolicyChanges.of(desired, policies).affectedInline();
    }

    /** Returns whether the role differs from the desired one only in tags, and is missing none of the user's. */
    public static boolean changesOnlyRoleTags(DesiredRole desired, RoleState state) {
        Plan plan = update(desired, state);
        return !plan.isEmpty()
                && plan.obstacle().isEmpty()
                && plan.changes().stream()
                        .allMatch(change -> change instanceof UntagRole
                                || (change instanceof TagRole tags && !tags.claims() && !tags.grantsUserTags(desired)));
    }

    /** A boundary may be replaced but is never removed, because a user set it on purpose. */
    private static Optional<Failure> unwantedBoundary(DesiredRole desired, ObservedRole role) {
        if (desired.boundary().isPresent()) {
            return Optional.empty();
        }
        return role.boundary().map(boundary -> RoleFailure.boundaryInTheWay(role.name(), boundary));
    }
}
