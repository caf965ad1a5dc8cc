package dev.irsa.kubectl.get;

import java.util.Comparator;

/** The namespace and the name of a ServiceAccount, which may not exist yet. */
public record AccountKey(String namespace, String name) implements Comparable<AccountKey> {
    private static final Comparator<AccountKey> ORDER =
            Comparator.comparing(AccountKey::namespace).thenComparing(AccountKey::name);

    @Override
    public int compareTo(AccountKey other) {
        return ORDER.compare(this, other);
    }
}
