package dev.irsa.integration.e2e;

import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/**
 * A resource that a test has applied, and what its user sees of it.
 *
 * @param namespace its own, so that tests do not meet
 */
record AppliedResource(World world, String namespace, String name) {
    static final String ONE_POLICY = "{policies: {managed: [AmazonS3ReadOnlyAccess]}}";
    private static final String READY = "{.status.conditions[?(@.type==\"Ready\")].";

    /** Applies a resource with this spec to a new namespace. */
    static AppliedResource resource(World world, String name, String spec) {
        return new AppliedResource(world, world.namespace(), name).spec(spec);
    }

    /** The smallest one. */
    static AppliedResource smallest(World world, String name) {
        return resource(world, name, ONE_POLICY);
    }

    /** Gives it another spec. */
    AppliedResource spec(String spec) {
        world.kubectl().apply(World.resource(namespace, name, spec)).orThrow();
        return this;
    }

    /** Changes one field and leaves the others. */
    AppliedResource patch(String json) {
        kubectl("patch", "iamsa", name, "--type=merge", "--patch=" + json);
        return this;
    }

    String role() {
        return World.roleName(namespace, name);
    }

    AppliedResource awaitReady() {
        kubectl("wait", "--for=condition=Ready", "iamsa/" + name, "--timeout=90s");
        return this;
    }

    String awaitReason(String reason) {
        return world.awaitReason(namespace, name, reason);
    }

    /** Asks for its deletion and does not wait. */
    AppliedResource delete() {
        kubectl("delete", "iamsa", name, "--wait=false");
        return this;
    }

    void awaitGone() {
        await("gone").until(() -> !exists());
    }

    boolean exists() {
        return world.exists(namespace, "iamsa/" + name);
    }

    /** A field of the condition Ready. */
    String ready(String field) {
        return get(READY + field + "}");
    }

    /** The types of the conditions that are True. */
    String trueConditions() {
        return get("{.status.conditions[?(@.status==\"True\")].type}");
    }

    String get(String path) {
        return world.field(namespace, "iamsa/" + name, path);
    }

    String status() {
        return get("{.status}");
    }

    /** Moves with every write, whoever writes. */
    String resourceVersion() {
        return get("{.metadata.resourceVersion}");
    }

    String finalizers() {
        return get("{.metadata.finalizers}");
    }

    List<String> pendingChanges() {
        return lines(get("{range .status.pendingChanges[*]}{@}{\"\\n\"}{end}"));
    }

    /** The notes of its events with this reason; one that repeats shows how often. */
    List<String> events(String reason) {
        return lines(world.kubectl()
                        .get(
                                "-n",
                                namespace,
                                "get",
                                "events.v1.events.k8s.io",
                                "-o=jsonpath={range .items[?(@.reason==\"" + reason
                                        + "\")]}{.regarding.name}{\" \"}{.note}{\" \"}"
                                        + "{.series.count}{\"\\n\"}{end}"))
                .stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    boolean hasServiceAccount() {
        return world.exists(namespace, "sa/" + name);
    }

    String roleArnAnnotation() {
        return world.annotation(namespace, name, "eks.amazonaws.com/role-arn");
    }

    private void kubectl(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-n", namespace));
        all.addAll(List.of(arguments));
        world.kubectl().run("", all).orThrow();
    }

    ConditionFactory await(String what) {
        return World.await().alias(namespace + "/" + name + " " + what);
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
