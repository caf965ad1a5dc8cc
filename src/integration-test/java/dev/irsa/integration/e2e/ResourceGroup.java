package dev.irsa.integration.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several resources of one namespace, applied together, which is faster than one by one. */
record ResourceGroup(TestEnvironment env, String namespace, List<String> names) {
    ResourceGroup {
        names = List.copyOf(names);
    }

    /** Applies this spec to all names and waits until all are Ready. */
    static ResourceGroup apply(TestEnvironment env, String namespace, String spec, List<String> names) {
        return new ResourceGroup(env, namespace, names).apply(spec).awaitReady();
    }

    /** Applies this spec to all and does not wait. */
    ResourceGroup apply(String spec) {
        String yaml = names.stream()
                .map(name -> TestEnvironment.resource(namespace, name, spec))
                .collect(Collectors.joining("---\n"));
        env.kubectl().apply(yaml).orThrow();
        return this;
    }

    /** Creates this many resources with the smallest spec. */
    static ResourceGroup of(TestEnvironment env, int size) {
        return apply(
                env,
                env.namespace(),
                AppliedResource.ONE_POLICY,
                IntStream.range(0, size).mapToObj(i -> "one-" + i).toList());
    }

    ResourceGroup awaitReady() {
        env.kubectl()
                .run("-n", namespace, "wait", "--for=condition=Ready", "iamsa", "--all", "--timeout=120s")
                .orThrow();
        return this;
    }

    /** Requests the deletion of all and does not wait. */
    void beginDeletion() {
        List<String> command = new ArrayList<>(List.of("-n", namespace, "delete", "iamsa", "--wait=false"));
        command.addAll(names);
        env.kubectl().run("", command).orThrow();
    }

    Subject subject(String name) {
        return new Subject(env, namespace, name);
    }

    Subject first() {
        return subject(names.getFirst());
    }

    List<Subject> subjects() {
        return names.stream().map(this::subject).toList();
    }

    /** Returns the current state of each by its name. */
    Map<String, VisibleState> states() {
        return subjects().stream()
                .collect(Collectors.toMap(Subject::name, VisibleState::of, (one, other) -> one, TreeMap::new));
    }

    /** Returns the actions on their roles since the calls were last cleared. */
    List<String> calls() {
        return subjects().stream().flatMap(subject -> subject.calls().stream()).toList();
    }
}
