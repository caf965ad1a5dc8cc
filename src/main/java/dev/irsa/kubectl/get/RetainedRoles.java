package dev.irsa.kubectl.get;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.RoleHolder;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import dev.irsa.port.RoleListing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The roles that outlived their resources, as IAM lists them. The names are part of the interface of the command. */
public record RetainedRoles(
        List<RetainedRole> items,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NotRead> notRead) {
    /**
     * A role without an owner that is offered to a resource, as a retained role is.
     *
     * @param namespace the namespace of the resource
     * @param name the name of the resource
     * @param account the name of the IamAccount of the role; null for the account of the operator
     * @param resourceExists whether that resource exists; null if the user may not read it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RetainedRole(
            String namespace,
            String name,
            @Nullable String account,
            @Nullable Boolean resourceExists,
            String roleName) {
        private String state() {
            if (resourceExists == null) {
                return "?";
            }
            return resourceExists ? "exists" : "deleted";
        }
    }

    private static final Comparator<RetainedRole> ORDER = Comparator.comparing(RetainedRole::namespace)
            .thenComparing(RetainedRole::name)
            .thenComparing(RetainedRole::roleName);

    /** Sorts the roles. */
    public RetainedRoles {
        items = items.stream().sorted(ORDER).toList();
        notRead = List.copyOf(notRead);
    }

    /**
     * Lists all roles of the account, and returns those that are retained for a resource that the user asks about.
     *
     * @param account the name of the IamAccount; empty for the account of the operator
     * @param anyResource an owner of the cluster, whose resource does not matter
     * @param existing the resources of the scope; empty if the user may not read them
     * @throws dev.irsa.core.failure.FailureException if any page of the list cannot be read
     */
    public static List<RetainedRole> read(
            String account, RoleListing listing, Owner anyResource, Scope scope, Optional<Set<AccountKey>> existing) {
        List<RetainedRole> found = new ArrayList<>();
        listing.details(role -> anyResource
                .holder(role.tags())
                .filter(RoleHolder::retained)
                .map(named -> new AccountKey(named.namespace(), named.resource()))
                .filter(scope::includes)
                .ifPresent(resource -> found.add(new RetainedRole(
                        resource.namespace(),
                        resource.name(),
                        account.isEmpty() ? null : account,
                        existing.map(known -> known.contains(resource)).orElse(null),
                        role.name()))));
        return found;
    }

    /** Returns the table for people. The tags of a role can hold any text. */
    public String format(Terminal terminal) {
        boolean several = items.stream().anyMatch(role -> role.account() != null);
        Table table = several
                ? new Table("NAMESPACE", "NAME", "RESOURCE", "ACCOUNT", "ROLE")
                : new Table("NAMESPACE", "NAME", "RESOURCE", "ROLE");
        for (RetainedRole role : items) {
            List<String> cells =
                    new ArrayList<>(List.of(PlainText.of(role.namespace()), PlainText.of(role.name()), role.state()));
            if (several) {
                cells.add(Objects.requireNonNullElse(role.account(), "-"));
            }
            cells.add(PlainText.of(role.roleName()));
            table.add(cells.toArray(String[]::new));
        }
        return table.format(terminal);
    }
}
