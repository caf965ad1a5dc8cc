package dev.irsa.kubectl.get;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.CredentialsRow.Readiness;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Formats the rows for people. Clusters and accounts are shown only if there are several. A question mark follows what is likely but not
 * certain. The longest column is the last, where a narrow terminal cuts it.
 */
public record CredentialsTable(Terminal terminal, boolean oneCluster, boolean oneAccount, boolean withUses) {
    private static final String NONE = "-";
    private static final String UNKNOWN = "?";

    /**
     * Returns the lines, each with a line break.
     *
     * @param withUses whether the user asks for the last uses
     */
    public static String format(ClusterResults<ListedCredentials> clusters, boolean withUses, Terminal terminal) {
        List<CredentialsRow> rows =
                clusters.values().flatMap(cluster -> cluster.rows().stream()).toList();
        long accounts = rows.stream()
                .flatMap(row -> row.accountId().stream())
                .distinct()
                .count();
        boolean oneAccount =
                accounts <= 1 && rows.stream().allMatch(row -> row.iamAccount().isEmpty());
        CredentialsTable format = new CredentialsTable(terminal, !clusters.areSeveral(), oneAccount, withUses);
        Table table = new Table(format.row(
                "CLUSTER",
                List.of("NAMESPACE", "NAME", "DELIVERED BY", "MANAGED BY", "READY", "OLD PODS"),
                UseFields.HEADING,
                "ACCOUNT",
                "ROLE"));
        clusters.read()
                .forEach(cluster -> cluster.value()
                        .rows()
                        .forEach(row -> table.add(format.cells(
                                cluster.cluster(), row, cluster.value().uses()))));
        return table.format(terminal);
    }

    private String[] row(String cluster, List<String> first, String use, String account, String role) {
        List<String> cells = new ArrayList<>();
        if (!oneCluster) {
            cells.add(cluster);
        }
        cells.addAll(first);
        if (withUses) {
            cells.add(use);
        }
        if (!oneAccount) {
            cells.add(account);
        }
        cells.add(role);
        return cells.toArray(String[]::new);
    }

    private String[] cells(String cluster, CredentialsRow row, RoleUses uses) {
        return row(
                PlainText.of(cluster),
                List.of(
                        row.account().namespace(),
                        row.account().name(),
                        delivery(row),
                        maker(row.managedBy()),
                        row.ready()
                                .map(ready ->
                                        ready(ready, row.missingRequirements().size()))
                                .orElse(NONE),
                        row.podsWithOldCredentials().isEmpty()
                                ? UNKNOWN
                                : Integer.toString(row.podsWithOldCredentials().getAsInt())),
                use(row, uses),
                account(row),
                role(row));
    }

    private static String use(CredentialsRow row, RoleUses uses) {
        return uses.of(row).map(UseFields::of).map(UseFields::cell).orElse(uses.lack(row) ? UNKNOWN : NONE);
    }

    private static String account(CredentialsRow row) {
        Optional<String> name = row.iamAccount().map(known -> " (" + PlainText.of(known) + ")");
        return row.accountId().orElse(name.isPresent() ? UNKNOWN : NONE) + name.orElse("");
    }

    private static String delivery(CredentialsRow row) {
        return row.deliveredBy().isEmpty()
                ? NONE
                : row.deliveredBy().stream().map(CredentialsTable::title).collect(Collectors.joining(", "));
    }

    private static String title(Delivery kind) {
        return switch (kind) {
            case IRSA -> "IRSA";
            case PodIdentity -> "Pod Identity";
        };
    }

    private static String maker(RoleMaker recognized) {
        return switch (recognized.maker()) {
            case UNKNOWN -> recognized.maker().title();
            default -> recognized.maker().title() + (recognized.certain() ? "" : UNKNOWN);
        };
    }

    private String ready(Readiness ready, int missing) {
        Optional<String> reason = ready.reason().filter(why -> !ready.status().equals("True"));
        Optional<String> requirements =
                missing == 0 ? Optional.empty() : Optional.of("requirements missing: " + missing);
        String notes = Stream.of(reason, requirements).flatMap(Optional::stream).collect(Collectors.joining(", "));
        String text = ready.status() + (notes.isEmpty() ? "" : " (" + notes + ")");
        return ready.status().equals("False") ? terminal.red(text) : text;
    }

    private static String role(CredentialsRow row) {
        String role = row.roleArn()
                .map(arn -> role(arn, row.accountId()))
                .orElse(row.deliveredBy().isEmpty() ? NONE : UNKNOWN);
        Optional<String> other =
                row.annotatedRoleArn().filter(arn -> !row.roleArn().equals(Optional.of(arn)));
        return role
                + other.map(arn -> " (annotation: " + role(arn, row.accountId()) + ")")
                        .orElse("");
    }

    /** Returns the role, with its account if that is not the one of the row. An annotation can hold any text. */
    private static String role(String arn, Optional<String> account) {
        return RoleArn.of(arn)
                .map(parsed -> (account.map(parsed.account()::equals).orElse(true) ? "" : parsed.account() + ":")
                        + parsed.pathAndName())
                .orElseGet(() -> PlainText.of(arn));
    }
}
