package dev.irsa.performance.soak;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.performance.bench.InParallel;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Simulates the users of a cluster, who change resources all the time and keep their number about constant. */
final class ResourceChurn {
    /** An operation of a user. */
    enum Operation {
        /** Changes the spec. */
        EDIT,
        /** Changes the role or the ServiceAccount manually. */
        DRIFT,
        DELETE,
        /** Creates a resource under a new name. */
        CREATE,
        /** Creates a resource under a deleted name. */
        RECREATE
    }

    private static final List<Operation> OPERATIONS = List.of(
            Operation.EDIT,
            Operation.DRIFT,
            Operation.EDIT,
            Operation.DELETE,
            Operation.EDIT,
            Operation.CREATE,
            Operation.DRIFT,
            Operation.EDIT,
            Operation.DELETE,
            Operation.RECREATE);
    private static final int PER_NAMESPACE = 50;
    private static final int CLIENT_THREADS = 16;
    private static final long SEED = 7;

    private final KubernetesClient client;
    private final ManualChanges byHand;
    private final int namespaces;
    private final Random random = new Random(SEED);
    private final List<DesiredResource> present = new ArrayList<>();
    private final Deque<DesiredResource> deleted = new ArrayDeque<>();
    private final Map<Operation, Integer> done = new EnumMap<>(Operation.class);
    private Optional<Runnable> unfinished = Optional.empty();
    private int names;

    ResourceChurn(SoakMachine machine, int size) {
        this.client = machine.controlPlane().client();
        this.byHand = new ManualChanges(machine);
        this.namespaces = (size + PER_NAMESPACE - 1) / PER_NAMESPACE;
        IntStream.range(0, size).forEach(i -> present.add(fresh()));
    }

    /** Creates the initial resources. */
    void begin() {
        InParallel.forEach(
                CLIENT_THREADS,
                IntStream.range(0, namespaces).boxed().toList(),
                i -> client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace(i))
                                .endMetadata()
                                .build())
                        .create());
        InParallel.forEach(CLIENT_THREADS, present, this::apply);
    }

    /** Performs one operation. If the API server is unavailable, the next call retries it. */
    synchronized void next() {
        Operation operation = OPERATIONS.get(
                done.values().stream().mapToInt(Integer::intValue).sum() % OPERATIONS.size());
        Runnable step = unfinished.orElseGet(() -> step(operation));
        unfinished = Optional.of(step);
        try {
            step.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                return;
            }
        }
        unfinished = Optional.empty();
        done.merge(operation, 1, Integer::sum);
    }

    /** Completes an unfinished operation; returns whether none is left. */
    synchronized boolean isFinished() {
        if (unfinished.isPresent()) {
            next();
        }
        return unfinished.isEmpty();
    }

    /** Returns the desired resources. */
    synchronized List<DesiredResource> present() {
        return List.copyOf(present);
    }

    /** Returns how often each operation ran. */
    synchronized Map<Operation, Integer> done() {
        return new EnumMap<>(done);
    }

    /** Returns the reasons of the warnings that manual changes explain, each with the changed resources. */
    synchronized Map<String, Set<String>> explainedByHand() {
        return byHand.explained();
    }

    private Runnable step(Operation operation) {
        return switch (operation) {
            case EDIT -> edit(random.nextInt(present.size()));
            case DRIFT -> byHand.to(present.get(random.nextInt(present.size())));
            case DELETE -> delete(random.nextInt(present.size()));
            case CREATE -> create();
            case RECREATE -> recreate();
        };
    }

    private Runnable edit(int index) {
        DesiredResource next = present.get(index).next();
        return () -> {
            apply(next);
            present.set(index, next);
        };
    }

    private Runnable delete(int index) {
        return () -> {
            at(present.get(index)).delete();
            deleted.add(present.remove(index));
        };
    }

    private Runnable create() {
        DesiredResource fresh = fresh();
        return () -> {
            apply(fresh);
            present.add(fresh);
        };
    }

    /** Creates another resource instead while the deletion has not finished. */
    private Runnable recreate() {
        DesiredResource again = deleted.removeFirst().next();
        boolean isFree = isFree(again);
        if (!isFree) {
            deleted.add(again);
            return create();
        }
        return () -> {
            apply(again);
            present.add(again);
        };
    }

    private boolean isFree(DesiredResource desired) {
        try {
            return at(desired).get() == null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private void apply(DesiredResource desired) {
        client.resource(desired.resource())
                .fieldManager("people")
                .forceConflicts()
                .serverSideApply();
    }

    private Resource<IamServiceAccount> at(DesiredResource desired) {
        return client.resources(IamServiceAccount.class)
                .inNamespace(desired.namespace())
                .withName(desired.name());
    }

    private DesiredResource fresh() {
        int number = names++;
        return new DesiredResource(namespace(number % namespaces), "app-" + number, number);
    }

    private static String namespace(int index) {
        return "team-" + index;
    }
}
