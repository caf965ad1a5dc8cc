package dev.irsa.kubectl.get;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.observed.RoleUse;
import dev.irsa.core.ownership.Owner;
import dev.irsa.port.ClusterReads;
import dev.irsa.port.RoleListing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The roles that remained in IAM when their resources were deleted. The names are part of the interface of the command. */
public record RemainingRoles(
        List<RemainingRole> items,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NotRead> notRead) {
    /** Why a role remained. */
    public enum Kind {
        /** It has no owner, and is offered to a resource. */
        retained,
        /** Its tags name a resource as its owner, and that resource does not exist or asks for another role. */
        orphaned
    }

    /**
     * A role that IAM lists.
     *
     * @param account the name of its IamAccount; empty for the account of the operator
     * @param resource that its tags name
     * @param use empty if IAM does not return it
     */
    public record Listed(String account, AccountKey resource, String name, String arn, Optional<RoleUse> use) {}

    /**
     * A role that remained.
     *
     * @param cluster the context of the cluster; null if the user asks about one cluster only
     * @param namespace the namespace of the resource
     * @param name the name of the resource
     * @param account the name of the IamAccount of the role; null for the account of the operator
     * @param resourceExists whether that resource exists; null if the user may not read it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RemainingRole(
            @Nullable String cluster,
            String namespace,
            String name,
            @Nullable String account,
            @Nullable Boolean resourceExists,
            String roleName,
            @JsonUnwrapped @Nullable UseFields use) {
        private static final Comparator<RemainingRole> ORDER = Comparator.comparing(RemainingRole::namespace)
                .thenComparing(RemainingRole::name)
                .thenComparing(RemainingRole::roleName);

        static RemainingRole of(Listed role, @Nullable Boolean resourceExists) {
            return new RemainingRole(
                    null,
                    role.resource().namespace(),
                    role.resource().name(),
                    role.account().isEmpty() ? null : role.account(),
                    resourceExists,
                    role.name(),
                    role.use().map(UseFields::of).orElse(null));
        }

        private RemainingRole in(String context) {
            return new RemainingRole(
                    context.isEmpty() ? null : context, namespace, name, account, resourceExists, roleName, use);
        }
    }

    public RemainingRoles {
        items = List.copyOf(items);
        notRead = List.copyOf(notRead);
    }

    /** Returns the roles of all clusters. */
    public static RemainingRoles of(ClusterResults<RemainingRoles> clusters) {
        return new RemainingRoles(
                clusters.read().stream()
                        .flatMap(cluster -> cluster.value().items().stream().map(role -> role.in(cluster.cluster())))
                        .toList(),
                clusters.notRead(RemainingRoles::notRead));
    }

    /**
     * Lists all roles of an account, and returns those whose tags name a resource that the user asks about. A retained role is offered to
     * that resource, and any other is owned by it.
     *
     * @param account the name of the IamAccount; empty for the account of the operator
     * @param anyResource an owner of the cluster, whose resource does not matter
     * @throws dev.irsa.core.failure.FailureException if any page of the list cannot be read
     */
    public static List<Listed> read(Kind kind, String account, RoleListing listing, Owner anyResource, Scope scope) {
        List<Listed> found = new ArrayList<>();
        listing.details(role -> anyResource
                .holder(role.tags())
                .filter(holder -> holder.retained() == (kind == Kind.retained))
                .map(holder -> new AccountKey(holder.namespace(), holder.resource()))
                .filter(scope::includes)
                .ifPresent(resource -> found.add(new Listed(account, resource, role.name(), role.arn(), role.use()))));
        return found;
    }

    /**
     * Returns the retained ones among these roles, which are all of them.
     *
     * @param existing all resources of the scope; empty if the user may not read them
     */
    public static RemainingRoles retained(
            List<Listed> roles, Optional<List<IamServiceAccount>> existing, List<NotRead> notRead) {
        Optional<Map<AccountKey, IamServiceAccount>> byName = existing.map(RemainingRoles::byName);
        return new RemainingRoles(
                roles.stream()
                        .map(role -> RemainingRole.of(
                                role, byName.map(known -> exists(known, role)).orElse(null)))
                        .sorted(RemainingRole.ORDER)
                        .toList(),
                notRead);
    }

    /**
     * Returns the orphaned ones among these roles.
     *
     * @param existing all resources of the scope, read after the roles, because a role is created after its resource
     * @param cluster the name of the cluster
     */
    public static RemainingRoles orphaned(
            List<Listed> roles, List<IamServiceAccount> existing, String cluster, List<NotRead> notRead) {
        Map<AccountKey, IamServiceAccount> byName = byName(existing);
        return new RemainingRoles(
                roles.stream()
                        .filter(role -> resource(byName, role)
                                .filter(found -> ClusterReads.mayHaveRole(found, role.arn(), role.account(), cluster))
                                .isEmpty())
                        .map(role ->
                                RemainingRole.of(role, resource(byName, role).isPresent()))
                        .sorted(RemainingRole.ORDER)
                        .toList(),
                notRead);
    }

    private static Map<AccountKey, IamServiceAccount> byName(List<IamServiceAccount> resources) {
        return resources.stream().collect(Collectors.toMap(AccountKey::of, Function.identity()));
    }

    /** A resource never moves to another account, so one that names another has left the role. */
    private static boolean exists(Map<AccountKey, IamServiceAccount> existing, Listed role) {
        return resource(existing, role)
                .filter(resource -> resource.getSpec().accountName().equals(role.account()))
                .isPresent();
    }

    private static Optional<IamServiceAccount> resource(Map<AccountKey, IamServiceAccount> existing, Listed role) {
        return Optional.ofNullable(existing.get(role.resource()));
    }
}
