package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.AdoptionPolicy;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.aws.IamLiveRoles;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.AwsSource;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.imports.ImportCandidates;
import dev.irsa.kubectl.imports.ImportPlan;
import dev.irsa.kubectl.imports.ImportPlanner;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.plan.PlanSources;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.kubectl.rolespec.LiveRole;
import dev.irsa.port.CallInterceptor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what an import needs.
 *
 * @param namespace empty: all namespaces
 */
record ImportSession(PlanSession session, WorkloadReads workloads, Optional<String> namespace, Output output) {
    /**
     * Reads the cluster and AWS, and plans.
     *
     * @param files add what the files of other tools say
     */
    ImportPlan plan(AwsSource source, Consumer<ImportCandidates> files) {
        AwsReads aws = source.aws().orElseThrow();
        PlanSources.Aws reads = source.reads().orElseThrow();
        output.progress("reading the cluster");
        List<IamServiceAccount> existing = workloads.resources(namespace).stream()
                .filter(resource -> !awaitsAdoption(resource))
                .toList();
        Set<AccountKey> managed = existing.stream()
                .map(AccountKey::serviceAccounts)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        ImportCandidates candidates =
                new ImportCandidates(account -> isInScope(account) && !managed.contains(account), output::warn);
        candidates.add(workloads.serviceAccounts(namespace));
        session.cluster().readAnnotatedServiceAccounts(namespace);
        files.accept(candidates);
        output.progress("reading the roles of the account");
        LiveRole.Found found = new IamLiveRoles(aws.clients().iam(), CallInterceptor.NONE).roles(candidates.wanted());
        ImportPlanner planner = new ImportPlanner(
                session.settings().identity(),
                found,
                associated(aws),
                keys(existing.stream()),
                keys(existing.stream()
                        .filter(resource -> RoleInOtherAccount.of(resource).isEmpty())),
                entitlements());
        return planner.plan(
                candidates.resolved(found),
                (manifests, offered) -> session.plan(
                        manifests,
                        false,
                        source,
                        Optional.of(
                                new PlanSources.Aws(offered, reads.associations(), reads.provider(), reads.policies())),
                        output::progress),
                reads.roles());
    }

    private static Set<AccountKey> keys(Stream<IamServiceAccount> resources) {
        return resources.map(AccountKey::of).collect(Collectors.toSet());
    }

    /** Returns whether an import may have written the resource, and the operator has not adopted its role yet. */
    private static boolean awaitsAdoption(IamServiceAccount resource) {
        String name = resource.getMetadata().getName();
        return RoleInOtherAccount.of(resource).isEmpty()
                && resource.getSpec().role().adoption() == AdoptionPolicy.IfOffered
                && Desired.serviceAccountNames(name, resource.getSpec()).equals(List.of(name))
                && (resource.getStatus() == null || resource.getStatus().role() == null);
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
