package dev.irsa.kubectl.get;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.get.CredentialsRow.Readiness;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.output.Table;
import dev.irsa.kubectl.output.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Formats the rows for people. Roles are shown with their account only if there are several accounts. A question mark
 * follows what is likely but not certain. The longest column is the last, where a narrow terminal cuts it.
 */
public record CredentialsTable(Terminal terminal, boolean oneAccount) {
    private static final String NONE = "-";
    private static final String UNKNOWN = "?";

    /** Returns the lines, each with a line break. */
    public static String format(List<CredentialsRow> rows, Terminal terminal) {
        long accounts = rows.stream()
                .flatMap(row -> row.roleArn().stream())
                .flatMap(arn -> RoleArn.of(arn).stream())
                .map(arn -> arn.partition() + ":" + arn.account())
                .distinct()
                .count();
        CredentialsTable format = new CredentialsTable(terminal, accounts <= 1);
        Table table = new Table("NAMESPACE", "NAME", "DELIVERED BY", "MANAGED BY", "READY", "OLD PODS", "ROLE");
        rows.forEach(row -> table.add(format.cells(row)));
        return table.format(terminal);
    }

    private String[] cells(CredentialsRow row) {
        return new String[] {
            row.account().namespace(),
            row.account().name(),
            delivery(row),
            maker(row.managedBy()),
            row.ready()
                    .map(ready -> ready(ready, row.missingRequirements().size()))
                    .orElse(NONE),
            row.podsWithOldCredentials().isEmpty()
                    ? UNKNOWN
                    : Integer.toString(row.podsWithOldCredentials().getAsInt()),
            role(row)
        };
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

    private String role(CredentialsRow row) {
        String role = row.roleArn().map(this::role).orElse(row.deliveredBy().isEmpty() ? NONE : UNKNOWN);
        Optional<String> other =
                row.annotatedRoleArn().filter(arn -> !row.roleArn().equals(Optional.of(arn)));
        return role + other.map(arn -> " (annotation: " + role(arn) + ")").orElse("");
    }

    /** An annotation can hold any text. */
    private String role(String arn) {
        return RoleArn.of(arn)
                .map(parsed -> (oneAccount ? "" : parsed.account() + ":") + parsed.pathAndName())
                .orElseGet(() -> PlainText.of(arn));
    }
}
