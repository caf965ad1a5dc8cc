package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.Hold;
import org.junit.jupiter.api.Test;

/** With permissions that depend on path and tags, IAM returns AccessDenied instead of NoSuchEntity. */
class LimitedPermissionsIT extends OperatorTestBase {
    @Override
    OperatorLaunch launch() {
        // Longer than IAM hides a new role here; after the window, the operator would try to create it again.
        return env.launch("8s", "20s");
    }

    @Test
    void recreatesManuallyDeletedRoleOnNextChange() {
        env.proxy().faults().denyWritesToAbsentRoles();
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        String id = env.role(resource.role()).roleId();
        ConsoleUser.deleteRole(env, resource.role());

        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}").awaitReady();

        assertThat(env.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");
        assertThat(env.role(resource.role()).roleId()).isNotEqualTo(id).isEqualTo(resource.get("{.status.role.id}"));
        assertThat(resource.events("AccessDenied")).isEmpty();
    }

    @Test
    void recreatesRoleDeletedBetweenReadAndWrite() {
        env.proxy().faults().denyWritesToAbsentRoles();
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        Hold attach = env.proxy().faults().on("iam:AttachRolePolicy").hold();
        resource.spec("{policies: {managed: [AmazonSQSFullAccess]}}");
        TestEnvironment.await().until(() -> attach.held() > 0);
        ConsoleUser.deleteRole(env, resource.role());

        attach.release();

        resource.awaitReady();
        assertThat(env.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonSQSFullAccess");
        assertThat(resource.events("AccessDenied")).isEmpty();
    }

    @Test
    void completesDeletionWhenRoleIsMissing() {
        env.proxy().faults().denyWritesToAbsentRoles();
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        ConsoleUser.deleteRole(env, resource.role());

        resource.delete().awaitGone();

        TestEnvironment.await().until(() -> !resource.hasServiceAccount());
        assertThat(resource.events("AccessDenied")).isEmpty();
    }

    @Test
    void completesDeletionWhenRoleIsDeletedBetweenReadAndWrite() {
        env.proxy().faults().denyWritesToAbsentRoles();
        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();
        Hold detach = env.proxy().faults().on("iam:DetachRolePolicy").hold();
        resource.delete();
        TestEnvironment.await().until(() -> detach.held() > 0);
        ConsoleUser.deleteRole(env, resource.role());

        detach.release();

        resource.awaitGone();
        assertThat(env.roleExists(resource.role())).isFalse();
    }

    @Test
    void toleratesNewRoleNotFound() {
        env.proxy().faults().forgetFreshRoles(3);

        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();

        assertThat(env.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(env.proxy().calls().actionsOn(resource.role()))
                .filteredOn("CreateRole"::equals)
                .hasSize(1);
        assertThat(resource.events("RoleConflict")).isEmpty();
    }

    @Test
    void toleratesAccessDeniedOnNewRole() {
        env.proxy().faults().denyFreshRoles(2);

        AppliedResource resource = AppliedResource.smallest(env, "invoices").awaitReady();

        assertThat(env.attached(resource.role())).containsExactly("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(env.proxy().calls().actionsOn(resource.role()))
                .filteredOn("CreateRole"::equals)
                .hasSize(1);
        assertThat(resource.events("AccessDenied")).isEmpty();
    }
}
