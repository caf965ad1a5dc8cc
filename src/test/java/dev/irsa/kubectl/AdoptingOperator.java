package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.Adoption;
import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.port.WorkloadReads;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An operator that writes the statuses of an adoption whenever a user reads the resources again. */
final class AdoptingOperator implements WorkloadReads {
    private final MockApiServer server;
    private final WorkloadReads reads;
    /** The names of the resources whose roles are not offered. */
    final Set<String> notOffered = new HashSet<>();
    /** The names of the resources that only a user can make Ready. */
    final Set<String> stalled = new HashSet<>();
    /** What the adoption of a role would change beside its owner, by the name of the resource. */
    final Map<String, String> changes = new HashMap<>();
    /** The same, from when a user has read the resources. */
    final Map<String, String> laterChanges = new HashMap<>();
    /** What prevents the adoption of a role, by the name of the resource. Then no changes are pending. */
    final Map<String, String> obstacles = new HashMap<>();

    /** Whether it is at work now, so that its requests are not those of the command. */
    boolean works;

    AdoptingOperator(MockApiServer server, KubernetesClient user) {
        this.server = server;
        this.reads = new KubernetesWorkloads(user);
    }

    @Override
    public List<IamServiceAccount> resources(Optional<String> namespace) {
        work();
        List<IamServiceAccount> read = reads.resources(namespace);
        if (!laterChanges.isEmpty()) {
            changes.putAll(laterChanges);
            work();
        }
        return read;
    }

    void work() {
        works = true;
        server.client()
                .resources(IamServiceAccount.class)
                .inAnyNamespace()
                .list()
                .getItems()
                .forEach(this::reconcile);
        works = false;
    }

    private void reconcile(IamServiceAccount resource) {
        String name = resource.getMetadata().getName();
        long generation = resource.getMetadata().getGeneration();
        boolean suspended = resource.getSpec().suspend();
        Adoption adoption = notOffered.contains(name)
                ? Adoption.Refused
                : suspended || stalled.contains(name) ? Adoption.Offered : Adoption.Adopted;
        List<Condition> conditions = notOffered.contains(name)
                ? List.of(condition("Ready", "False", generation, "RoleConflict", "the role is not offered"))
                : suspended
                        ? List.of(condition(
                                "Ready", "False", generation, "Suspended", obstacles.getOrDefault(name, "waits")))
                        : stalled.contains(name)
                                ? List.of(
                                        condition(
                                                "Ready",
                                                "False",
                                                generation,
                                                "NotEntitled",
                                                "no entitlement allows it"),
                                        condition(
                                                "Stalled",
                                                "True",
                                                generation,
                                                "NotEntitled",
                                                "no entitlement allows it"))
                                : List.of(
                                        condition("Ready", "True", generation, "Ready", "fine"),
                                        condition("Available", "True", generation, "Delivered", "fine"));
        resource.setStatus(new IamServiceAccountStatus(
                generation,
                null,
                null,
                null,
                null,
                adoption,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                suspended && !obstacles.containsKey(name) ? pendingChanges(name) : List.of(),
                conditions));
        server.client().resource(resource).patchStatus();
    }

    private List<String> pendingChanges(String name) {
        return Stream.concat(
                        Stream.of("tag role " + name + " with {irsa.dev/adopted=true, irsa.dev/resource=shop/" + name
                                + "}"),
                        Optional.ofNullable(changes.get(name)).stream())
                .toList();
    }

    private static Condition condition(String type, String status, long generation, String reason, String message) {
        return new Condition(type, status, generation, "2026-01-01T00:00:00Z", reason, message);
    }

    @Override
    public List<Workload> serviceAccounts(Optional<String> namespace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Workload> serviceAccount(String namespace, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ObservedPod> pods(Optional<String> namespace) {
        throw new UnsupportedOperationException();
    }
}
