package dev.irsa.integration.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several resources of one namespace, applied and Ready together, since that is quicker than one by one. */
record Fleet(World world, String namespace, List<String> names) {
    Fleet {
        names = List.copyOf(names);
    }

    /** All with this spec. */
    static Fleet apply(World world, String namespace, String spec, List<String> names) {
        return new Fleet(world, namespace, names).ask(spec).awaitReady();
    }

    /** Gives all of them this spec and does not wait. */
    Fleet ask(String spec) {
        String yaml = names.stream()
                .map(name -> World.resource(namespace, name, spec))
                .collect(Collectors.joining("---\n"));
        world.kubectl().apply(yaml).orThrow();
        return this;
    }

    /** So many of the smallest. */
    static Fleet of(World world, int size) {
        return apply(
                world,
                world.namespace(),
                AppliedResource.ONE_POLICY,
                IntStream.range(0, size).mapToObj(i -> "one-" + i).toList());
    }

    Fleet awaitReady() {
        world.kubectl()
                .run("-n", namespace, "wait", "--for=condition=Ready", "iamsa", "--all", "--timeout=120s")
                .orThrow();
        return this;
    }

    /** Asks for the deletion of all and does not wait. */
    void beginDeletion() {
        List<String> command = new ArrayList<>(List.of("-n", namespace, "delete", "iamsa", "--wait=false"));
        command.addAll(names);
        world.kubectl().run("", command).orThrow();
    }

    Subject subject(String name) {
        return new Subject(world, namespace, name);
    }

    Subject first() {
        return subject(names.getFirst());
    }

    List<Subject> subjects() {
        return names.stream().map(this::subject).toList();
    }

    /** How each is now, by its name. */
    Map<String, VisibleState> facts() {
        return subjects().stream()
                .collect(Collectors.toMap(Subject::name, VisibleState::of, (one, other) -> one, TreeMap::new));
    }

    /** The actions on their roles since calls were last forgotten. */
    List<String> calls() {
        return subjects().stream().flatMap(subject -> subject.calls().stream()).toList();
    }
}
