package dev.irsa.kubectl.get;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.AssociationOptions;
import dev.irsa.core.observed.ObservedAssociation;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.get.Inventory.Accounts;
import dev.irsa.kubectl.get.Inventory.Association;
import dev.irsa.kubectl.get.ParallelReads.Result;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import dev.irsa.port.AssociationReads;
import dev.irsa.port.RoleReads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the inventory. Only the ServiceAccounts are indispensable. What else cannot be read is reported, and left out.
 *
 * @param scope what the user asks about
 * @param warnings receives what could not be read, each in one line
 */
public record InventoryReader(Scope scope, Consumer<String> warnings) {
    private static final String NO_TAGS = "the tags of some roles are not used";

    /**
     * Reads the cluster.
     *
     * @throws FailureException if the ServiceAccounts cannot be read
     */
    public Inventory cluster(WorkloadReads workloads) {
        Inventory withoutPods = withoutPods(workloads);
        return withoutPods.withPods(unlessFailed("pods are not counted", () -> workloads.pods(scope.namespace())));
    }

    /**
     * Does the same without the pods.
     *
     * @throws FailureException if the ServiceAccounts cannot be read
     */
    public Inventory withoutPods(WorkloadReads workloads) {
        return new Inventory(
                serviceAccounts(workloads),
                unlessFailed("IamServiceAccounts are not shown", () -> workloads.resources(scope.namespace()))
                        .orElse(List.of())
                        .stream()
                        .filter(resource ->
                                AccountKey.serviceAccounts(resource).stream().anyMatch(scope::includes))
                        .toList(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    private List<Workload> serviceAccounts(WorkloadReads workloads) {
        return scope.namespace().isPresent() && scope.name().isPresent()
                ? workloads.serviceAccount(scope.namespace().get(), scope.name().get()).stream()
                        .toList()
                : workloads.serviceAccounts(scope.namespace());
    }

    /** Adds the associations of EKS. The roles of the operator's own are those in the status, without a call for each. */
    public Inventory withAssociations(Inventory inventory, AssociationReads associations) throws InterruptedException {
        Map<String, String> known = new HashMap<>();
        inventory.resources().stream()
                .flatMap(ResourceIndex::associations)
                .forEach(recorded -> recorded.roleArn().ifPresent(arn -> known.putIfAbsent(recorded.id(), arn)));
        return withAssociations(inventory, associations, known);
    }

    /** Does the same with a call for each, since another client may have changed those of the operator. */
    public Inventory withCurrentAssociations(Inventory inventory, AssociationReads associations)
            throws InterruptedException {
        return withAssociations(inventory, associations, Map.of());
    }

    /** @param known the roles of the associations that are not read, by the ids of these */
    private Inventory withAssociations(Inventory inventory, AssociationReads associations, Map<String, String> known)
            throws InterruptedException {
        Optional<List<AssociationReads.Listed>> listed =
                unlessFailed("Pod Identity associations are not shown", associations::list);
        if (listed.isEmpty()) {
            return inventory;
        }
        Map<AccountKey, String> ids = listed.get().stream()
                .filter(entry -> scope.includes(AccountKey.of(entry)))
                .collect(Collectors.toMap(AccountKey::of, AssociationReads.Listed::id, (one, other) -> one));
        Map<String, String> roles = new HashMap<>(known);
        Result<String, ObservedAssociation> described = new ParallelReads<>(associations::describe)
                .all(ids.values().stream().filter(id -> !known.containsKey(id)).collect(Collectors.toSet()));
        described
                .failure()
                .ifPresent(failure ->
                        warn("the roles of some Pod Identity associations are not shown", UserMessage.of(failure)));
        described.found().forEach((id, found) -> roles.put(id, found.roleArn()));
        Map<AccountKey, Association> byAccount = new HashMap<>();
        ids.forEach((account, id) -> byAccount.put(
                account,
                new Association(
                        id,
                        Optional.ofNullable(roles.get(id)),
                        Optional.ofNullable(described.found().get(id))
                                .map(ObservedAssociation::options)
                                .orElse(AssociationOptions.NONE))));
        return inventory.withAssociations(byAccount);
    }

    /**
     * Adds the ids of the accounts that only IamAccounts show.
     *
     * @param id returns the id of the account of a role, or why it is not known
     */
    public Inventory withAccounts(Inventory inventory, Function<RoleInOtherAccount, Evidence<String>> id) {
        SortedMap<String, String> ids = new TreeMap<>();
        inventory.resources().stream()
                .flatMap(resource -> RoleInOtherAccount.of(resource).stream())
                .filter(role -> role.arn().isEmpty())
                .forEach(role -> {
                    switch (id.apply(role)) {
                        case Evidence.Known<String>(String known) -> ids.put(role.iamAccount(), known);
                        case Evidence.Unreadable<String>(String why) ->
                            warn("the accounts of some roles are not shown", why);
                    }
                });
        return inventory.with(new Accounts(ids, inventory.accounts().notRead()));
    }

    /**
     * Adds the tags of the roles whose makers the cluster does not show.
     *
     * @param accounts returns the roles of an account by its id, or why they cannot be read
     */
    public Inventory withRoles(Inventory inventory, Function<String, Evidence<RoleReads>> accounts)
            throws InterruptedException {
        Map<String, Map<String, String>> namesByAccount = new TreeMap<>();
        CredentialsRows.rolesOfOthers(inventory)
                .forEach(arn -> RoleArn.of(arn)
                        .ifPresent(parsed -> namesByAccount
                                .computeIfAbsent(parsed.account(), _ -> new HashMap<>())
                                .put(arn, parsed.name())));
        Map<String, SortedMap<String, String>> tags = new HashMap<>();
        SortedMap<String, String> notRead = new TreeMap<>();
        for (Map.Entry<String, Map<String, String>> account : namesByAccount.entrySet()) {
            switch (accounts.apply(account.getKey())) {
                case Evidence.Known<RoleReads>(RoleReads roles) ->
                    tags(account.getValue(), roles, tags)
                            .ifPresent(
                                    why -> notRead.put(account.getKey(), "account " + account.getKey() + ": " + why));
                case Evidence.Unreadable<RoleReads>(String why) -> notRead.put(account.getKey(), why);
            }
        }
        notRead.values().forEach(why -> warn(NO_TAGS, why));
        return inventory
                .withRoleTags(tags)
                .with(new Accounts(inventory.accounts().ids(), notRead));
    }

    /**
     * Adds the tags of the roles of an account, and returns why some are missing. The annotation may name a role under another path.
     */
    private static Optional<String> tags(
            Map<String, String> names, RoleReads roles, Map<String, SortedMap<String, String>> tags)
            throws InterruptedException {
        Result<String, ObservedRole> read = new ParallelReads<>(roles::role).all(Set.copyOf(names.values()));
        names.forEach((arn, name) -> Optional.ofNullable(read.found().get(name))
                .filter(role -> role.arn().equals(arn))
                .ifPresent(role -> tags.put(arn, role.tags())));
        return read.failure().map(UserMessage::of);
    }

    private <T> Optional<T> unlessFailed(String what, Supplier<T> read) {
        return UserMessage.unlessFailed(what, read, warnings);
    }

    private void warn(String what, String why) {
        warnings.accept(what + ": " + why);
    }
}
