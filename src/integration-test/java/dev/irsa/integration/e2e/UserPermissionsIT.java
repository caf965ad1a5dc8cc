package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the permissions of users with the roles of deploy/rbac-users.yaml and with the built-in roles. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserPermissionsIT {
    private static final String FORBIDDEN = "(Forbidden)";

    private TestEnvironment env;
    private String namespace;

    @BeforeAll
    void bindRoles(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        env = TestEnvironment.with(controlPlane, moto, proxy, kubectl);
        kubectl.run("apply", "-f", "deploy/rbac-users.yaml").orThrow();
        namespace = env.namespace();
        kubectl.run("label", "namespace", namespace, "irsa.dev/entitlement=other")
                .orThrow();
        List.of("iamserviceaccounts-view", "iamserviceaccounts-edit", "view", "edit", "admin")
                .forEach(role -> kubectl.run(
                                "-n",
                                namespace,
                                "create",
                                "rolebinding",
                                role,
                                "--clusterrole=" + role,
                                "--user=" + role)
                        .orThrow());
        kubectl.apply(TestEnvironment.smallest(namespace, "there")).orThrow();
        TestEnvironment.await()
                .until(() -> as("iamserviceaccounts-edit", "get", "iamsa").exitCode() == 0);
    }

    @Test
    void viewRoleAllowsOnlyReads() {
        String viewer = "iamserviceaccounts-view";

        assertThat(as(viewer, "get", "iamsa", "there").orThrow().stdout()).contains("there");
        assertForbidden(apply(viewer, "new"));
        assertForbidden(patch(viewer));
        assertForbidden(patch(viewer, "--subresource=status"));
        assertForbidden(as(viewer, "delete", "iamsa", "there"));
        assertForbidden(as(viewer, "delete", "iamsa", "--all"));
        assertCannotChangeEntitlements(viewer);
    }

    @Test
    void editRoleAllowsWritesExceptStatusAndEntitlements() {
        String editor = "iamserviceaccounts-edit";

        apply(editor, "new").orThrow();
        patch(editor).orThrow();
        assertForbidden(patch(editor, "--subresource=status"));
        assertThat(mayUpdate(editor, "status")).isEqualTo("no");
        assertThat(mayUpdate(editor, "finalizers")).isEqualTo("no");
        as(editor, "delete", "iamsa", "new").orThrow();
        assertCannotChangeEntitlements(editor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"view", "edit", "admin"})
    void builtInRolesGrantNoAccess(String role) {
        TestEnvironment.await().until(() -> as(role, "get", "configmaps").exitCode() == 0);

        assertForbidden(as(role, "get", "iamsa"));
        assertForbidden(apply(role, "new"));
        assertForbidden(patch(role));
        assertForbidden(as(role, "delete", "iamsa", "there"));
        assertCannotChangeEntitlements(role);
    }

    private void assertCannotChangeEntitlements(String user) {
        assertForbidden(as(user, "get", "iamentitlements"));
        assertForbidden(as(user, "delete", "iamentitlement", "everything"));
        assertForbidden(as(user, "delete", "iampolicytemplates", "--all"));
        assertForbidden(as(user, "create", "-f", "deploy/samples/entitlement.yaml"));
        assertForbidden(as(user, "label", "namespace", namespace, "irsa.dev/entitlement=default", "--overwrite"));
        assertForbidden(as(user, "label", "namespace", namespace, "irsa.dev/entitlement-"));
    }

    private String mayUpdate(String user, String subresource) {
        return as(user, "auth", "can-i", "update", "iamserviceaccounts.irsa.dev", "--subresource=" + subresource)
                .stdout()
                .strip();
    }

    private Command.Result apply(String user, String name) {
        return run(user, TestEnvironment.smallest(namespace, name), "create", "-f", "-");
    }

    private Command.Result patch(String user, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("patch", "iamsa", "there", "--type=merge", "--patch={\"status\":{},\"spec\":{}}"));
        arguments.addAll(List.of(more));
        return as(user, arguments.toArray(String[]::new));
    }

    private Command.Result as(String user, String... arguments) {
        return run(user, "", arguments);
    }

    private Command.Result run(String user, String stdin, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--as=" + user, "--namespace=" + namespace));
        all.addAll(List.of(arguments));
        return env.kubectl().run(stdin, all);
    }

    private static void assertForbidden(Command.Result result) {
        assertThat(result.exitCode()).as("%s", result.command()).isNotZero();
        assertThat(result.stderr()).contains(FORBIDDEN);
    }
}
