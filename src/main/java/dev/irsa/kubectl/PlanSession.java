package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsSource;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesDiagnosis;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.plan.Manifests;
import dev.irsa.kubectl.plan.PlanAction;
import dev.irsa.kubectl.plan.PlanResult;
import dev.irsa.kubectl.plan.PlanSources;
import dev.irsa.kubectl.plan.PlanSources.Obstacle;
import dev.irsa.kubectl.plan.ReadableEntitlements;
import dev.irsa.kubectl.plan.ReadablePodIdentity;
import dev.irsa.kubectl.plan.ResourcePlanner;
import dev.irsa.kubernetes.PodIdentityDiscovery;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OperatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Plans over the cluster and AWS, as far as the user may read them.
 *
 * @param settings of the operator in its own account
 * @param warn receives what could not be read
 */
record PlanSession(
        KubernetesClient client,
        ApiServerReads cluster,
        OperatorSettings settings,
        AccountReaders readers,
        Consumer<String> warn) {
    /**
     * Plans the resources of the manifests, those of each account over what is in that account.
     *
     * @param deletes whether they would be deleted instead of applied
     * @param progress receives which resource is planned
     */
    PlanResult plan(Manifests manifests, boolean deletes, Consumer<String> progress) {
        IamAccounts accounts = new IamAccounts(() -> {
            List<IamAccount> live = liveAccounts(manifests.accounts());
            return deletes
                    ? live
                    : manifests.appliedAccounts(live, InstantSource.system().instant());
        });
        Map<String, List<IamServiceAccount>> byAccount = manifests.resources().stream()
                .collect(Collectors.groupingBy(
                        resource -> resource.getSpec().accountName(), LinkedHashMap::new, Collectors.toList()));
        if (byAccount.isEmpty()) {
            byAccount.put("", List.of());
        }
        List<String> notCompared = new ArrayList<>();
        List<PlanResult> results = byAccount.values().stream()
                .map(resources -> planner(resources, manifests, deletes, accounts, notCompared::add)
                        .plan(resources, progress))
                .toList();
        return PlanResult.of(manifests.resources(), results, notCompared)
                .with(new AccountPlanner(this, accounts).plan(manifests.accounts(), deletes));
    }

    /** Returns the IamAccounts in the cluster. If the user may not read them, those of the files are enough. */
    List<IamAccount> liveAccounts(List<IamAccount> given) {
        return given.isEmpty()
                ? cluster.accounts()
                : UserMessage.unlessFailed("only the IamAccounts in the files are known", cluster::accounts, warn)
                        .orElse(List.of());
    }

    /** Returns the planner for resources whose roles are in one account. */
    private ResourcePlanner planner(
            List<IamServiceAccount> resources,
            Manifests manifests,
            boolean deletes,
            IamAccounts accounts,
            Consumer<String> notCompared) {
        Optional<RoleInOtherAccount> elsewhere = resources.stream().findFirst().flatMap(RoleInOtherAccount::of);
        if (elsewhere.isEmpty()) {
            return planner(settings, manifests, deletes, reads(settings, accounts, notCompared));
        }
        try {
            return switch (accounts.settings(elsewhere.get(), settings)) {
                case Evidence.Known<OperatorSettings>(OperatorSettings there) ->
                    planner(there, manifests, deletes, reads(there, accounts, notCompared));
                case Evidence.Unreadable<OperatorSettings>(String why) -> {
                    notCompared.accept("not compared with IAM: " + why);
                    yield planner(
                            manifests,
                            deletes,
                            new Obstacle(
                                    PlanAction.unknown,
                                    "",
                                    "its role is in the account of IamAccount "
                                            + PlainText.of(elsewhere.get().iamAccount()) + ", which cannot be read"));
                }
            };
        } catch (FailureException e) {
            return planner(manifests, deletes, Obstacle.of(e.failure()));
        }
    }

    private Optional<PlanSources.Aws> reads(
            OperatorSettings account, IamAccounts accounts, Consumer<String> notCompared) {
        return AwsSource.connect(readers, account, accounts, notCompared).reads();
    }

    private ResourcePlanner planner(Manifests manifests, boolean deletes, Obstacle obstacle) {
        return planner(settings, manifests, deletes, Optional.empty(), Optional.of(obstacle));
    }

    /**
     * Returns a planner for the resources whose roles are in the account of these settings.
     *
     * @param reads what the plan is compared with; empty if the account cannot be read
     */
    ResourcePlanner planner(
            OperatorSettings account, Manifests manifests, boolean deletes, Optional<PlanSources.Aws> reads) {
        return planner(account, manifests, deletes, reads, Optional.empty());
    }

    private ResourcePlanner planner(
            OperatorSettings account,
            Manifests manifests,
            boolean deletes,
            Optional<PlanSources.Aws> reads,
            Optional<Obstacle> obstacle) {
        ReadableEntitlements entitlements =
                new ReadableEntitlements(cluster, manifests, account.identity().account(), warn);
        PlanSources sources = new PlanSources(cluster.cluster(), entitlements, reads, agent(account), obstacle);
        return new ResourcePlanner(sources, account, manifests, deletes, UserMessage::of, InstantSource.system());
    }

    private Supplier<PodIdentityAvailability> agent(OperatorSettings account) {
        if (!account.identity().account().name().isEmpty()) {
            return () -> PodIdentityAvailability.IN_ANOTHER_ACCOUNT;
        }
        return settings.assumesAgent()
                ? PodIdentityAvailability.Available::new
                : new ReadablePodIdentity(
                        new KubernetesDiagnosis(client)::isAgentInstalled,
                        new PodIdentityDiscovery(
                                client,
                                CallInterceptor.NONE,
                                readers.eksClusterName()
                                        .orElse(settings.identity().name()))::read,
                        warn);
    }
}
