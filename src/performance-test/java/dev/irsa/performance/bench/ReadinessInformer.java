package dev.irsa.performance.bench;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Watches all resources and records when they become Ready and when they are deleted. */
final class ReadinessInformer implements ResourceEventHandler<IamServiceAccount>, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final int size;
    private final Predicate<IamServiceAccountStatus> expected;
    private final Set<String> ready = new HashSet<>();
    private int deleted;
    private long lastReady;
    private long lastDeleted;
    private final SharedIndexInformer<IamServiceAccount> informer;

    /** Starts the watch. */
    ReadinessInformer(KubernetesClient client, int size) {
        this(client, size, status -> true);
    }

    /** Starts the watch. A resource counts as Ready only if its status is also as expected. */
    ReadinessInformer(KubernetesClient client, int size, Predicate<IamServiceAccountStatus> expected) {
        this.size = size;
        this.expected = expected;
        this.informer =
                client.resources(IamServiceAccount.class).inAnyNamespace().inform(this);
    }

    @Override
    public synchronized void onAdd(IamServiceAccount resource) {
        if (isReady(resource)
                && expected.test(resource.getStatus())
                && ready.add(resource.getMetadata().getUid())) {
            lastReady = System.nanoTime();
        }
    }

    @Override
    public void onUpdate(IamServiceAccount before, IamServiceAccount resource) {
        onAdd(resource);
    }

    @Override
    public synchronized void onDelete(IamServiceAccount resource, boolean stateUnknown) {
        deleted++;
        lastDeleted = System.nanoTime();
    }

    void awaitAllReady() {
        await("all are Ready", () -> readyCount() == size);
    }

    void awaitAllDeleted() {
        await("all are deleted", () -> deletedCount() == size);
    }

    /** Returns a time of {@link System#nanoTime()}. */
    synchronized long lastReady() {
        return lastReady;
    }

    /** On the clock of {@link System#nanoTime()}. */
    synchronized long lastDeleted() {
        return lastDeleted;
    }

    private synchronized int readyCount() {
        return ready.size();
    }

    private synchronized int deletedCount() {
        return deleted;
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(condition::getAsBoolean);
    }

    static boolean isReady(IamServiceAccount resource) {
        IamServiceAccountStatus status = resource.getStatus();
        return status != null
                && status.conditions().stream()
                        .anyMatch(condition -> condition.type().equals("Ready")
                                && condition.status().equals("True"));
    }

    @Override
    public void close() {
        informer.close();
    }
}
