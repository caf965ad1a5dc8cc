package dev.irsa.kubectl.get;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.Desired;
import dev.irsa.port.AssociationReads;
import java.util.Comparator;
import java.util.List;

/** The namespace and the name of a ServiceAccount, which may not exist yet, or of an IamServiceAccount. */
public record AccountKey(String namespace, String name) implements Comparable<AccountKey> {
    private static final Comparator<AccountKey> ORDER =
            Comparator.comparing(AccountKey::namespace).thenComparing(AccountKey::name);

    /** Returns the key of a resource itself. */
    public static AccountKey of(IamServiceAccount resource) {
        return new AccountKey(
                resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    /** Returns the ServiceAccount of a Pod Identity association. */
    public static AccountKey of(AssociationReads.Listed association) {
        return new AccountKey(association.namespace(), association.serviceAccount());
    }

    /** Returns the ServiceAccounts that a resource names. */
    public static List<AccountKey> serviceAccounts(IamServiceAccount resource) {
        String name = resource.getMetadata().getName();
        List<String> names =
                resource.getSpec() == null ? List.of(name) : Desired.serviceAccountNames(name, resource.getSpec());
        return names.stream()
                .map(account -> new AccountKey(resource.getMetadata().getNamespace(), account))
                .toList();
    }

    @Override
    public int compareTo(AccountKey other) {
        return ORDER.compare(this, other);
    }
}
