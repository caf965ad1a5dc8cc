package dev.irsa.integration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command.Result;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.Kubectl;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests which release owns the CRDs and the default entitlement of the chart. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class ChartOwnershipIT {
    private final ControlPlane controlPlane = ControlPlane.start();
    private final Kubectl kubectl = new Kubectl(controlPlane.kubeconfig());

    @BeforeEach
    void prepare() {
        kubectl.get("create", "namespace", "irsa-operator");
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void upgradesRollsBackAndUninstallsDefaultEntitlement() {
        helm("install").orThrow();
        String first = entitlement();
        assertThat(first).isNotEmpty();

        helm("upgrade").orThrow();
        assertThat(entitlement()).isEqualTo(first);

        helm("upgrade", "--set=defaultEntitlement.enabled=false").orThrow();
        assertThat(entitlement()).isEmpty();

        release("rollback", "1").orThrow();
        assertThat(entitlement()).isNotEmpty();

        helm("upgrade").orThrow();
        release("uninstall").orThrow();
        assertThat(entitlement()).isEmpty();
        assertThat(kubectl.get("get", "crd", "-o=name").lines()).hasSize(4);

        helm("install").orThrow();
        assertThat(entitlement()).isNotEmpty();
        release("uninstall").orThrow();
        assertThat(entitlement()).isEmpty();
    }

    @Test
    void firstUpgradeDisablesDefaultEntitlementOnlyAfterItIsDeleted() {
        helm("install").orThrow();

        assertThat(helm("upgrade", "--set=defaultEntitlement.enabled=false").stderr())
                .contains("repeat this command: kubectl delete iamentitlement default");

        kubectl.get("delete", "iamentitlement", "default");
        helm("upgrade", "--set=defaultEntitlement.enabled=false").orThrow();
        assertThat(entitlement()).isEmpty();
    }

    @Test
    void keepsDefaultEntitlementWhenFirstReleaseIsUninstalled() {
        helm("install").orThrow();
        String first = entitlement();
        release("uninstall").orThrow();

        assertThat(entitlement()).isEqualTo(first);
        helm("install").orThrow();
        assertThat(entitlement()).isEqualTo(first);
    }

    @Test
    void takesOverForeignCrdsOnlyWithTakeOwnership() {
        kubectl.applyFile(Path.of("crds")).orThrow();
        kubectl.get("wait", "--for=condition=Established", "-f", "crds");

        assertThat(helm("install").stderr()).contains("invalid ownership metadata", "iamaccounts.irsa.dev");

        helm("install", "--take-ownership", "--force-conflicts").orThrow();
        helm("upgrade").orThrow();
        assertThat(entitlement()).isNotEmpty();
    }

    private Result helm(String verb, String... flags) {
        return Chart.helm(
                Stream.concat(
                                Stream.of(verb, "irsa-operator", Chart.FOLDER.toString(), "--namespace=irsa-operator"),
                                Stream.of(flags))
                        .toList(),
                Stream.concat(Chart.with().flags().stream(), Stream.of("--kubeconfig=" + controlPlane.kubeconfig()))
                        .toList());
    }

    private Result release(String verb, String... arguments) {
        return Chart.helm(
                Stream.concat(Stream.of(verb, "irsa-operator"), Stream.of(arguments))
                        .toList(),
                List.of("--namespace=irsa-operator", "--kubeconfig=" + controlPlane.kubeconfig()));
    }

    /** Returns the UID of the default entitlement, or an empty string without one. */
    private String entitlement() {
        return kubectl.run("get", "iamentitlement", "default", "--ignore-not-found", "-o=jsonpath={.metadata.uid}")
                .orThrow()
                .stdout();
    }
}
