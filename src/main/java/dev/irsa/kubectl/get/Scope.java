package dev.irsa.kubectl.get;

import java.util.Optional;

/**
 * The ServiceAccounts that the user asks about.
 *
 * @param namespace empty: all namespaces
 * @param name empty: all of the namespace
 */
public record Scope(Optional<String> namespace, Optional<String> name) {
    /** Returns whether the user asks about this ServiceAccount. */
    public boolean includes(AccountKey account) {
        return namespace.map(account.namespace()::equals).orElse(true)
                && name.map(account.name()::equals).orElse(true);
    }
}
