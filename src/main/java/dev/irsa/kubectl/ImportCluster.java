package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.Desired;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.imports.ImportCandidate;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an import reads in the cluster.
 *
 * @param existing the resources that do not await an adoption
 */
record ImportCluster(
        List<IamServiceAccount> resources, List<Workload> serviceAccounts, List<IamServiceAccount> existing) {
    /**
     * Reads the cluster.
     *
     * @param namespace empty: all namespaces
     * @param accounts the IamAccounts of the cluster
     * @param home the id of the account of the operator
     */
    static ImportCluster read(WorkloadReads workloads, Optional<String> namespace, IamAccounts accounts, String home) {
        List<IamServiceAccount> resources = workloads.resources(namespace);
        List<Workload> serviceAccounts = workloads.serviceAccounts(namespace);
        Map<AccountKey, String> annotations = serviceAccounts.stream()
                .flatMap(account -> ImportCandidate.of(account).stream())
                .collect(Collectors.toMap(ImportCandidate::account, ImportCluster::accountId));
        return new ImportCluster(
                resources,
                serviceAccounts,
                resources.stream()
                        .filter(resource -> !awaitsAdoption(resource)
                                || !isOfRole(
                                        resource,
                                        annotations.getOrDefault(AccountKey.of(resource), ""),
                                        accounts,
                                        home))
                        .toList());
    }

    /** Returns the ServiceAccounts that the existing resources manage. */
    Set<AccountKey> managed() {
        return existing.stream()
                .map(AccountKey::serviceAccounts)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    /** Returns the ServiceAccounts by their keys. */
    Map<AccountKey, Workload> accountsByKey() {
        return serviceAccounts.stream()
                .collect(Collectors.toMap(
                        account -> new AccountKey(account.namespace(), account.name()), Function.identity()));
    }

    /** Returns the resources by their keys. */
    Map<AccountKey, IamServiceAccount> resourcesByKey() {
        return resources.stream().collect(Collectors.toMap(AccountKey::of, Function.identity()));
    }

    /** Returns the id of the account of the role; empty if no role is known, or its ARN is not valid. */
    static String accountId(ImportCandidate candidate) {
        return RoleArn.of(candidate.roleArn()).map(RoleArn::account).orElse("");
    }

    /** Returns whether an import may have written the resource, and the operator has not adopted its role yet. */
    private static boolean awaitsAdoption(IamServiceAccount resource) {
        String name = resource.getMetadata().getName();
        return resource.getSpec().role().adoption() == AdoptionPolicy.IfOffered
                && Desired.serviceAccountNames(name, resource.getSpec()).equals(List.of(name))
                && (resource.getStatus() == null || resource.getStatus().role() == null);
    }

    /**
     * Returns whether an import would write the resource for the account in which it is. An account that the user may not read is no
     * reason to leave out the ServiceAccount.
     *
     * @param annotated the id of the account of the role that the ServiceAccount has; may be empty
     */
    private static boolean isOfRole(IamServiceAccount resource, String annotated, IamAccounts accounts, String home) {
        boolean isAtHome = annotated.equals(home);
        return annotated.isEmpty()
                || RoleInOtherAccount.of(resource)
                        .map(role ->
                                accounts.id(role).known().map(annotated::equals).orElse(!isAtHome))
                        .orElse(isAtHome);
    }
}
