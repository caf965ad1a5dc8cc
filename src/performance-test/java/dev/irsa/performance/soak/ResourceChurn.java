package dev.irsa.performance.soak;

import dev.irsa.api.v1alpha1.IamServiceAccount;
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

/** The people of a cluster: what they ask for changes all the time, and stays about as much. */
final class ResourceChurn {
    /** What somebody does. */
    enum Act {
        /** Asks for something else. */
        EDIT,
        /** Changes the role or the ServiceAccount by hand. */
        DRIFT,
        DELETE,
        /** Under a name that nobody had. */
        CREATE,
        /** Under a name that was deleted. */
        RECREATE
    }

    private static final List<Act> ROTA = List.of(
            Act.EDIT,
            Act.DRIFT,
            Act.EDIT,
            Act.DELETE,
            Act.EDIT,
            Act.CREATE,
            Act.DRIFT,
            Act.EDIT,
            Act.DELETE,
            Act.RECREATE);
    private static final int PER_NAMESPACE = 50;
    private static final int HANDS = 16;
    private static final long SEED = 7;

    private final KubernetesClient client;
    private final ManualChanges byHand;
    private final int namespaces;
    private final Random random = new Random(SEED);
    private final List<DesiredResource> present = new ArrayList<>();
    private final Deque<DesiredResource> gone = new ArrayDeque<>();
    private final Map<Act, Integer> done = new EnumMap<>(Act.class);
    private Optional<Runnable> unfinished = Optional.empty();
    private int names;

    ResourceChurn(SoakMachine machine, int size) {
        this.client = machine.controlPlane().client();
        this.byHand = new ManualChanges(machine);
        this.namespaces = (size + PER_NAMESPACE - 1) / PER_NAMESPACE;
        IntStream.range(0, size).forEach(i -> present.add(fresh()));
    }

    /** Asks for all that are there at first. */
    void begin() {
        InParallel.forEach(
                HANDS,
                IntStream.range(0, namespaces).boxed().toList(),
                i -> client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace(i))
                                .endMetadata()
                                .build())
                        .create());
        InParallel.forEach(HANDS, present, this::apply);
    }

    /** Does one thing. Where the API server is away, the same is tried again the next time. */
    synchronized void next() {
        Act act = ROTA.get(done.values().stream().mapToInt(Integer::intValue).sum() % ROTA.size());
        Runnable step = unfinished.orElseGet(() -> step(act));
        unfinished = Optional.of(step);
        try {
            step.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                return;
            }
        }
        unfinished = Optional.empty();
        done.merge(act, 1, Integer::sum);
    }

    /** Ends what was begun, if anything, so that it is known what was asked for. */
    synchronized boolean isFinished() {
        if (unfinished.isPresent()) {
            next();
        }
        return unfinished.isEmpty();
    }

    /** What was asked for last. */
    synchronized List<DesiredResource> present() {
        return List.copyOf(present);
    }

    /** How often each was done. */
    synchronized Map<Act, Integer> done() {
        return new EnumMap<>(done);
    }

    /** Namespace and name of all that were changed by hand. */
    synchronized Set<String> changedByHand() {
        return byHand.changed();
    }

    private Runnable step(Act act) {
        return switch (act) {
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
            gone.add(present.remove(index));
        };
    }

    private Runnable create() {
        DesiredResource fresh = fresh();
        return () -> {
            apply(fresh);
            present.add(fresh);
        };
    }

    /** One whose deletion has not ended yet has to wait; another is made in its place. */
    private Runnable recreate() {
        DesiredResource again = gone.removeFirst().next();
        boolean isFree = isFree(again);
        if (!isFree) {
            gone.add(again);
            return create();
        }
        return () -> {
            apply(again);
            present.add(again);
        };
    }

    private boolean isFree(DesiredResource asked) {
        try {
            return at(asked).get() == null;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private void apply(DesiredResource asked) {
        client.resource(asked.resource())
                .fieldManager("people")
                .forceConflicts()
                .serverSideApply();
    }

    private Resource<IamServiceAccount> at(DesiredResource asked) {
        return client.resources(IamServiceAccount.class)
                .inNamespace(asked.namespace())
                .withName(asked.name());
    }

    private DesiredResource fresh() {
        int number = names++;
        return new DesiredResource(namespace(number % namespaces), "app-" + number, number);
    }

    private static String namespace(int index) {
        return "team-" + index;
    }
}
