package dev.irsa.kubectl.get;

import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.get.RemainingRoles.RemainingRole;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Formats the roles for people. The tags of a role can hold any text.
 *
 * @param withClusters whether there is a column for the cluster
 * @param withUses whether there is a column for the last use
 * @param withAccounts whether there is a column for the account
 */
public record RemainingRolesTable(boolean withClusters, boolean withUses, boolean withAccounts) {
    /**
     * Returns the lines, each with a line break.
     *
     * @param withUses whether there is a column for the last use
     */
    public static String format(RemainingRoles roles, boolean withUses, Terminal terminal) {
        boolean several = roles.items().stream().anyMatch(role -> role.account() != null);
        boolean clusters = roles.items().stream().anyMatch(role -> role.cluster() != null);
        RemainingRolesTable format = new RemainingRolesTable(clusters, withUses, several);
        Table table = new Table(
                format.row("CLUSTER", List.of("NAMESPACE", "NAME", "RESOURCE"), UseFields.HEADING, "ACCOUNT", "ROLE"));
        for (RemainingRole role : roles.items()) {
            table.add(format.row(
                    PlainText.of(Objects.requireNonNullElse(role.cluster(), "")),
                    List.of(PlainText.of(role.namespace()), PlainText.of(role.name()), state(role.resourceExists())),
                    role.use() == null ? "?" : role.use().cell(),
                    Objects.requireNonNullElse(role.account(), "-"),
                    PlainText.of(role.roleName())));
        }
        return table.format(terminal);
    }

    private String[] row(String cluster, List<String> first, String use, String account, String role) {
        List<String> cells = new ArrayList<>();
        if (withClusters) {
            cells.add(cluster);
        }
        cells.addAll(first);
        if (withUses) {
            cells.add(use);
        }
        if (withAccounts) {
            cells.add(account);
        }
        cells.add(role);
        return cells.toArray(String[]::new);
    }

    private static String state(@Nullable Boolean resourceExists) {
        if (resourceExists == null) {
            return "?";
        }
        return resourceExists ? "exists" : "deleted";
    }
}
