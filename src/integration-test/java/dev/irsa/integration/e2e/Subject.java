package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import java.util.List;

/**
 * An IamServiceAccount under test, with its role and ServiceAccount.
 *
 * @param namespace the namespace of the resource
 * @param name the name of the resource and of its ServiceAccount
 */
public record Subject(TestEnvironment env, String namespace, String name) {
    static final String ROLE_ARN = "eks.amazonaws.com/role-arn";

    /** Returns a resource in a new namespace. It is not applied yet. */
    public static Subject in(TestEnvironment env) {
        return new Subject(env, env.namespace(), "invoices");
    }

    /** Returns another resource of the same namespace. */
    Subject named(String other) {
        return new Subject(env, namespace, other);
    }

    /** Applies this spec, in YAML flow style. */
    public Subject apply(String spec) {
        env.kubectl().apply(TestEnvironment.resource(namespace, name, spec)).orThrow();
        return this;
    }

    /** Waits until the latest generation is Ready, with {@code kubectl wait}. */
    public Subject awaitReady() {
        env.awaitReady(namespace, name);
        return this;
    }

    /** Waits until Ready has this reason and returns its message. */
    String awaitReason(String reason) {
        return env.awaitReason(namespace, name, reason);
    }

    /** Returns a field of the condition Ready. */
    String ready(String field) {
        return env.ready(namespace, name, field);
    }

    /** Returns the status of a condition, or an empty string without one. */
    String condition(String type) {
        return field("iamsa/" + name, "{.status.conditions[?(@.type==\"" + type + "\")].status}");
    }

    String roleName() {
        return TestEnvironment.roleName(namespace, name);
    }

    String roleArn() {
        return "arn:aws:iam::123456789012:role/irsa/" + TestEnvironment.CLUSTER + "/" + roleName();
    }

    /** Returns whether its role exists. */
    public boolean roleExists() {
        return env.roleExists(roleName());
    }

    /** Returns the actions on its role since the calls were last cleared. */
    List<String> calls() {
        return env.proxy().calls().actionsOn(roleName());
    }

    /** Returns a field of an object of its namespace. */
    String field(String object, String path) {
        return env.field(namespace, object, path);
    }

    /** Returns an annotation of its ServiceAccount, or an empty string without one. */
    String annotation(String key) {
        return env.annotation(namespace, name, key);
    }

    /** Returns the UID of its ServiceAccount, or an empty string without one. */
    String accountUid() {
        return field("sa/" + name, "{.metadata.uid}");
    }

    boolean accountExists() {
        return env.reader().hasServiceAccount(namespace, name);
    }

    boolean exists() {
        return env.reader().hasResource(namespace, name);
    }

    /** Runs kubectl in its namespace and returns the output. The command must succeed. */
    String kubectl(String... arguments) {
        return tryKubectl(arguments).orThrow().stdout().stripTrailing();
    }

    /** Runs kubectl in its namespace and returns the result, successful or not. */
    Command.Result tryKubectl(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--namespace";
        all[1] = namespace;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return env.kubectl().run(all);
    }

    /** Deletes the resource and waits until it is deleted. */
    public void delete() {
        kubectl("delete", "iamsa", name, "--timeout=90s");
    }

    /** Requests the deletion and does not wait. */
    void beginDeletion() {
        kubectl("delete", "iamsa", name, "--wait=false");
    }

    void awaitGone() {
        TestEnvironment.await().until(() -> !exists());
    }

    /** Asserts that resource and role are deleted, and waits until the ServiceAccount is garbage collected. */
    void assertAllDeleted() {
        assertThat(exists()).isFalse();
        assertThat(roleExists()).isFalse();
        TestEnvironment.await().until(() -> !accountExists());
    }

    /** Returns its events as {@code reason: note}. */
    List<String> events() {
        return field(
                        "events",
                        "{range .items[?(@.involvedObject.name==\"" + name + "\")]}{.reason}: {.message}{\"\\n\"}{end}")
                .lines()
                .toList();
    }

    /** Waits for an event with this reason and these words. */
    void awaitEvent(String reason, String... words) {
        TestEnvironment.await()
                .untilAsserted(() -> assertThat(events())
                        .anySatisfy(event ->
                                assertThat(event).startsWith(reason + ": ").contains(words)));
    }
}
