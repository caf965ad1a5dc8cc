package dev.irsa.kubectl.get;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.RoleHolder;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import dev.irsa.port.RoleListing;
import dev.irsa.port.RoleListing.Detail;
import dev.irsa.port.RoleListing.DetailReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The roles that outlived their resources, as IAM lists them. */
public record RetainedRoles(List<RetainedRole> roles) {
    private static final Comparator<RetainedRole> ORDER = Comparator.comparing(RetainedRole::namespace)
            .thenComparing(RetainedRole::name)
            .thenComparing(RetainedRole::roleName);

    public RetainedRoles {
        roles = roles.stream().sorted(ORDER).toList();
    }

    /**
     * Lists all roles of the account, and returns those that are retained for a resource that the user asks about.
     *
     * @param anyResource an owner of the cluster, whose resource does not matter
     * @param existing the resources of the scope; empty if the user may not read them
     * @throws dev.irsa.core.failure.FailureException if any page of the list cannot be read
     */
    public static RetainedRoles read(
            RoleListing listing, Owner anyResource, Scope scope, Optional<Set<AccountKey>> existing) {
        Reader reader = new Reader(anyResource, scope, existing);
        listing.details(reader);
        return new RetainedRoles(reader.found);
    }

    private static final class Reader implements DetailReader {
        private final Owner anyResource;
        private final Scope scope;
        private final Optional<Set<AccountKey>> existing;
        private final List<RetainedRole> found = new ArrayList<>();

        Reader(Owner anyResource, Scope scope, Optional<Set<AccountKey>> existing) {
            this.anyResource = anyResource;
            this.scope = scope;
            this.existing = existing;
        }

        @Override
        public void see(String roleName, Map<String, String> tags) {
            Optional<RoleHolder> holder = anyResource.holder(tags).filter(RoleHolder::retained);
            holder.map(named -> new AccountKey(named.namespace(), named.resource()))
                    .filter(scope::includes)
                    .ifPresent(resource -> found.add(new RetainedRole(
                            resource.namespace(),
                            resource.name(),
                            existing.map(known -> known.contains(resource)),
                            roleName)));
        }

        /** The name and the tags are enough. */
        @Override
        public boolean accepts(Map<String, String> tags) {
            return false;
        }

        @Override
        public void take(Detail role) {
            throw new IllegalStateException("no role is accepted");
        }

        @Override
        public void unreadable(String roleName) {
            throw new IllegalStateException("no role is accepted");
        }
    }

    /** Returns the table for people. The tags of a role can hold any text. */
    public String format(Terminal terminal) {
        Table table = new Table("NAMESPACE", "NAME", "RESOURCE", "ROLE");
        roles.forEach(role -> table.add(
                PlainText.of(role.namespace()),
                PlainText.of(role.name()),
                role.resourceExists()
                        .map(exists -> exists ? "exists" : "deleted")
                        .orElse("?"),
                PlainText.of(role.roleName())));
        return table.format(terminal);
    }

    /** Returns the document for programs. */
    public Document document() {
        return new Document(roles.stream()
                .map(role -> new Item(
                        role.namespace(), role.name(), role.resourceExists().orElse(null), role.roleName()))
                .toList());
    }

    /** The roles for programs. */
    public record Document(List<Item> items) {}

    /** A role; {@code resourceExists} is absent if it is not known. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(String namespace, String name, @Nullable Boolean resourceExists, String roleName) {}
}
