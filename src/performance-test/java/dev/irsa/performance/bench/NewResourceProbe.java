package dev.irsa.performance.bench;

import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Creates a resource every half second beside other work, and records how long each needs to become Ready. It does not wait for one
 * before it creates the next.
 */
final class NewResourceProbe implements ResourceEventHandler<IamServiceAccount>, AutoCloseable {
    private static final String NAMESPACE = "probe";
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final KubernetesClient client;
    private final Map<String, Long> created = new ConcurrentHashMap<>();
    private final Map<String, Double> seconds = new ConcurrentHashMap<>();
    private final SharedIndexInformer<IamServiceAccount> informer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** Starts to create resources. */
    NewResourceProbe(KubernetesClient client) {
        this.client = client;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        this.informer =
                client.resources(IamServiceAccount.class).inNamespace(NAMESPACE).inform(this);
        var _ = clock.scheduleAtFixedRate(this::create, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns whether a role of a cluster of that name is one of a probe. */
    static boolean isRole(String cluster, String role) {
        return role.startsWith(cluster + "_" + NAMESPACE + "_");
    }

    private void create() {
        String name = "new-" + created.size();
        created.put(name, System.nanoTime());
        client.resource(Serialization.unmarshal(
                        """
                        apiVersion: irsa.dev/v1beta1
                        kind: IamServiceAccount
                        metadata: {namespace: %s, name: %s}
                        spec: {%s}
                        """.formatted(NAMESPACE, name, ResourceBatch.POLICIES), IamServiceAccount.class))
                .create();
    }

    /** Stops to create resources, and returns after how many seconds each was Ready. */
    List<Double> end() {
        clock.close();
        await("the new resources are Ready", () -> seconds.size() == created.size());
        return List.copyOf(seconds.values());
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    @Override
    public void onAdd(IamServiceAccount resource) {
        Long began = created.get(resource.getMetadata().getName());
        if (began != null && ReadinessInformer.isReady(resource)) {
            seconds.putIfAbsent(resource.getMetadata().getName(), (System.nanoTime() - began) / 1e9);
        }
    }

    @Override
    public void onUpdate(IamServiceAccount before, IamServiceAccount resource) {
        onAdd(resource);
    }

    @Override
    public void onDelete(IamServiceAccount resource, boolean stateUnknown) {
        created.remove(resource.getMetadata().getName());
    }

    /** Deletes the resources, and waits until they are gone. */
    @Override
    public void close() {
        clock.shutdownNow();
        // One request for all of them would take longer than the client waits for a response.
        var resources = client.resources(IamServiceAccount.class).inNamespace(NAMESPACE);
        created.keySet().forEach(name -> resources.withName(name).delete());
        await("the new resources are deleted", created::isEmpty);
        informer.close();
    }
}
