package dev.irsa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.machine.ControlPlane;
import dev.irsa.machine.FaultProxy;
import dev.irsa.machine.Kubectl;
import dev.irsa.machine.Moto;
import dev.irsa.machine.OperatorProcess;
import dev.irsa.machine.SharedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands of docs/entitlements.md and of the README that work with entitlements, one after the other. */
@ExtendWith(SharedMachine.class)
class EntitlementGuideIT {
    private ControlPlane controlPlane;
    private World world;

    @BeforeEach
    void prepare(Moto moto, FaultProxy proxy) {
        controlPlane = ControlPlane.start();
        world = World.with(controlPlane, moto, proxy, new Kubectl(controlPlane.kubeconfig()));
        world.kubectl().run("delete", "iamentitlement", "everything").orThrow();
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void fromTheFirstLabelToTheEndOfARole() throws IOException {
        String guide = Files.readString(Path.of("docs", "entitlements.md"));
        String readme = Files.readString(Path.of("README.md"));
        Applied invoices = new Applied(world, "payments", "invoices");
        try (OperatorProcess operator = world.sweeping().startReady()) {
            run(readme, "kubectl wait --for=condition=Established -f crds/ --timeout=60s");
            run(readme, "kubectl create namespace payments");
            run(readme, "kubectl apply -f deploy/samples/invoices.yaml");
            assertThat(invoices.awaitReason("NotEntitled")).contains("kubectl apply -f deploy/entitlement.yaml");

            run(guide, "kubectl apply -f deploy/entitlement.yaml");
            run(guide, "kubectl label namespace payments irsa.dev/entitlement=default");
            run(readme, "kubectl wait --for=condition=Ready iamsa/invoices --namespace payments --timeout=60s");
            run(guide, "kubectl apply -f deploy/samples/entitlement.yaml");
            World.await()
                    .untilAsserted(() -> assertThat(run(guide, "kubectl get iament"))
                            .containsPattern("NAME +READY +RESOURCES +BOUNDARY +AGE\n")
                            .containsPattern("default +True +1 ")
                            .containsPattern("payments +True +0 "));

            world.kubectl().run("delete", "-f", "deploy/entitlement.yaml").orThrow();
            invoices.awaitReason("NotEntitled");
            assertThat(denied(guide))
                    .containsPattern("payments +invoices .*no IamEntitlement selects namespace payments");
            HandMadeDrift.attach(world, invoices.role(), "AWSDenyAll");
            Metrics.awaitSweeps(operator, 2);
            assertThat(world.attached(invoices.role()))
                    .containsExactly(
                            "arn:aws:iam::aws:policy/AWSDenyAll", "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess");

            world.kubectl()
                    .run(
                            "patch",
                            "iamsa/invoices",
                            "-n=payments",
                            "--type=merge",
                            "-p={\"spec\":{\"deletionPolicy\":\"Retain\"}}")
                    .orThrow();
            run(
                    guide,
                    "kubectl patch iamsa invoices --namespace payments --type=merge"
                            + " --patch='{\"spec\":{\"deletionPolicy\":\"Delete\",\"suspend\":false}}'");
            run(guide, "kubectl delete iamsa invoices --namespace payments");
            assertThat(world.roleExists(invoices.role())).isFalse();
        }
    }

    /** The lines that grep would leave. */
    private String denied(String guide) {
        String rows = run(guide, "kubectl get iamsa --all-namespaces -o wide | grep NotEntitled");
        return String.join(
                "\n", rows.lines().filter(row -> row.contains("NotEntitled")).toList());
    }

    /** Runs a command that a document shows, up to the pipe and without its quotes, within which there is no space. */
    private String run(String document, String command) {
        assertThat(document.lines()).contains(command);
        String kubectl =
                command.replaceFirst("^kubectl ", "").replaceFirst(" \\|.*", "").replace("'", "");
        return world.kubectl().run("", List.of(kubectl.split(" "))).orThrow().stdout();
    }
}
