package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.Hold;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests {@code irsa-operator check} as a user with few Kubernetes permissions and no AWS credentials. */
class CheckIT extends EnvironmentTestBase {
    private static final String NAME = "irsa-operator-check";

    private AppliedResource resource;

    @BeforeEach
    void newNamespace() {
        resource = new AppliedResource(env, env.namespace(), NAME);
    }

    @Test
    void passesWithThreePermissionsInOneNamespace() {
        try (OperatorProcess operator = env.launch().startReady()) {
            ExitResult ended = check("create,get,delete", "iamserviceaccounts.irsa.dev");

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(ended.output().lines().map(line -> line.replace(resource.namespace(), "NS")))
                    .startsWith("IamServiceAccount NS/" + NAME + ": created")
                    .anyMatch(line -> line.startsWith("IamServiceAccount NS/" + NAME + ": Ready: "))
                    .containsSubsequence(
                            "IamServiceAccount NS/" + NAME + ": deletion requested",
                            "IamServiceAccount NS/" + NAME + ": deleted",
                            "ServiceAccount NS/" + NAME
                                    + ": deletion left to the garbage collector and not verified, because the permission to get it is missing",
                            "The operator works.");
            assertThat(env.roleExists(resource.role())).isFalse();
            TestEnvironment.await().until(() -> !resource.hasServiceAccount());
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void deletesLeftoverAndWaitsForServiceAccountDeletion() {
        try (OperatorProcess operator = env.launch().startReady()) {
            // Without the held role, the check completes within one or two seconds.
            try (Hold _ = env.proxy()
                    .faults()
                    .on("iam:CreateRole")
                    .ofRole(resource.role())
                    .hold()) {
                OperatorProcess killed = launch().startCheck("--namespace=" + resource.namespace());
                TestEnvironment.await().until(() -> killed.log().contains(": created"));
                killed.sigkill();
            }
            TestEnvironment.await().until(() -> resource.exists());

            ExitResult ended = check("create,get,delete", "iamserviceaccounts.irsa.dev,serviceaccounts");

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(ended.output())
                    .contains("left over from an earlier check", "ServiceAccount", "The operator works.");
            assertThat(resource.exists()).isFalse();
            assertThat(resource.hasServiceAccount()).isFalse();
            assertThat(env.roleExists(resource.role())).isFalse();
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void reportsNotEntitledAndDeletesResource() {
        env.kubectl().run("delete", "iamentitlement", "everything").orThrow();
        try (OperatorProcess operator = env.launch().startReady()) {
            ExitResult ended = asAdministrator("--timeout=5s");

            ended.assertExitCode(1);
            assertThat(ended.output()).contains("was not Ready within 5 s: NotEntitled: ");
            assertThat(resource.exists()).isFalse();
            assertThat(operator.isAlive()).isTrue();
        } finally {
            env.kubectl()
                    .run("apply", "-f", "src/fixtures/resources/manifests/everything.yaml")
                    .orThrow();
        }
    }

    @Test
    void reportsMissingOperatorAndDeletesResource() {
        ExitResult ended = asAdministrator("--timeout=3s");

        ended.assertExitCode(1);
        assertThat(ended.output()).contains("no operator reconciled", "within 3 s", "kubectl get pods");
        assertThat(resource.exists()).isFalse();
    }

    @Test
    void deletesResourceOnSigterm() {
        try (OperatorProcess check = launch().startCheck("--namespace=" + resource.namespace())) {
            TestEnvironment.await().until(() -> check.log().contains(": created"));

            check.sigterm();

            assertThat(check.awaitExit()).isEqualTo(143);
            assertThat(check.log()).contains("interrupted by a signal before completion");
            assertThat(resource.exists()).isFalse();
        }
    }

    @Test
    void reportsMissingPermissionsBeforeCreatingResource() {
        ExitResult ended = check("get,create", "iamserviceaccounts.irsa.dev");

        ended.assertExitCode(1);
        assertThat(ended.output())
                .contains("permissions are missing in namespace " + resource.namespace()
                        + ": delete iamserviceaccounts.irsa.dev/" + NAME + ";")
                .contains("deploy/rbac-users.yaml")
                .doesNotContain("created");
    }

    @Test
    void reportsMissingNamespace() {
        ExitResult ended = ended(launch().startCheck("--namespace=nowhere", "--timeout=3s"));

        ended.assertExitCode(1);
        assertThat(ended.output()).contains("namespaces \"nowhere\" not found", "--namespace");
    }

    @Test
    void reportsAllInvalidFlags() {
        ExitResult ended = ended(launch().startCheck("--timeout=soon", "--name=A", "--cluster-name=x"));

        ended.assertExitCode(2);
        assertThat(ended.output()).contains("--timeout=soon: ", "--name=A: ", "--cluster-name");
    }

    /** Runs the check as a ServiceAccount with these permissions only. */
    private ExitResult check(String verbs, String resources) {
        env.kubectl()
                .run(
                        "-n",
                        resource.namespace(),
                        "create",
                        "role",
                        "checker",
                        "--verb=" + verbs,
                        "--resource=" + resources)
                .orThrow();
        env.kubectl()
                .run(
                        "-n",
                        resource.namespace(),
                        "create",
                        "rolebinding",
                        "checker",
                        "--role=checker",
                        "--serviceaccount=" + resource.namespace() + ":default")
                .orThrow();
        Path kubeconfig = env.controlPlane().kubeconfigOfServiceAccount(resource.namespace(), "default");
        return ended(launch().withKubeconfig(kubeconfig).startCheck("--namespace=" + resource.namespace()));
    }

    private ExitResult asAdministrator(String flag) {
        return ended(launch().startCheck(flag, "--namespace=" + resource.namespace()));
    }

    private static ExitResult ended(OperatorProcess check) {
        try (check) {
            return new ExitResult(check.awaitExit(), check.log());
        }
    }

    /** Returns a launch without AWS settings and credentials. */
    private OperatorLaunch launch() {
        return new OperatorLaunch(env.launch().entrypoint(), TestEnvironment.CLUSTER, Map.of(), List.of())
                .withKubeconfig(env.controlPlane().kubeconfig());
    }
}
