package dev.irsa.kubectl.get;

import dev.irsa.api.v1beta1.AssociationStatus;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.kubectl.get.Inventory.Association;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the IamServiceAccounts that name a ServiceAccount, and the one that has a role. */
public final class ResourceIndex {
    private static final Comparator<IamServiceAccount> READY_FIRST = Comparator.comparing(
                    (IamServiceAccount resource) -> !isReady(resource))
            .thenComparing(resource -> resource.getMetadata().getName());

    private final Map<AccountKey, List<IamServiceAccount>> byAccount;
    private final Map<String, IamServiceAccount> byRole;

    public ResourceIndex(List<IamServiceAccount> resources) {
        List<IamServiceAccount> sorted = resources.stream().sorted(READY_FIRST).toList();
        this.byAccount = new HashMap<>();
        sorted.forEach(resource -> AccountKey.serviceAccounts(resource)
                .forEach(account -> byAccount
                        .computeIfAbsent(account, _ -> new ArrayList<>())
                        .add(resource)));
        this.byRole = sorted.stream()
                .filter(resource -> roleArn(resource).isPresent())
                .collect(Collectors.toMap(
                        resource -> roleArn(resource).orElseThrow(), resource -> resource, (first, other) -> first));
    }

    /** Returns the resources that name the ServiceAccount. More than one is a conflict; the one that is ready is the first. */
    public List<IamServiceAccount> of(AccountKey account) {
        return byAccount.getOrDefault(account, List.of());
    }

    Optional<IamServiceAccount> withRole(String arn) {
        return Optional.ofNullable(byRole.get(arn));
    }

    /** Returns the ARN of the role of a resource; empty until it has one. */
    public static Optional<String> roleArn(IamServiceAccount resource) {
        return Stream.ofNullable(resource.getStatus())
                .filter(status -> status.role() != null)
                .flatMap(status -> Stream.ofNullable(status.roleARN()))
                .findFirst();
    }

    /** Returns the association that the operator has for this ServiceAccount, with its role, by the status of the resource. */
    static Optional<Association> association(IamServiceAccount resource, AccountKey account) {
        return entries(resource)
                .filter(entry -> entry.serviceAccount().equals(account.name()))
                .map(entry -> new Association(entry.id(), roleArn(resource)))
                .findFirst();
    }

    /** Returns the associations that the operator has for a resource, by the status of the resource. */
    static Stream<Association> associations(IamServiceAccount resource) {
        return entries(resource).map(entry -> new Association(entry.id(), roleArn(resource)));
    }

    private static Stream<AssociationStatus> entries(IamServiceAccount resource) {
        return Stream.ofNullable(resource.getStatus())
                .flatMap(status -> Stream.ofNullable(status.podIdentity()))
                .flatMap(podIdentity -> podIdentity.associations().stream());
    }

    /** Returns {@code <namespace>/<name>}. */
    static String name(IamServiceAccount resource) {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }

    private static boolean isReady(IamServiceAccount resource) {
        return resource.ready().filter(ready -> ready.status().equals("True")).isPresent();
    }
}
