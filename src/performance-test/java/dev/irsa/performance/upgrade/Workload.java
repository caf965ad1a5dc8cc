package dev.irsa.performance.upgrade;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.integration.machine.Kubectl;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Users who edit resources, and create and delete others. They leave most resources unchanged. */
final class Workload implements AutoCloseable {
    static final String NAMESPACE = "load";
    static final String EDITED = "edited-";
    static final String SHORT_LIVED = "short-lived-";

    private static final String UNCHANGED = "unchanged-";
    private static final Duration PACE = Duration.ofMillis(200);
    private static final int EDITED_RESOURCES = 60;
    private static final int STEPS_PER_CREATION = 5;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final Kubectl kubectl;
    private final EditTimes times;
    private final int size;
    private final Map<String, String> descriptions = new HashMap<>();
    private final Deque<String> shortLived = new ArrayDeque<>();
    private final List<String> errors = new ArrayList<>();
    private final ScheduledExecutorService users = Executors.newSingleThreadScheduledExecutor();
    private int steps;

    /**
     * Creates the workload.
     *
     * @param times where it reports its edits
     * @param size the number of resources that are not deleted
     */
    Workload(UpgradeMachine machine, EditTimes times, int size) {
        this.client = machine.controlPlane().client();
        this.kubectl = new Kubectl(machine.controlPlane().kubeconfig());
        this.times = times;
        this.size = size;
    }

    /** Creates the resources that are not deleted, and waits until they are Ready. */
    void create() {
        kubectl.run("create", "namespace", NAMESPACE).orThrow();
        kubectl.run("label", "namespace", NAMESPACE, "irsa.dev/entitlement=default")
                .orThrow();
        Stream<String> unchanged = IntStream.range(0, size - EDITED_RESOURCES).mapToObj(i -> UNCHANGED + i);
        Stream<String> edited = IntStream.range(0, EDITED_RESOURCES).mapToObj(i -> EDITED + i);
        kubectl.apply(Stream.concat(unchanged, edited).map(Workload::manifest).collect(Collectors.joining("---\n")))
                .orThrow();
        kubectl.run("-n", NAMESPACE, "wait", "--for=condition=Ready", "iamsa", "--all", "--timeout=240s")
                .orThrow();
    }

    /** Begins to change resources. */
    void begin() {
        var _ = users.scheduleAtFixedRate(this::step, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the changes by deleting all short-lived resources. */
    void end() throws InterruptedException {
        users.shutdown();
        if (!users.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the API server does not respond");
        }
        shortLived.forEach(this::delete);
    }

    private synchronized void step() {
        int step = steps++;
        try {
            if (step % STEPS_PER_CREATION == 0) {
                if (!shortLived.isEmpty()) {
                    delete(shortLived.removeFirst());
                }
                shortLived.addLast(SHORT_LIVED + step);
                kubectl.apply(manifest(SHORT_LIVED + step)).orThrow();
            }
            edit(EDITED + step % EDITED_RESOURCES, "edit " + step);
        } catch (RuntimeException | AssertionError e) {
            // The executor would stop without a report.
            errors.add("step " + step + " failed: " + e);
        }
    }

    private void edit(String name, String description) {
        long at = System.nanoTime();
        IamServiceAccount edited = client.resources(IamServiceAccount.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .patch(MERGE, "{\"spec\": {\"role\": {\"description\": \"" + description + "\"}}}");
        descriptions.put(name, description);
        times.edited(edited, at);
    }

    private void delete(String name) {
        client.resources(IamServiceAccount.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .delete();
    }

    private static String manifest(String name) {
        return """
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: %s, name: %s}
                spec: {policies: {managed: [AmazonSQSReadOnlyAccess]}}
                """.formatted(NAMESPACE, name);
    }

    /** Returns the last description of each edited resource. */
    synchronized Map<String, String> descriptions() {
        return Map.copyOf(descriptions);
    }

    /** Returns which steps failed, and why. */
    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    /** Returns the names of the short-lived resources that exist. */
    List<String> existingShortLived() {
        return resources()
                .map(resource -> resource.getMetadata().getName())
                .filter(name -> name.startsWith(SHORT_LIVED))
                .toList();
    }

    /** Returns the versions of the unchanged resources, and of all ServiceAccounts but those of short-lived resources. */
    Map<String, String> versionsOfUnchanged() {
        Map<String, String> versions = new TreeMap<>();
        Stream<ServiceAccount> accounts = client.serviceAccounts().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(account -> !account.getMetadata().getName().startsWith(SHORT_LIVED));
        Stream.concat(resources().filter(Workload::isUnchanged), accounts)
                .forEach(object -> versions.put(
                        object.getKind() + " " + object.getMetadata().getName(),
                        object.getMetadata().getResourceVersion()));
        return versions;
    }

    private static boolean isUnchanged(HasMetadata resource) {
        return resource.getMetadata().getName().startsWith(UNCHANGED);
    }

    private Stream<HasMetadata> resources() {
        return client.resources(IamServiceAccount.class).inNamespace(NAMESPACE).list().getItems().stream()
                .map(HasMetadata.class::cast);
    }

    @Override
    public void close() {
        users.shutdownNow();
    }
}
