package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests that the operator only reads while a resource is suspended. */
class SuspendIT extends OperatorTestBase {
    private static final String SUSPENDED = "{suspend: true, policies: {managed: [AmazonS3ReadOnlyAccess]}}";

    @Test
    void newSuspendedResourceReportsPlanAndChangesNothing() {
        AppliedResource resource = AppliedResource.resource(env, "invoices", SUSPENDED);

        assertThat(resource.awaitReason("Suspended")).contains("spec.suspend");
        assertThat(resource.pendingChanges()).hasSize(3);
        assertThat(resource.pendingChanges().getFirst()).contains(resource.role());
        assertThat(resource.pendingChanges().get(1)).contains("AmazonS3ReadOnlyAccess");
        assertThat(resource.pendingChanges().getLast()).contains("ServiceAccount invoices");
        assertThat(resource.trueConditions()).isEmpty();
        assertThat(resource.finalizers()).isEmpty();
        assertThat(env.proxy().calls().actionsOn(resource.role())).isNotEmpty().allMatch(SuspendIT::isRead);
        assertThat(env.roleExists(resource.role())).isFalse();
        assertThat(resource.hasServiceAccount()).isFalse();

        resource.spec(AppliedResource.ONE_POLICY).awaitReady();

        assertThat(env.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(resource.pendingChanges()).isEmpty();
        assertThat(resource.finalizers()).contains("irsa.dev");
    }

    @Test
    void reportsDriftWithoutRepairWhileSuspended() {
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        resource.spec("{suspend: true, policies: {managed: [AmazonSQSFullAccess]}}");
        resource.awaitReason("Suspended");

        assertThat(resource.pendingChanges()).hasSize(2).anyMatch(line -> line.contains("AmazonSQSFullAccess"));
        assertThat(env.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");

        env.kubectl()
                .run("-n", resource.namespace(), "annotate", "sa/invoices", "eks.amazonaws.com/role-arn-")
                .orThrow();
        resource.await("reports the drift")
                .until(() -> resource.pendingChanges().stream().anyMatch(line -> line.contains("ServiceAccount")));
        assertThat(resource.roleArnAnnotation()).isEmpty();
        assertThat(env.proxy().calls().actionsOn(resource.role()))
                .filteredOn(action -> !isRead(action))
                .containsExactly("CreateRole", "AttachRolePolicy");
    }

    @Test
    void reportsManualRoleChangeWhenSuspendedSpecChanges() {
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        env.iam().updateRole(request -> request.roleName(resource.role()).description("by hand"));
        resource.spec("{suspend: true, policies: {managed: [AmazonS3ReadOnlyAccess]}, role: {description: mine}}");
        resource.awaitReason("Suspended");

        assertThat(resource.pendingChanges()).hasSize(1);
        assertThat(env.role(resource.role()).description()).isEqualTo("by hand");

        resource.patch("{\"spec\":{\"suspend\":false}}").awaitReady();
        assertThat(env.role(resource.role()).description()).isEqualTo("mine");
    }

    @Test
    void neverActiveResourceDoesNotBlockNamespaceDeletion() {
        AppliedResource resource = AppliedResource.resource(env, "invoices", SUSPENDED);
        resource.awaitReason("Suspended");

        env.kubectl()
                .run("delete", "namespace", resource.namespace(), "--timeout=60s")
                .orThrow();

        assertThat(env.proxy().calls().actionsOn(resource.role())).allMatch(SuspendIT::isRead);
    }

    @Test
    void blocksDeletionOfSuspendedResourceUntilResumed() {
        AppliedResource resource = blocked();

        resource.patch("{\"spec\":{\"suspend\":false}}");

        resource.awaitGone();
        assertThat(env.roleExists(resource.role())).isFalse();
        TestEnvironment.await().until(() -> !resource.hasServiceAccount());
    }

    private AppliedResource blocked() {
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        resource.patch("{\"spec\":{\"suspend\":true}}").awaitReason("Suspended");
        resource.delete();
        assertThat(resource.awaitReason("DeletionBlocked")).contains("spec.suspend", "set it to false", "finalizer");
        assertThat(env.roleExists(resource.role())).isTrue();
        assertThat(resource.roleArnAnnotation()).isNotEmpty();
        return resource;
    }

    static boolean isRead(String action) {
        return action.startsWith("Get") || action.startsWith("List");
    }
}
