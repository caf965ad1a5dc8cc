package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Hold;
import java.util.List;
import java.util.stream.Stream;

/**
 * One resource that is to be made, one to be changed, one to be deleted, and one at rest that nobody asks anything of.
 *
 * @param before what the role at rest is like
 */
record PendingWork(
        AppliedResource created,
        AppliedResource changed,
        AppliedResource deleted,
        AppliedResource atRest,
        RoleSnapshot before) {
    private static final String ONE_POLICY_INSTEAD = "{policies: {managed: [AmazonSQSFullAccess]}}";

    /** All but the first are Ready. */
    static PendingWork prepare(World world) {
        String namespace = world.namespace();
        Fleet.apply(world, namespace, AppliedResource.ONE_POLICY, List.of("changed", "deleted", "at-rest"));
        AppliedResource atRest = new AppliedResource(world, namespace, "at-rest");
        return new PendingWork(
                new AppliedResource(world, namespace, "created"),
                new AppliedResource(world, namespace, "changed"),
                new AppliedResource(world, namespace, "deleted"),
                atRest,
                RoleSnapshot.of(world, atRest.role()));
    }

    /** Asks for it and does not wait. */
    void ask() {
        created.spec(AppliedResource.ONE_POLICY);
        changed.spec(ONE_POLICY_INSTEAD);
        deleted.delete();
    }

    /** Asks for it and returns when the first call of each is on its way, and kept there. */
    List<Hold> askAndHold() {
        List<Hold> holds = Stream.of(created, changed, deleted)
                .map(resource -> created.world()
                        .proxy()
                        .faults()
                        .on("iam:*")
                        .ofRole(resource.role())
                        .hold())
                .toList();
        ask();
        holds.forEach(hold -> World.await().until(() -> hold.held() > 0));
        return holds;
    }

    /** Waits until the operator says that all is done. */
    void awaitDone() {
        created.awaitReady();
        changed.awaitReady();
        deleted.awaitGone();
    }

    /** It is done, and nothing beside it. */
    void assertDone() {
        World world = created.world();
        assertThat(world.attached(created.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(created.roleArnAnnotation())
                .isEqualTo(world.role(created.role()).arn());
        assertThat(world.attached(changed.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");
        assertThat(changed.roleArnAnnotation())
                .isEqualTo(world.role(changed.role()).arn());
        assertThat(world.roleExists(deleted.role())).isFalse();
        assertUntouched();
        // By the garbage collector, which may have been cut off as well.
        World.await().until(() -> !deleted.hasServiceAccount());
    }

    private void assertUntouched() {
        World world = atRest.world();
        assertThat(RoleSnapshot.of(world, atRest.role())).isEqualTo(before);
        assertThat(world.proxy().calls().all())
                .filteredOn(call -> call.writesToRole()
                        && call.roleName().filter(atRest.role()::equals).isPresent())
                .as("writes to a role at rest since the test began")
                .hasSize(1);
        assertThat(atRest.roleArnAnnotation())
                .isEqualTo(world.role(atRest.role()).arn());
    }
}
