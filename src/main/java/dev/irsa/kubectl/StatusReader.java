package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.kubectl.connection.AwsSource;
import dev.irsa.kubectl.get.AccountKey;
import dev.irsa.kubectl.imports.AdoptionProgress;
import dev.irsa.kubectl.imports.ImportPlan;
import dev.irsa.kubectl.imports.ImportStatus;
import dev.irsa.kubectl.imports.WaveItem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Implements {@code --status}: reads how far the adoption of each role is, in bulk and without a plan. */
record StatusReader(ImportSession imports, ClusterIdentity identity) {
    private static final String NOT_APPLIED = "the resource is not in the cluster; apply it";

    /**
     * Reads it.
     *
     * @param directory with the manifests; empty: the resources in the cluster
     */
    ImportStatus read(AwsSource home, Optional<ManifestDirectory> directory) {
        ImportCluster cluster = imports.cluster();
        List<IamServiceAccount> adopting = directory
                .map(ManifestDirectory::adopting)
                .orElseGet(() ->
                        cluster.resources().stream().filter(GivenRoles::adopts).toList());
        ImportPlan plan =
                imports.plan(home, cluster, adopting, (planner, candidates, _, _) -> planner.judge(candidates));
        Map<AccountKey, IamServiceAccount> live = cluster.resourcesByKey();
        return ImportStatus.of(
                plan.accounts().stream()
                        .map(account -> AdoptionProgress.of(account, identity))
                        .map(progress -> withCondition(progress, Optional.ofNullable(live.get(progress.key()))))
                        .toList(),
                plan.notRead());
    }

    /** A role may be offered, and its resource not be able to adopt it. */
    private static AdoptionProgress withCondition(AdoptionProgress progress, Optional<IamServiceAccount> live) {
        return switch (progress.state()) {
            case OFFERED, ADOPTED ->
                progress.with(live.map(resource -> WaveItem.of(resource, Optional.of(resource), true)
                                .why())
                        .orElse(NOT_APPLIED));
            case IMPORTED -> live.isPresent() ? progress : progress.with(NOT_APPLIED);
            case REFUSED -> progress;
        };
    }
}
