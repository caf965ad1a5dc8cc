package dev.irsa.kubectl.get;

import java.time.Instant;
import java.util.List;

/**
 * The ServiceAccounts of a cluster that have AWS credentials.
 *
 * @param uses when their roles were last used; {@link RoleUses#NONE} if the user does not ask for it
 * @param accounts what is known about other AWS accounts
 */
public record ListedCredentials(List<CredentialsRow> rows, RoleUses uses, Inventory.Accounts accounts) {
    public ListedCredentials {
        rows = List.copyOf(rows);
    }

    /**
     * Returns what is listed of a cluster.
     *
     * @param uses of these roles and of others
     */
    public static ListedCredentials of(Inventory inventory, RoleUses uses) {
        List<CredentialsRow> rows = CredentialsRows.of(inventory);
        return new ListedCredentials(rows, uses.of(rows), inventory.accounts());
    }

    /** Returns the same, and why roles of ServiceAccounts that are not known are missing. */
    public ListedCredentials without(String why) {
        return new ListedCredentials(rows, uses.without(why), accounts);
    }

    /** Returns only those whose role has not been used in the period that ends now. */
    public ListedCredentials unused(UnusedPeriod period, Instant now) {
        return new ListedCredentials(
                rows.stream()
                        .filter(row -> uses.of(row)
                                .filter(use -> period.covers(use, now))
                                .isPresent())
                        .toList(),
                uses,
                accounts);
    }
}
