package dev.irsa.kubectl.get;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.get.Inventory.Association;
import dev.irsa.kubectl.maker.RoleMaker;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Derives the rows from what was read. */
public final class CredentialsRows {
    /** Stands for an association that only its pods show. */
    private static final Association SHOWN_BY_PODS = new Association("", Optional.empty());

    private final Inventory inventory;
    private final ResourceIndex index;
    private final Map<AccountKey, Workload> accounts;
    private final Map<AccountKey, List<ObservedPod>> pods;

    private CredentialsRows(Inventory inventory) {
        this.inventory = inventory;
        this.index = new ResourceIndex(inventory.resources());
        this.accounts = inventory.serviceAccounts().stream()
                .collect(Collectors.toMap(
                        account -> new AccountKey(account.namespace(), account.name()), account -> account));
        this.pods = inventory.pods().orElse(List.of()).stream()
                .filter(ObservedPod::active)
                .collect(Collectors.groupingBy(pod -> new AccountKey(pod.namespace(), pod.serviceAccount())));
    }

    /** Returns the rows, sorted by namespace and name. */
    public static List<CredentialsRow> of(Inventory inventory) {
        CredentialsRows rows = new CredentialsRows(inventory);
        return rows.keys().stream().flatMap(rows::rows).toList();
    }

    /** Returns the ARNs of the roles whose makers the cluster does not show. */
    public static SortedSet<String> rolesOfOthers(Inventory inventory) {
        CredentialsRows rows = new CredentialsRows(inventory);
        return rows.keys().stream()
                .map(account -> rows.path(account).roleArn())
                .flatMap(Optional::stream)
                .filter(arn -> rows.index.withRole(arn).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the ids of the accounts of these roles. */
    public static SortedSet<String> accountsOfOthers(Inventory inventory) {
        return rolesOfOthers(inventory).stream()
                .flatMap(arn -> RoleArn.of(arn).stream())
                .map(RoleArn::account)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private SortedSet<AccountKey> keys() {
        TreeSet<AccountKey> keys = new TreeSet<>();
        Stream.of(
                        accounts.keySet(),
                        pods.keySet(),
                        inventory.associations().orElse(Map.of()).keySet())
                .flatMap(Set::stream)
                .filter(account -> path(account).isPresent())
                .forEach(keys::add);
        inventory.resources().forEach(resource -> keys.addAll(AccountKey.serviceAccounts(resource)));
        return keys;
    }

    private CredentialsPath path(AccountKey account) {
        Optional<String> annotation = Optional.ofNullable(accounts.get(account))
                .map(found -> found.annotations().getOrDefault(DesiredServiceAccount.ROLE_ARN, ""))
                .filter(arn -> !arn.isEmpty());
        return new CredentialsPath(annotation, association(account));
    }

    /** What EKS lists is complete. Without it, the operator's associations are known, and others show in their pods. */
    private Optional<Association> association(AccountKey account) {
        if (inventory.associations().isPresent()) {
            return Optional.ofNullable(inventory.associations().get().get(account));
        }
        return index.of(account).stream()
                .flatMap(resource -> ResourceIndex.association(resource, account).stream())
                .findFirst()
                .or(() ->
                        CredentialsPath.showAssociation(pods(account)) ? Optional.of(SHOWN_BY_PODS) : Optional.empty());
    }

    private List<ObservedPod> pods(AccountKey account) {
        return pods.getOrDefault(account, List.of());
    }

    /** Returns one row, and a further one for each other resource that names the same ServiceAccount. */
    private Stream<CredentialsRow> rows(AccountKey account) {
        List<IamServiceAccount> resources = index.of(account);
        return resources.isEmpty()
                ? Stream.of(row(account, Optional.empty()))
                : resources.stream().map(resource -> row(account, Optional.of(resource)));
    }

    private CredentialsRow row(AccountKey account, Optional<IamServiceAccount> resource) {
        CredentialsPath path = path(account);
        Optional<String> role = path.isPresent() ? path.roleArn() : resource.flatMap(ResourceIndex::roleArn);
        return new CredentialsRow(
                account,
                accounts.containsKey(account),
                path,
                role,
                role.flatMap(RoleArn::of)
                        .map(RoleArn::account)
                        .or(() -> resource.flatMap(RoleInOtherAccount::of)
                                .flatMap(there -> there.arn()
                                        .flatMap(RoleArn::of)
                                        .map(RoleArn::account)
                                        .or(() -> Optional.ofNullable(
                                                inventory.accounts().ids().get(there.iamAccount()))))),
                maker(account, role, resource),
                resource,
                inventory.pods().isEmpty() ? OptionalInt.empty() : OptionalInt.of(oldPods(account, path)));
    }

    private int oldPods(AccountKey account, CredentialsPath path) {
        return (int) pods(account).stream().filter(path::outdates).count();
    }

    private RoleMaker maker(AccountKey account, Optional<String> role, Optional<IamServiceAccount> resource) {
        if (role.isEmpty()) {
            return resource.map(ResourceIndex::name).map(RoleMaker::operator).orElse(RoleMaker.UNKNOWN);
        }
        if (resource.flatMap(ResourceIndex::roleArn).equals(role)) {
            return RoleMaker.operator(ResourceIndex.name(resource.get()));
        }
        return index.withRole(role.get())
                .map(ResourceIndex::name)
                .map(RoleMaker::otherResource)
                .orElseGet(() -> RoleMaker.of(traces(account, role.get())));
    }

    private RoleMaker.Traces traces(AccountKey account, String role) {
        Optional<Workload> found = Optional.ofNullable(accounts.get(account));
        SortedMap<String, String> none = new TreeMap<>();
        // The annotation may name another role than the association.
        boolean isAnnotated = path(account).annotation().filter(role::equals).isPresent();
        String managers = found.filter(workload -> isAnnotated)
                .map(workload -> workload.managers().getOrDefault(DesiredServiceAccount.ROLE_ARN, ""))
                .orElse("");
        return new RoleMaker.Traces(
                account.namespace(),
                account.name(),
                Optional.ofNullable(inventory.roleTags().get(role)),
                found.filter(workload -> isAnnotated).map(Workload::labels).orElse(none),
                managers.isEmpty() ? Set.of() : Set.of(managers.split(",")));
    }
}
