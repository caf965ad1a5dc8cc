package dev.irsa.integration.contract;

import dev.irsa.fixtures.apiserver.ApplyContract;
import dev.irsa.fixtures.apiserver.ContractFixture;
import dev.irsa.fixtures.apiserver.DeletionContract;
import dev.irsa.fixtures.apiserver.ListContract;
import dev.irsa.fixtures.apiserver.PatchContract;
import dev.irsa.fixtures.apiserver.StatusContract;
import dev.irsa.fixtures.apiserver.WatchContract;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that a real API server follows the contracts. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealApiServerContractIT
        implements ApplyContract, PatchContract, StatusContract, DeletionContract, WatchContract, ListContract {
    private static final Path DEFINITION = Path.of("crds", "iamserviceaccounts.irsa.dev.yaml");

    private final ControlPlane controlPlane;
    private final KubernetesClient client;
    private ContractFixture scene;

    RealApiServerContractIT(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        client = controlPlane.client();
        scene = new ContractFixture(client, "default");
    }

    @BeforeAll
    void define() throws IOException {
        // Use the field manager kubectl, so that other tests of this JVM can apply the CRD with kubectl.
        client.resource(Files.readString(DEFINITION))
                .fieldManager("kubectl")
                .forceConflicts()
                .serverSideApply();
        Awaitility.await("the resource is served")
                .ignoreExceptions()
                .until(() -> new ContractFixture(client, "default").iamAccount().get() == null);
        // The garbage collector would discover the resource within 30 seconds.
        controlPlane.restartControllers();
    }

    @BeforeEach
    void newScene() {
        scene = ContractFixture.on(client);
    }

    @Override
    public ContractFixture scene() {
        return scene;
    }
}
