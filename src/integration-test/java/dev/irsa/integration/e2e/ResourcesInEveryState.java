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
 * Resources of one namespace in every state, the same number of each. Some stay unchanged; users create, change and
 * delete the others while AWS fails.
 */
final class ResourcesInEveryState {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final String MANAGED = "arn:aws:iam::aws:policy/";
    private static final String OTHER_POLICY = "{policies: {managed: [AmazonSQSFullAccess]}}";

    /** The states. Resources of the first four stay unchanged. */
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

    private final TestEnvironment env;
    private final String namespace;
    private final int ofEach;
    private Set<String> rolesBefore = Set.of();
    private Map<String, RoleSnapshot> untouched = Map.of();

    private ResourcesInEveryState(TestEnvironment env, int ofEach) {
        this.env = env;
        this.namespace = env.namespace();
        this.ofEach = ofEach;
    }

    /** Creates all resources but those that are created later, and waits until each has reached its state. */
    static ResourcesInEveryState of(TestEnvironment env, int ofEach) {
        ResourcesInEveryState states = new ResourcesInEveryState(env, ofEach);
        states.names(State.CONFLICT)
                .forEach(name -> ConsoleUser.createRole(
                        env, TestEnvironment.roleName(states.namespace, name), TestEnvironment.PATH, Map.of()));
        for (State state : State.values()) {
            if (state != State.CREATED) {
                states.apply(state, state.spec);
            }
        }
        states.await()
                .until(() -> states.haveReached(
                        State.READY, State.SUSPENDED, State.REFUSED, State.CONFLICT, State.CHANGED, State.DELETED));
        states.rolesBefore = env.rolesOf(states.namespace);
        states.untouched = states.snapshots();
        return states;
    }

    private int size() {
        return ofEach * State.values().length;
    }

    /** Creates, changes and deletes resources as users do. */
    void changeResources() {
        apply(State.CREATED, State.CREATED.spec);
        apply(State.CHANGED, OTHER_POLICY);
        names(State.DELETED).forEach(name -> new AppliedResource(env, namespace, name).delete());
    }

    /** Asserts, while AWS executes no call, that no change is reported as complete and that the roles are the same. */
    void assertNothingReportedDone() {
        Statuses statuses = statuses();
        names(State.READY)
                .forEach(name -> assertThat(statuses.reason(name)).as(name).isEqualTo("Ready"));
        for (State state : List.of(State.CREATED, State.CHANGED)) {
            names(state)
                    .forEach(name -> assertThat(statuses.allHaveReason(List.of(name), "Ready"))
                            .as("%s is Ready with the latest spec", name)
                            .isFalse());
        }
        assertThat(statuses.resources().keySet()).containsAll(names(State.DELETED));
        assertThat(env.rolesOf(namespace)).isEqualTo(rolesBefore);
    }

    /** Returns whether one resource has this reason. */
    boolean anyHasReason(String reason) {
        return statuses().anyHasReason(reason);
    }

    /** Waits until each resource has reached its final state, and prints the time. */
    void awaitRecovery(String trouble) {
        Stopwatch recovery = Stopwatch.start("outage: " + size() + " resources, " + trouble);
        await().until(() ->
                haveReached(State.READY, State.SUSPENDED, State.REFUSED, State.CONFLICT, State.CHANGED, State.CREATED)
                        && statuses().resources().keySet().stream().noneMatch(names(State.DELETED)::contains));
        recovery.print("recovered");
    }

    /** Asserts that unchanged roles are as before, the others are as specified, and no other role exists. */
    void assertDesiredState() {
        assertThat(snapshots()).isEqualTo(untouched);
        Set<String> expected = new TreeSet<>(rolesBefore);
        expected.addAll(roleNames(State.CREATED));
        expected.removeAll(roleNames(State.DELETED));
        assertThat(env.rolesOf(namespace)).isEqualTo(expected);
        roleNames(State.CREATED)
                .forEach(role -> assertThat(env.attached(role)).containsExactly(MANAGED + "AmazonS3ReadOnlyAccess"));
        roleNames(State.CHANGED)
                .forEach(role -> assertThat(env.attached(role)).containsExactly(MANAGED + "AmazonSQSFullAccess"));
    }

    /** Deletes everything, so that later tests are not affected. */
    void delete() {
        env.kubectl()
                .run("-n", namespace, "delete", "iamsa", "--all", "--wait=false")
                .orThrow();
        await().until(() -> statuses().resources().isEmpty());
        roleNames(State.CONFLICT).forEach(role -> ConsoleUser.deleteRole(env, role));
    }

    private void apply(State state, String spec) {
        env.kubectl()
                .apply(names(state).stream()
                        .map(name -> TestEnvironment.resource(namespace, name, spec))
                        .collect(Collectors.joining("---\n")))
                .orThrow();
    }

    private boolean haveReached(State... states) {
        Statuses statuses = statuses();
        return List.of(states).stream().allMatch(state -> statuses.allHaveReason(names(state), state.reason));
    }

    private Statuses statuses() {
        return Statuses.of(env, namespace);
    }

    private Map<String, RoleSnapshot> snapshots() {
        Map<String, RoleSnapshot> snapshots = new TreeMap<>();
        for (State state : List.of(State.READY, State.CONFLICT)) {
            roleNames(state).forEach(role -> snapshots.put(role, RoleSnapshot.of(env, role)));
        }
        return snapshots;
    }

    private List<String> roleNames(State state) {
        return names(state).stream()
                .map(name -> TestEnvironment.roleName(namespace, name))
                .toList();
    }

    private List<String> names(State state) {
        return IntStream.range(0, ofEach)
                .mapToObj(i -> state.name().toLowerCase(Locale.ROOT) + "-" + i)
                .toList();
    }

    private ConditionFactory await() {
        return TestEnvironment.await().atMost(TIMEOUT);
    }
}
