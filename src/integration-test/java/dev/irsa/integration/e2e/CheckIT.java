package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.fixtures.process.OperatorProcess;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.FaultProxy;
import dev.irsa.integration.machine.Hold;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.Moto;
import dev.irsa.integration.machine.SharedMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code irsa-operator check}, as a user of few rights and without any in AWS. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckIT {
    private static final String NAME = "irsa-operator-check";

    private World world;
    private AppliedResource object;

    @BeforeAll
    void prepare(ControlPlane controlPlane, Moto moto, FaultProxy proxy, Kubectl kubectl) {
        world = World.with(controlPlane, moto, proxy, kubectl);
    }

    @BeforeEach
    void newNamespace() {
        object = new AppliedResource(world, world.namespace(), NAME);
    }

    @Test
    void anInstallationThatWorksPassesWithThreeRightsInOneNamespace() {
        try (OperatorProcess operator = world.launch().startReady()) {
            Refused ended = check("create,get,delete", "iamserviceaccounts.irsa.dev");

            assertThat(ended.exitCode()).as(ended.words()).isZero();
            assertThat(ended.words().lines().map(line -> line.replace(object.namespace(), "NS")))
                    .startsWith("IamServiceAccount NS/" + NAME + ": created")
                    .anyMatch(line -> line.startsWith("IamServiceAccount NS/" + NAME + ": Ready: "))
                    .containsSubsequence(
                            "IamServiceAccount NS/" + NAME + ": deletion requested",
                            "IamServiceAccount NS/" + NAME + ": deleted",
                            "ServiceAccount NS/" + NAME
                                    + ": deletion left to the garbage collector and not verified, because the permission to get it is missing",
                            "The operator works.");
            assertThat(world.roleExists(object.role())).isFalse();
            World.await().until(() -> !object.hasServiceAccount());
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void theServiceAccountIsWaitedForWhereItMayBeSeenAndALeftoverGoesFirst() {
        try (OperatorProcess operator = world.launch().startReady()) {
            // The check is over within a second or two, unless the role is waited for.
            try (Hold _ = world.proxy()
                    .faults()
                    .on("iam:CreateRole")
                    .ofRole(object.role())
                    .hold()) {
                OperatorProcess killed = launch().startCheck("--namespace=" + object.namespace());
                World.await().until(() -> killed.log().contains(": created"));
                killed.sigkill();
            }
            World.await().until(() -> object.exists());

            Refused ended = check("create,get,delete", "iamserviceaccounts.irsa.dev,serviceaccounts");

            assertThat(ended.exitCode()).as(ended.words()).isZero();
            assertThat(ended.words())
                    .contains("left over from an earlier check", "ServiceAccount", "The operator works.");
            assertThat(object.exists()).isFalse();
            assertThat(object.hasServiceAccount()).isFalse();
            assertThat(world.roleExists(object.role())).isFalse();
            assertThat(operator.isAlive()).isTrue();
        }
    }

    @Test
    void whatIsNotAllowedIsToldAndGoes() {
        world.kubectl().run("delete", "iamentitlement", "everything").orThrow();
        try (OperatorProcess operator = world.launch().startReady()) {
            Refused ended = asAdministrator("--timeout=5s");

            ended.with(1);
            assertThat(ended.words()).contains("was not Ready within 5 s: NotEntitled: ");
            assertThat(object.exists()).isFalse();
            assertThat(operator.isAlive()).isTrue();
        } finally {
            world.kubectl()
                    .run("apply", "-f", "src/fixtures/resources/manifests/everything.yaml")
                    .orThrow();
        }
    }

    @Test
    void withoutAnOperatorItSaysSoAndLeavesNothing() {
        Refused ended = asAdministrator("--timeout=3s");

        ended.with(1);
        assertThat(ended.words()).contains("no operator reconciled", "within 3 s", "kubectl get pods");
        assertThat(object.exists()).isFalse();
    }

    @Test
    void toldToStopItDeletesWhatItHasMade() {
        try (OperatorProcess check = launch().startCheck("--namespace=" + object.namespace())) {
            World.await().until(() -> check.log().contains(": created"));

            check.sigterm();

            assertThat(check.awaitExit()).isEqualTo(143);
            assertThat(check.log()).contains("interrupted by a signal before completion");
            assertThat(object.exists()).isFalse();
        }
    }

    @Test
    void rightsThatAreMissingAreNamedBeforeAnythingIsMade() {
        Refused ended = check("get,create", "iamserviceaccounts.irsa.dev");

        ended.with(1);
        assertThat(ended.words())
                .contains("permissions are missing in namespace " + object.namespace()
                        + ": delete iamserviceaccounts.irsa.dev/" + NAME + ";")
                .contains("deploy/rbac-users.yaml")
                .doesNotContain("created");
    }

    @Test
    void aNamespaceThatIsNotThereIsNamed() {
        Refused ended = ended(launch().startCheck("--namespace=nowhere", "--timeout=3s"));

        ended.with(1);
        assertThat(ended.words()).contains("namespaces \"nowhere\" not found", "--namespace");
    }

    @Test
    void wrongFlagsAreAllTold() {
        Refused ended = ended(launch().startCheck("--timeout=soon", "--name=A", "--cluster-name=x"));

        ended.with(2);
        assertThat(ended.words()).contains("--timeout=soon: ", "--name=A: ", "--cluster-name");
    }

    /** As a ServiceAccount that may do this and no more. */
    private Refused check(String verbs, String resources) {
        world.kubectl()
                .run(
                        "-n",
                        object.namespace(),
                        "create",
                        "role",
                        "checker",
                        "--verb=" + verbs,
                        "--resource=" + resources)
                .orThrow();
        world.kubectl()
                .run(
                        "-n",
                        object.namespace(),
                        "create",
                        "rolebinding",
                        "checker",
                        "--role=checker",
                        "--serviceaccount=" + object.namespace() + ":default")
                .orThrow();
        Path kubeconfig = world.controlPlane().kubeconfigOfServiceAccount(object.namespace(), "default");
        return ended(launch().withKubeconfig(kubeconfig).startCheck("--namespace=" + object.namespace()));
    }

    private Refused asAdministrator(String flag) {
        return ended(launch().startCheck(flag, "--namespace=" + object.namespace()));
    }

    private static Refused ended(OperatorProcess check) {
        try (check) {
            return new Refused(check.awaitExit(), check.log());
        }
    }

    /** With nothing of AWS at hand. */
    private OperatorLaunch launch() {
        return new OperatorLaunch(world.launch().entrypoint(), World.CLUSTER, Map.of(), List.of())
                .withKubeconfig(world.controlPlane().kubeconfig());
    }
}
