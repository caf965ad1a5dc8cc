package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;

/**
 * Resources of one namespace in every state that there is, so many of each: some that nothing happens to, and some that
 * users create, change and delete while AWS is in trouble.
 */
final class ResourcesInEveryState {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String MANAGED = "arn:aws:iam::aws:policy/";
    private static final String OTHER_POLICY = "{policies: {managed: [AmazonSQSFullAccess]}}";

    /** What becomes of one; the first four are at rest. */
    private enum State {
        READY(AppliedResource.ONE_POLICY, "Ready"),
        SUSPENDED("{suspend: true, policies: {managed: [AmazonS3ReadOnlyAccess]}}", "Suspended"),
        REFUSED("{policies: {managed: ['arn:aws:iam::123456789012:policy/absent']}}", "PolicyNotFound"),
        CONFLICT(AppliedResource.ONE_POLICY, "RoleConflict"),
        CHANGED(AppliedResource.ONE_POLICY, "Ready"),
        DELETED(AppliedResource.ONE_POLICY, "Ready"),
        CREATED(AppliedResource.ONE_POLICY, "Ready");

        private final String spec;
        private final String reason;

        State(String spec, String reason) {
            this.spec = spec;
            this.reason = reason;
        }
    }

    private final World world;
    private final String namespace;
    private final int ofEach;
    private Set<String> rolesBefore = Set.of();
    private Map<String, RoleSnapshot> untouched = Map.of();

    private ResourcesInEveryState(World world, int ofEach) {
        this.world = world;
        this.namespace = world.namespace();
        this.ofEach = ofEach;
    }

    /** Makes all but those that are to be made later, and returns when each is in its state. */
    static ResourcesInEveryState of(World world, int ofEach) {
        ResourcesInEveryState states = new ResourcesInEveryState(world, ofEach);
        states.names(State.CONFLICT)
                .forEach(name ->
                        ConsoleUser.makeRole(world, World.roleName(states.namespace, name), World.PATH, Map.of()));
        for (State state : State.values()) {
            if (state != State.CREATED) {
                states.apply(state, state.spec);
            }
        }
        states.await()
                .until(() -> states.areIn(
                        State.READY, State.SUSPENDED, State.REFUSED, State.CONFLICT, State.CHANGED, State.DELETED));
        states.rolesBefore = world.rolesOf(states.namespace);
        states.untouched = states.snapshots();
        return states;
    }

    private int size() {
        return ofEach * State.values().length;
    }

    /** Creates, changes and deletes resources as users do. */
    void work() {
        apply(State.CREATED, State.CREATED.spec);
        apply(State.CHANGED, OTHER_POLICY);
        names(State.DELETED).forEach(name -> new AppliedResource(world, namespace, name).delete());
    }

    /** While AWS does nothing: nothing is taken for done, and no role has come or gone. */
    void assertNothingIsTakenForDone() {
        Statuses statuses = statuses();
        names(State.READY)
                .forEach(name -> assertThat(statuses.reason(name)).as(name).isEqualTo("Ready"));
        for (State state : List.of(State.CREATED, State.CHANGED)) {
            names(state)
                    .forEach(name -> assertThat(statuses.allSay(List.of(name), "Ready"))
                            .as("%s is Ready with what was asked for last", name)
                            .isFalse());
        }
        assertThat(statuses.resources().keySet()).containsAll(names(State.DELETED));
        assertThat(world.rolesOf(namespace)).isEqualTo(rolesBefore);
    }

    /** Whether one of them is not Ready for this reason. */
    boolean anySays(String reason) {
        return statuses().anySays(reason);
    }

    /** Waits until each is in its state again, and tells how long that takes from now on. */
    void recoverFrom(String trouble) {
        Stopwatch recovery = Stopwatch.start("outage: " + size() + " resources, " + trouble);
        await().until(() ->
                areIn(State.READY, State.SUSPENDED, State.REFUSED, State.CONFLICT, State.CHANGED, State.CREATED)
                        && statuses().resources().keySet().stream().noneMatch(names(State.DELETED)::contains));
        recovery.print("recovered");
    }

    /** Nobody has lost anything, nobody has got more, and there is no role too many. */
    void assertAllIsAsAskedFor() {
        assertThat(snapshots()).isEqualTo(untouched);
        Set<String> expected = new TreeSet<>(rolesBefore);
        expected.addAll(roleNames(State.CREATED));
        expected.removeAll(roleNames(State.DELETED));
        assertThat(world.rolesOf(namespace)).isEqualTo(expected);
        roleNames(State.CREATED)
                .forEach(role -> assertThat(world.attached(role)).containsExactly(MANAGED + "AmazonS3ReadOnlyAccess"));
        roleNames(State.CHANGED)
                .forEach(role -> assertThat(world.attached(role)).containsExactly(MANAGED + "AmazonSQSFullAccess"));
    }

    /** Takes all away, so that what comes next is not disturbed. */
    void delete() {
        world.kubectl()
                .run("-n", namespace, "delete", "iamsa", "--all", "--wait=false")
                .orThrow();
        await().until(() -> statuses().resources().isEmpty());
        roleNames(State.CONFLICT).forEach(role -> ConsoleUser.removeRole(world, role));
    }

    private void apply(State state, String spec) {
        world.kubectl()
                .apply(names(state).stream()
                        .map(name -> World.resource(namespace, name, spec))
                        .collect(Collectors.joining("---\n")))
                .orThrow();
    }

    private boolean areIn(State... states) {
        Statuses statuses = statuses();
        return List.of(states).stream().allMatch(state -> statuses.allSay(names(state), state.reason));
    }

    private Statuses statuses() {
        return Statuses.of(world, namespace);
    }

    private Map<String, RoleSnapshot> snapshots() {
        Map<String, RoleSnapshot> snapshots = new TreeMap<>();
        for (State state : List.of(State.READY, State.CONFLICT)) {
            roleNames(state).forEach(role -> snapshots.put(role, RoleSnapshot.of(world, role)));
        }
        return snapshots;
    }

    private List<String> roleNames(State state) {
        return names(state).stream()
                .map(name -> World.roleName(namespace, name))
                .toList();
    }

    private List<String> names(State state) {
        return IntStream.range(0, ofEach)
                .mapToObj(i -> state.name().toLowerCase(Locale.ROOT) + "-" + i)
                .toList();
    }

    private ConditionFactory await() {
        return World.await().atMost(PATIENCE);
    }
}
