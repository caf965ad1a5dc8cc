package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Hold;
import java.util.List;
import java.util.stream.Stream;

/**
 * One resource to create, one to change, one to delete, and one that stays unchanged.
 *
 * @param before the role of the unchanged resource at the beginning
 */
record PendingWork(
        AppliedResource created,
        AppliedResource changed,
        AppliedResource deleted,
        AppliedResource atRest,
        RoleSnapshot before) {
    private static final String OTHER_POLICY = "{policies: {managed: [AmazonSQSFullAccess]}}";

    /** Creates all but the first and waits until they are Ready. */
    static PendingWork prepare(TestEnvironment env) {
        String namespace = env.namespace();
        ResourceGroup.apply(env, namespace, AppliedResource.ONE_POLICY, List.of("changed", "deleted", "at-rest"));
        AppliedResource atRest = new AppliedResource(env, namespace, "at-rest");
        return new PendingWork(
                new AppliedResource(env, namespace, "created"),
                new AppliedResource(env, namespace, "changed"),
                new AppliedResource(env, namespace, "deleted"),
                atRest,
                RoleSnapshot.of(env, atRest.role()));
    }

    /** Applies the changes and does not wait. */
    void start() {
        created.spec(AppliedResource.ONE_POLICY);
        changed.spec(OTHER_POLICY);
        deleted.delete();
    }

    /** Applies the changes and returns when the first AWS call of each is held in flight. */
    List<Hold> startAndHold() {
        List<Hold> holds = Stream.of(created, changed, deleted)
                .map(resource -> created.env()
                        .proxy()
                        .faults()
                        .on("iam:*")
                        .ofRole(resource.role())
                        .hold())
                .toList();
        start();
        holds.forEach(hold -> TestEnvironment.await().until(() -> hold.held() > 0));
        return holds;
    }

    /** Waits until the operator reports that all changes are complete. */
    void awaitDone() {
        created.awaitReady();
        changed.awaitReady();
        deleted.awaitGone();
    }

    /** Asserts that these changes were made, and no others. */
    void assertDone() {
        TestEnvironment env = created.env();
        assertThat(env.attached(created.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(created.roleArnAnnotation())
                .isEqualTo(env.role(created.role()).arn());
        assertThat(env.attached(changed.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");
        assertThat(changed.roleArnAnnotation())
                .isEqualTo(env.role(changed.role()).arn());
        assertThat(env.roleExists(deleted.role())).isFalse();
        assertUntouched();
        // The garbage collector deletes it, and may have been affected by the outage too.
        TestEnvironment.await().until(() -> !deleted.hasServiceAccount());
    }

    private void assertUntouched() {
        TestEnvironment env = atRest.env();
        assertThat(RoleSnapshot.of(env, atRest.role())).isEqualTo(before);
        assertThat(env.proxy().calls().all())
                .filteredOn(call -> call.writesToRole()
                        && call.roleName().filter(atRest.role()::equals).isPresent())
                .as("writes to the role of the unchanged resource")
                .hasSize(1);
        assertThat(atRest.roleArnAnnotation()).isEqualTo(env.role(atRest.role()).arn());
    }
}
