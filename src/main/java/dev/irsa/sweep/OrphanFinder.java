package dev.irsa.sweep;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.port.Cluster;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.NamespacedName;
import dev.irsa.port.SweepSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds orphaned roles: roles with all ownership tags of this cluster whose resource does not exist according to the
 * API server, or asks for another role. A role must be found in two consecutive complete sweeps, because one sweep may fall into a deletion.
 * {@link OrphanHandler} decides what happens to them.
 */
final class OrphanFinder {
    private final Cluster cluster;
    private final Predicate<String> watched;
    private Set<String> suspects = Set.of();
    private int unconfirmed;

    /** @param watched whether this instance watches a namespace */
    OrphanFinder(Cluster cluster, Predicate<String> watched) {
        this.cluster = cluster;
        this.watched = watched;
    }

    /** Records the suspects of this sweep; returns those that the sweep before found too, sorted by name. */
    List<OrphanedRole> confirm(SweepSnapshot snapshot, ClusterIdentity identity) {
        List<OrphanedRole> orphans = new ArrayList<>();
        Set<String> suspectsNow = new HashSet<>();
        for (RoleState role : snapshot.roles().values()) {
            orphan(role.role(), identity).ifPresent(orphan -> {
                suspectsNow.add(orphan.roleId());
                if (suspects.contains(orphan.roleId())) {
                    orphans.add(orphan);
                }
            });
        }
        suspects = suspectsNow;
        unconfirmed = suspectsNow.size() - orphans.size();
        orphans.sort(Comparator.comparing(OrphanedRole::roleName));
        return orphans;
    }

    /**
     * Discards all suspects, because this sweep cannot confirm them.
     *
     * @param roles the number of roles, each of which may be a suspect of the next sweep
     */
    void reset(int roles) {
        suspects = Set.of();
        unconfirmed = roles;
    }

    /** Returns how many roles the next sweep may find to be orphaned. */
    int unconfirmed() {
        return unconfirmed;
    }

    private Optional<OrphanedRole> orphan(ObservedRole role, ClusterIdentity identity) {
        return identity.owner("", "")
                .owningResource(role.tags())
                .flatMap(NamespacedName::parse)
                .filter(named -> !named.namespace().isEmpty() && !named.name().isEmpty())
                .filter(named -> watched.test(named.namespace()))
                .filter(named -> cluster.cached(named.namespace(), named.name())
                        .map(resource -> !mayHave(role, resource, identity))
                        .orElseGet(() -> isMissing(named, cluster)))
                .map(named -> new OrphanedRole(role.name(), role.id(), named));
    }

    /** Returns whether a resource may have a role whose tags name it. */
    static boolean mayHave(ObservedRole role, IamServiceAccount resource, ClusterIdentity identity) {
        return ClusterReads.mayHaveRole(resource, role.arn(), identity.account().name(), identity.name());
    }

    /**
     * Returns whether the resource that owns the association of a ServiceAccount does not exist or does not ask for it; false while the
     * API server does not answer.
     */
    static boolean isUnwanted(
            NamespacedName owner, String serviceAccount, ClusterIdentity identity, ClusterReads cluster) {
        return cluster.cached(owner.namespace(), owner.name())
                .map(resource -> !mayAskFor(serviceAccount, resource, identity))
                .orElseGet(() -> isMissing(owner, cluster));
    }

    /**
     * A resource whose role is in another account would hide what an earlier resource has left. One that was applied again after its
     * status was lost may neither name the ServiceAccount nor record its association.
     */
    private static boolean mayAskFor(String serviceAccount, IamServiceAccount resource, ClusterIdentity identity) {
        IamServiceAccountSpec spec = resource.getSpec();
        boolean asks = identity.delivery().effective(spec.delivery()).contains(Delivery.PodIdentity)
                && Desired.serviceAccountNames(resource.getMetadata().getName(), spec)
                        .contains(serviceAccount);
        return spec.accountName().equals(identity.account().name())
                && (asks || resource.associatedServiceAccounts().contains(serviceAccount));
    }

    /** Returns whether a resource does not exist; false while the API server does not answer. */
    private static boolean isMissing(NamespacedName resource, ClusterReads cluster) {
        try {
            return cluster.uidNow(resource.namespace(), resource.name()).isEmpty();
        } catch (FailureException e) {
            return false;
        }
    }
}
