package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** While a resource is suspended it is only looked at. */
class SuspendIT extends OperatorTestBase {
    private static final String SUSPENDED = "{suspend: true, policies: {managed: [AmazonS3ReadOnlyAccess]}}";

    @Test
    void suspendedFromTheStartItShowsThePlanAndChangesNothing() {
        AppliedResource resource = AppliedResource.resource(world, "invoices", SUSPENDED);

        assertThat(resource.awaitReason("Suspended")).contains("spec.suspend");
        assertThat(resource.pendingChanges()).hasSize(3);
        assertThat(resource.pendingChanges().getFirst()).contains(resource.role());
        assertThat(resource.pendingChanges().get(1)).contains("AmazonS3ReadOnlyAccess");
        assertThat(resource.pendingChanges().getLast()).contains("ServiceAccount invoices");
        assertThat(resource.trueConditions()).isEmpty();
        assertThat(resource.finalizers()).isEmpty();
        assertThat(world.proxy().calls().actionsOn(resource.role()))
                .isNotEmpty()
                .allMatch(SuspendIT::reads);
        assertThat(world.roleExists(resource.role())).isFalse();
        assertThat(resource.hasServiceAccount()).isFalse();

        resource.spec(AppliedResource.ONE_POLICY).awaitReady();

        assertThat(world.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(resource.pendingChanges()).isEmpty();
        assertThat(resource.finalizers()).contains("irsa.dev");
    }

    @Test
    void driftFoundWhileSuspendedIsShownAndNotRepaired() {
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();
        resource.spec("{suspend: true, policies: {managed: [AmazonSQSFullAccess]}}");
        resource.awaitReason("Suspended");

        assertThat(resource.pendingChanges()).hasSize(2).anyMatch(line -> line.contains("AmazonSQSFullAccess"));
        assertThat(world.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");

        world.kubectl()
                .run("-n", resource.namespace(), "annotate", "sa/invoices", "eks.amazonaws.com/role-arn-")
                .orThrow();
        resource.await("shows the drift")
                .until(() -> resource.pendingChanges().stream().anyMatch(line -> line.contains("ServiceAccount")));
        assertThat(resource.roleArnAnnotation()).isEmpty();
        assertThat(world.proxy().calls().actionsOn(resource.role()))
                .filteredOn(action -> !reads(action))
                .containsExactly("CreateRole", "AttachRolePolicy");
    }

    @Test
    void theRoleEditedByHandIsShownWhenTheSuspendedSpecChanges() {
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();
        world.iam().updateRole(request -> request.roleName(resource.role()).description("by hand"));
        resource.spec("{suspend: true, policies: {managed: [AmazonS3ReadOnlyAccess]}, role: {description: mine}}");
        resource.awaitReason("Suspended");

        assertThat(resource.pendingChanges()).hasSize(1);
        assertThat(world.role(resource.role()).description()).isEqualTo("by hand");

        resource.patch("{\"spec\":{\"suspend\":false}}").awaitReady();
        assertThat(world.role(resource.role()).description()).isEqualTo("mine");
    }

    @Test
    void neverActiveItDoesNotHoldItsNamespace() {
        AppliedResource resource = AppliedResource.resource(world, "invoices", SUSPENDED);
        resource.awaitReason("Suspended");

        world.kubectl()
                .run("delete", "namespace", resource.namespace(), "--timeout=60s")
                .orThrow();

        assertThat(world.proxy().calls().actionsOn(resource.role())).allMatch(SuspendIT::reads);
    }

    @Test
    void onceActiveItsDeletionIsBlockedUntilItIsResumed() {
        AppliedResource resource = blocked();

        resource.patch("{\"spec\":{\"suspend\":false}}");

        resource.awaitGone();
        assertThat(world.roleExists(resource.role())).isFalse();
        World.await().until(() -> !resource.hasServiceAccount());
    }

    private AppliedResource blocked() {
        AppliedResource resource = AppliedResource.smallest(world, "invoices").awaitReady();
        resource.patch("{\"spec\":{\"suspend\":true}}").awaitReason("Suspended");
        resource.delete();
        assertThat(resource.awaitReason("DeletionBlocked")).contains("spec.suspend", "set it to false", "finalizer");
        assertThat(world.roleExists(resource.role())).isTrue();
        assertThat(resource.roleArnAnnotation()).isNotEmpty();
        return resource;
    }

    static boolean reads(String action) {
        return action.startsWith("Get") || action.startsWith("List");
    }
}
