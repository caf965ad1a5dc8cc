package dev.irsa.integration.e2e;

import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/**
 * A resource that a test applies, and what its user can observe.
 *
 * @param namespace a namespace of its own, so that tests do not interfere
 */
record AppliedResource(TestEnvironment env, String namespace, String name) {
    static final String ONE_POLICY = "{policies: {managed: [AmazonS3ReadOnlyAccess]}}";

    /** Applies a resource with this spec to a new namespace. */
    static AppliedResource resource(TestEnvironment env, String name, String spec) {
        return new AppliedResource(env, env.namespace(), name).spec(spec);
    }

    /** Applies a resource with the smallest spec to a new namespace. */
    static AppliedResource smallest(TestEnvironment env, String name) {
        return resource(env, name, ONE_POLICY);
    }

    /** Applies another spec. */
    AppliedResource spec(String spec) {
        env.kubectl().apply(TestEnvironment.resource(namespace, name, spec)).orThrow();
        return this;
    }

    /** Merges a patch into the resource. */
    AppliedResource patch(String json) {
        kubectl("patch", "iamsa", name, "--type=merge", "--patch=" + json);
        return this;
    }

    String role() {
        return TestEnvironment.roleName(namespace, name);
    }

    AppliedResource awaitReady() {
        kubectl("wait", "--for=condition=Ready", "iamsa/" + name, "--timeout=90s");
        return this;
    }

    String awaitReason(String reason) {
        return env.awaitReason(namespace, name, reason);
    }

    /** Requests the deletion and does not wait. */
    AppliedResource delete() {
        kubectl("delete", "iamsa", name, "--wait=false");
        return this;
    }

    void awaitGone() {
        await("is deleted").until(() -> !exists());
    }

    boolean exists() {
        return env.reader().hasResource(namespace, name);
    }

    /** Returns a field of the condition Ready. */
    String ready(String field) {
        return env.ready(namespace, name, field);
    }

    /** Returns the types of the conditions that are True, except for Available, which is about the workload. */
    String trueConditions() {
        return get("{.status.conditions[?(@.status==\"True\")].type}").replaceFirst(" ?Available$", "");
    }

    String get(String path) {
        return env.field(namespace, "iamsa/" + name, path);
    }

    String status() {
        return get("{.status}");
    }

    /** Returns the resource version, which changes with every write of any client. */
    String resourceVersion() {
        return get("{.metadata.resourceVersion}");
    }

    String finalizers() {
        return get("{.metadata.finalizers}");
    }

    List<String> pendingChanges() {
        return lines(get("{range .status.pendingChanges[*]}{@}{\"\\n\"}{end}"));
    }

    /** Returns the notes of the events with this reason, with the count of repeated events. */
    List<String> events(String reason) {
        return lines(env.kubectl()
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
        return env.reader().hasServiceAccount(namespace, name);
    }

    String roleArnAnnotation() {
        return env.annotation(namespace, name, "eks.amazonaws.com/role-arn");
    }

    private void kubectl(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-n", namespace));
        all.addAll(List.of(arguments));
        env.kubectl().run("", all).orThrow();
    }

    ConditionFactory await(String what) {
        return TestEnvironment.await().alias(namespace + "/" + name + " " + what);
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
