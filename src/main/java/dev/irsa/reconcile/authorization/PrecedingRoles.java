package dev.irsa.reconcile.authorization;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.status.PreviousStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Counts the roles of a namespace that precede that of a resource. What it reads changes, and the allocator guards it.
 *
 * @param byUid the last decision on each resource
 * @param refuted the resources whose statuses name roles that do not exist, by UID
 */
record PrecedingRoles(
        EntitlementSource source, ExistingRoles existing, Map<String, RoleAllocation> byUid, Set<String> refuted) {
    /**
     * The order of the resources that have no role yet. One with a finalizer may have a role that a crash kept out of its status.
     * The finalizer counts for no more than that, because users can write it too.
     */
    private static final Comparator<IamServiceAccount> BY_TURN = Comparator.comparingInt(
                    (IamServiceAccount resource) -> resource.hasFinalizer(IamServiceAccount.FINALIZER) ? 0 : 1)
            .thenComparing(resource -> resource.getMetadata().getCreationTimestamp())
            .thenComparing(resource -> resource.getMetadata().getName());

    /**
     * Returns how many roles of the namespace precede this resource under each of these entitlements: those of other resources, and
     * those whose resource no longer exists. Each role counts once. The count ends when the entitlement allows no more.
     *
     * @param limited how many roles each entitlement allows
     */
    Map<String, Integer> count(
            IamServiceAccount resource, Map<String, Integer> limited, Function<IamServiceAccount, String> roleName) {
        String namespace = resource.getMetadata().getNamespace();
        List<IamServiceAccount> others = source.resources(namespace);
        Set<String> proven = existing.of(namespace).keySet();
        String own = roleName.apply(resource);
        Map<String, Integer> preceding = new TreeMap<>();
        limited.forEach((entitlement, places) -> {
            Stream<String> roles = others.stream()
                    .filter(other -> precedes(other, resource, entitlement))
                    .map(roleName);
            long count = Stream.concat(proven.stream(), roles)
                    .filter(role -> !role.equals(own))
                    .distinct()
                    .limit(places)
                    .count();
            preceding.put(entitlement, (int) count);
        });
        return preceding;
    }

    /**
     * Returns the waiting resources of a namespace for which there is room. It does not count resources that have not been decided on,
     * so it may return one that must still wait.
     */
    List<ResourceRef> withRoom(String namespace) {
        boolean waits = byUid.values().stream().anyMatch(allocation -> allocation.waitsIn(namespace));
        return waits ? withRoom(namespace, source.resources(namespace)) : List.of();
    }

    private List<ResourceRef> withRoom(String namespace, List<IamServiceAccount> resources) {
        Map<String, String> proven = existing.of(namespace);
        Set<String> roles = new HashSet<>(proven.keySet());
        resources.stream()
                .filter(resource -> counts(resource) && mayHaveRole(resource))
                .flatMap(resource -> decision(resource).flatMap(RoleAllocation::role).stream())
                .forEach(roles::add);
        List<RoleAllocation> byTurn = resources.stream()
                .filter(resource -> counts(resource) && !resource.isMarkedForDeletion())
                .sorted(BY_TURN)
                .flatMap(resource -> decision(resource).stream())
                .toList();
        return byTurn.stream()
                .flatMap(allocation -> allocation.waitsFor().keySet().stream())
                .distinct()
                .flatMap(entitlement -> firstInTurn(entitlement, byTurn, proven, roles))
                .distinct()
                .toList();
    }

    private static Stream<ResourceRef> firstInTurn(
            String entitlement, List<RoleAllocation> byTurn, Map<String, String> proven, Set<String> roles) {
        Set<String> preceding = new HashSet<>(roles);
        List<ResourceRef> withRoom = new ArrayList<>();
        byTurn.stream()
                .filter(allocation -> allocation.waitsFor().containsKey(entitlement))
                .forEach(allocation -> {
                    String role = allocation.role().orElseThrow();
                    int others = preceding.size() - (preceding.contains(role) ? 1 : 0);
                    boolean isItsOwn = allocation.resource().name().equals(proven.get(role));
                    if (isItsOwn || others < allocation.waitsFor().get(entitlement)) {
                        withRoom.add(allocation.resource());
                    }
                    preceding.add(role);
                });
        return withRoom.stream();
    }

    private boolean precedes(IamServiceAccount other, IamServiceAccount resource, String entitlement) {
        if (uid(other).equals(uid(resource)) || !counts(other)) {
            return false;
        }
        boolean waits = decision(other)
                .map(decided -> decided.waitsFor().containsKey(entitlement))
                .orElse(true);
        return mayHaveRole(other) || (waits && !other.isMarkedForDeletion() && BY_TURN.compare(other, resource) < 0);
    }

    private boolean mayHaveRole(IamServiceAccount resource) {
        return decision(resource).filter(RoleAllocation::holdsPlace).isPresent()
                || ((existing.areAssumed() || !existing.areComplete()) && claimsRole(resource));
    }

    /**
     * Returns whether the resource has a place: it was given one, or its role exists and is the resource's, or is offered to it.
     */
    boolean holdsPlace(IamServiceAccount resource, Function<IamServiceAccount, String> roleName) {
        return decision(resource)
                        .filter(decided -> decided.holdsPlace() && !decided.claimed())
                        .isPresent()
                || resource.getMetadata()
                        .getName()
                        .equals(existing.of(resource.getMetadata().getNamespace())
                                .get(roleName.apply(resource)));
    }

    /**
     * Returns whether the status names a role. A user who can write a status can forge it, so this gives no place: it lasts until a
     * reconcile finds that the role would have to be created.
     */
    boolean claimsRole(IamServiceAccount resource) {
        return PreviousStatus.of(resource).roleArn().isPresent() && !refuted.contains(uid(resource));
    }

    /** A role that others manage is none of the roles that the operator creates for the namespace. */
    static boolean counts(IamServiceAccount resource) {
        return resource.getSpec().externalRole() == null;
    }

    private Optional<RoleAllocation> decision(IamServiceAccount resource) {
        return Optional.ofNullable(byUid.get(uid(resource)));
    }

    private static String uid(IamServiceAccount resource) {
        return resource.getMetadata().getUid();
    }
}
