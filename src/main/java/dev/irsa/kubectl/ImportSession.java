package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.ImportAccounts.ReadableAccount;
import dev.irsa.kubectl.aws.IamLiveRoles;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.AwsSource;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.get.NotRead;
import dev.irsa.kubectl.imports.ImportCandidate;
import dev.irsa.kubectl.imports.ImportCandidates;
import dev.irsa.kubectl.imports.ImportPlan;
import dev.irsa.kubectl.imports.ImportPlanner;
import dev.irsa.kubectl.imports.ImportPlanner.Plans;
import dev.irsa.kubectl.plan.PlanSources;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.kubectl.rolespec.LiveRole.Found;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.RoleReads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what an import needs.
 *
 * @param accounts the IamAccounts of the cluster
 * @param namespace empty: all namespaces
 */
record ImportSession(
        PlanSession session, IamAccounts accounts, WorkloadReads workloads, Optional<String> namespace, Output output) {
    /** What a planner makes of the candidates in one account. */
    @FunctionalInterface
    interface Planning {
        ImportPlan of(ImportPlanner planner, List<ImportCandidate> candidates, Plans plans, RoleReads others);
    }

    /**
     * Reads AWS, and plans for the roles that the cluster and files name.
     *
     * @param home the account of the operator
     * @param files add what the files of other tools say
     */
    ImportPlan plan(AwsSource home, ImportCluster cluster, Consumer<ImportCandidates> files) {
        Set<AccountKey> managed = cluster.managed();
        ImportCandidates candidates =
                new ImportCandidates(account -> isInScope(account) && !managed.contains(account), output::warn);
        candidates.add(cluster.serviceAccounts());
        files.accept(candidates);
        return plan(home, cluster, candidates, ImportPlanner::plan);
    }

    /** Reads the cluster. */
    ImportCluster cluster() {
        output.progress("reading the cluster");
        return ImportCluster.read(
                workloads,
                namespace,
                accounts,
                session.settings().identity().account().id());
    }

    /** Reads AWS for manifests that adopt roles, and plans for them as they are. */
    ImportPlan plan(AwsSource home, ImportCluster cluster, List<IamServiceAccount> manifests, Planning planning) {
        SortedMap<String, String> unreadable = new TreeMap<>();
        ImportCandidates candidates = new ImportCandidates(_ -> true, output::warn);
        new GivenRoles(manifests, session.settings(), accounts, why -> unreadable.put("", why))
                .addTo(candidates, cluster);
        ImportPlan plan = plan(home, cluster, candidates, planning);
        return ImportPlan.of(
                List.of(plan),
                Stream.concat(NotRead.of(unreadable).stream(), plan.notRead().stream())
                        .toList());
    }

    /** Plans for the manifests of a folder, with what else is in it. */
    ImportPlan plan(AwsSource home, ImportCluster cluster, ManifestDirectory directory) {
        return plan(
                home,
                cluster,
                directory.adopting(),
                (planner, candidates, plans, others) ->
                        planner.planGiven(candidates, directory.manifests(), plans, others));
    }

    private ImportPlan plan(AwsSource home, ImportCluster cluster, ImportCandidates candidates, Planning planning) {
        AwsReads aws = home.aws().orElseThrow();
        session.cluster().readAnnotatedServiceAccounts(namespace);
        output.progress("reading the roles of the account");
        Found found = new IamLiveRoles(aws.clients().iam(), CallInterceptor.NONE).roles(candidates.wanted());
        ImportAccounts others = ImportAccounts.of(candidates, session, accounts, output);
        List<ImportCandidate> resolved = candidates.resolved(found);
        Known known = new Known(
                cluster.existing(),
                ImportAccounts.associated(aws, output),
                new HashSet<>(entitlements()),
                others.refused(),
                planning);
        List<ImportPlan> parts = new ArrayList<>();
        parts.add(plan(
                resolved.stream()
                        .filter(candidate -> !others.readable().containsKey(ImportCluster.accountId(candidate)))
                        .toList(),
                new ReadableAccount(
                        session.settings(),
                        session.settings().identity(),
                        home.reads().orElseThrow(),
                        found),
                known));
        others.readable()
                .forEach((id, there) -> parts.add(plan(
                        resolved.stream()
                                .filter(candidate ->
                                        ImportCluster.accountId(candidate).equals(id))
                                .toList(),
                        there,
                        known)));
        return ImportPlan.of(parts, others.notRead());
    }

    /**
     * What is known about the cluster.
     *
     * @param existing the resources that do not await an adoption
     * @param associated the ServiceAccounts with EKS Pod Identity associations
     * @param entitlements the names that a new entitlement cannot have, with those of the accounts that are planned already
     * @param refused why no role of an account is imported, by its id
     * @param planning what to make of the candidates
     */
    private record Known(
            List<IamServiceAccount> existing,
            Set<AccountKey> associated,
            Set<String> entitlements,
            Map<String, Refused> refused,
            Planning planning) {}

    /** Plans the import of roles in one account. */
    private ImportPlan plan(List<ImportCandidate> candidates, ReadableAccount there, Known known) {
        ImportPlanner planner = new ImportPlanner(
                there.identity(),
                there.found(),
                known.associated(),
                keys(known.existing().stream()),
                keys(known.existing().stream()
                        .filter(resource -> resource.getSpec()
                                .accountName()
                                .equals(there.identity().account().name()))),
                Set.copyOf(known.entitlements()),
                arn -> Objects.requireNonNull(known.refused().get(arn.account())));
        PlanSources.Aws reads = there.reads();
        ImportPlan plan = known.planning()
                .of(
                        planner,
                        candidates,
                        (manifests, offered) -> session.planner(
                                        there.settings(),
                                        manifests,
                                        false,
                                        Optional.of(new PlanSources.Aws(
                                                offered, reads.associations(), reads.provider(), reads.policies())))
                                .plan(manifests.resources(), output::progress),
                        reads.roles());
        plan.entitlements()
                .forEach(entitlement ->
                        known.entitlements().add(entitlement.getMetadata().getName()));
        return plan;
    }

    private static Set<AccountKey> keys(Stream<IamServiceAccount> resources) {
        return resources.map(AccountKey::of).collect(Collectors.toSet());
    }

    private boolean isInScope(AccountKey account) {
        return namespace.map(account.namespace()::equals).orElse(true);
    }

    /** Returns the names that a new entitlement cannot have, as far as the user may read them. */
    private Set<String> entitlements() {
        try {
            return session.cluster().entitlements().stream()
                    .map(entitlement -> entitlement.getMetadata().getName())
                    .collect(Collectors.toSet());
        } catch (FailureException e) {
            // The plan warns of it.
            return Set.of();
        }
    }
}
