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
record WorkInHand(Applied created, Applied changed, Applied deleted, Applied atRest, RoleSnapshot before) {
    private static final String ONE_POLICY_INSTEAD = "{policies: {managed: [AmazonSQSFullAccess]}}";

    /** All but the first are Ready. */
    static WorkInHand prepare(World world) {
        String namespace = world.namespace();
        Fleet.apply(world, namespace, Applied.ONE_POLICY, List.of("changed", "deleted", "at-rest"));
        Applied atRest = new Applied(world, namespace, "at-rest");
        return new WorkInHand(
                new Applied(world, namespace, "created"),
                new Applied(world, namespace, "changed"),
                new Applied(world, namespace, "deleted"),
                atRest,
                RoleSnapshot.of(world, atRest.role()));
    }

    /** Asks for it and does not wait. */
    void ask() {
        created.spec(Applied.ONE_POLICY);
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
