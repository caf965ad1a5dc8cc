package dev.irsa.kubectl;

import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.kubectl.connection.AwsOptions;
import dev.irsa.kubectl.connection.AwsSource;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesDiagnosis;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.plan.Manifests;
import dev.irsa.kubectl.plan.PlanResult;
import dev.irsa.kubectl.plan.PlanSources;
import dev.irsa.kubectl.plan.ReadableEntitlements;
import dev.irsa.kubectl.plan.ReadablePodIdentity;
import dev.irsa.kubectl.plan.ResourcePlanner;
import dev.irsa.kubernetes.PodIdentityDiscovery;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OperatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Plans over the cluster and AWS, as far as the user may read them.
 *
 * @param warn receives what could not be read
 */
record PlanSession(
        KubernetesClient client,
        ApiServerReads cluster,
        OperatorSettings settings,
        AwsOptions aws,
        Consumer<String> warn) {
    /**
     * Plans the resources of the manifests.
     *
     * @param deletes whether they would be deleted instead of applied
     * @param progress receives which resource is planned
     */
    PlanResult plan(Manifests manifests, boolean deletes, Consumer<String> progress) {
        try (AwsSource source = AwsSource.connect(aws, settings, warn)) {
            return plan(manifests, deletes, source, source.reads(), progress);
        }
    }

    /**
     * Does the same over a connection that exists.
     *
     * @param reads what the plan is compared with
     */
    PlanResult plan(
            Manifests manifests,
            boolean deletes,
            AwsSource source,
            Optional<PlanSources.Aws> reads,
            Consumer<String> progress) {
        ReadableEntitlements entitlements =
                new ReadableEntitlements(cluster, manifests, settings.identity().account(), warn);
        PlanSources sources = new PlanSources(cluster.cluster(), entitlements, reads, agent(source));
        return new ResourcePlanner(sources, settings, manifests, deletes, UserMessage::of, InstantSource.system())
                .plan(manifests.resources(), progress);
    }

    private Supplier<PodIdentityAvailability> agent(AwsSource source) {
        return settings.assumesAgent()
                ? PodIdentityAvailability.Available::new
                : new ReadablePodIdentity(
                        new KubernetesDiagnosis(client)::isAgentInstalled,
                        new PodIdentityDiscovery(client, CallInterceptor.NONE, source.eksClusterName())::read,
                        warn);
    }
}
