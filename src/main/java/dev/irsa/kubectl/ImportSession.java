package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.ImportAccounts.ReadableAccount;
import dev.irsa.kubectl.aws.IamLiveRoles;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.AwsSource;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.RoleArn;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.imports.ImportCandidate;
import dev.irsa.kubectl.imports.ImportCandidates;
import dev.irsa.kubectl.imports.ImportPlan;
import dev.irsa.kubectl.imports.ImportPlanner;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.plan.PlanSources;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import dev.irsa.kubectl.rolespec.LiveRole.Found;
import dev.irsa.kubectl.rolespec.RoleImport.Refused;
import dev.irsa.port.CallInterceptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    /**
     * Reads the cluster and AWS, and plans.
     *
     * @param home the account of the operator
     * @param files add what the files of other tools say
     */
    ImportPlan plan(AwsSource home, Consumer<ImportCandidates> files) {
        AwsReads aws = home.aws().orElseThrow();
        output.progress("reading the cluster");
        List<IamServiceAccount> resources = workloads.resources(namespace);
        List<Workload> serviceAccounts = workloads.serviceAccounts(namespace);
        List<IamServiceAccount> existing = existing(resources, serviceAccounts);
        Set<AccountKey> managed = existing.stream()
                .map(AccountKey::serviceAccounts)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        ImportCandidates candidates =
                new ImportCandidates(account -> isInScope(account) && !managed.contains(account), output::warn);
        candidates.add(serviceAccounts);
        session.cluster().readAnnotatedServiceAccounts(namespace);
        files.accept(candidates);
        output.progress("reading the roles of the account");
        Found found = new IamLiveRoles(aws.clients().iam(), CallInterceptor.NONE).roles(candidates.wanted());
        ImportAccounts others = ImportAccounts.of(candidates, session, accounts, output);
        List<ImportCandidate> resolved = candidates.resolved(found);
        Known known = new Known(existing, associated(aws), new HashSet<>(entitlements()), others.refused());
        List<ImportPlan> parts = new ArrayList<>();
        parts.add(plan(
                resolved.stream()
                        .filter(candidate -> !others.readable().containsKey(accountId(candidate)))
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
                                .filter(candidate -> accountId(candidate).equals(id))
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
     */
    private record Known(
            List<IamServiceAccount> existing,
            Set<AccountKey> associated,
            Set<String> entitlements,
            Map<String, Refused> refused) {}

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
        ImportPlan plan = planner.plan(
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

    /** Returns the id of the account of the role; empty if no role is known, or its ARN is not valid. */
    private static String accountId(ImportCandidate candidate) {
        return RoleArn.of(candidate.roleArn()).map(RoleArn::account).orElse("");
    }

    private static Set<AccountKey> keys(Stream<IamServiceAccount> resources) {
        return resources.map(AccountKey::of).collect(Collectors.toSet());
    }

    /** Returns the resources but those that an import may have written and whose roles the operator has not adopted yet. */
    private List<IamServiceAccount> existing(List<IamServiceAccount> resources, List<Workload> serviceAccounts) {
        Map<AccountKey, String> annotations = serviceAccounts.stream()
                .flatMap(account -> ImportCandidate.of(account).stream())
                .collect(Collectors.toMap(ImportCandidate::account, ImportSession::accountId));
        return resources.stream()
                .filter(resource -> !awaitsAdoption(resource) || !isOfRole(resource, annotations))
                .toList();
    }

    private static boolean awaitsAdoption(IamServiceAccount resource) {
        String name = resource.getMetadata().getName();
        return resource.getSpec().role().adoption() == AdoptionPolicy.IfOffered
                && Desired.serviceAccountNames(name, resource.getSpec()).equals(List.of(name))
                && (resource.getStatus() == null || resource.getStatus().role() == null);
    }

    /**
     * Returns whether an import would write the resource for the account in which it is. An account that the user may not read is no
     * reason to leave out the ServiceAccount.
     */
    private boolean isOfRole(IamServiceAccount resource, Map<AccountKey, String> annotations) {
        String annotated = annotations.getOrDefault(AccountKey.of(resource), "");
        String home = session.settings().identity().account().id();
        boolean isAtHome = annotated.equals(home);
        return annotated.isEmpty()
                || RoleInOtherAccount.of(resource)
                        .map(role ->
                                accounts.id(role).known().map(annotated::equals).orElse(!isAtHome))
                        .orElse(isAtHome);
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

    private Set<AccountKey> associated(AwsReads aws) {
        return aws
                .associations()
                .flatMap(reads -> UserMessage.unlessFailed(
                        "Pod Identity associations are not compared", reads::list, output::warn))
                .orElse(List.of())
                .stream()
                .map(AccountKey::of)
                .collect(Collectors.toSet());
    }
}
