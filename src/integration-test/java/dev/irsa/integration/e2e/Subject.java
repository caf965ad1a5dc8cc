package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import java.util.List;

/**
 * One IamServiceAccount that a test works with, and what belongs to it.
 *
 * @param namespace its namespace
 * @param name its name, and that of its ServiceAccount
 */
public record Subject(World world, String namespace, String name) {
    static final String ROLE_ARN = "eks.amazonaws.com/role-arn";

    /** One in a namespace that nobody else uses. */
    public static Subject in(World world) {
        return new Subject(world, world.namespace(), "invoices");
    }

    /** Another of the same namespace. */
    Subject named(String other) {
        return new Subject(world, namespace, other);
    }

    /** Gives it this spec, in YAML's one-line form. */
    public Subject apply(String spec) {
        world.kubectl().apply(World.resource(namespace, name, spec)).orThrow();
        return this;
    }

    /** Waits for Ready of the newest generation, as {@code kubectl wait} understands it. */
    public Subject awaitReady() {
        world.awaitReady(namespace, name);
        return this;
    }

    /** Waits until Ready carries this reason; answers its message. */
    String awaitReason(String reason) {
        return world.awaitReason(namespace, name, reason);
    }

    /** A field of the condition Ready. */
    String ready(String field) {
        return world.ready(namespace, name, field);
    }

    /** The state of a condition; empty when there is none. */
    String condition(String type) {
        return field("iamsa/" + name, "{.status.conditions[?(@.type==\"" + type + "\")].status}");
    }

    String roleName() {
        return World.roleName(namespace, name);
    }

    String roleArn() {
        return "arn:aws:iam::123456789012:role/irsa/" + World.CLUSTER + "/" + roleName();
    }

    /** Whether IAM has its role. */
    public boolean roleExists() {
        return world.roleExists(roleName());
    }

    /** The actions that the operator called on the role since they were last forgotten. */
    List<String> calls() {
        return world.proxy().calls().actionsOn(roleName());
    }

    /** A field of an object of its namespace. */
    String field(String object, String path) {
        return world.field(namespace, object, path);
    }

    /** An annotation of its ServiceAccount; empty when there is none. */
    String annotation(String key) {
        return world.annotation(namespace, name, key);
    }

    /** The UID of its ServiceAccount; empty when there is none. */
    String accountUid() {
        return field("sa/" + name, "{.metadata.uid}");
    }

    boolean accountExists() {
        return world.exists(namespace, "sa/" + name);
    }

    boolean exists() {
        return world.exists(namespace, "iamsa/" + name);
    }

    /** kubectl in its namespace; the command must succeed. */
    String kubectl(String... arguments) {
        return tryKubectl(arguments).orThrow().stdout().stripTrailing();
    }

    /** kubectl in its namespace, whatever comes of it. */
    Command.Result tryKubectl(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--namespace";
        all[1] = namespace;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return world.kubectl().run(all);
    }

    /** Asks for its deletion and waits for the end of it. */
    public void delete() {
        kubectl("delete", "iamsa", name, "--timeout=90s");
    }

    /** Asks for its deletion. */
    void beginDeletion() {
        kubectl("delete", "iamsa", name, "--wait=false");
    }

    void awaitGone() {
        World.await().until(() -> !exists());
    }

    /** The events told of it, a line each: the reason and the note. */
    List<String> events() {
        return field(
                        "events",
                        "{range .items[?(@.involvedObject.name==\"" + name + "\")]}{.reason}: {.message}{\"\\n\"}{end}")
                .lines()
                .toList();
    }

    /** Waits until an event tells this, of this reason. */
    void awaitEvent(String reason, String... words) {
        World.await()
                .untilAsserted(() -> assertThat(events())
                        .anySatisfy(event ->
                                assertThat(event).startsWith(reason + ": ").contains(words)));
    }
}
