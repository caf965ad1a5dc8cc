package dev.irsa.integration.contract;

import dev.irsa.fixtures.kubernetes.PodUseReaderContract;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the contract on a real API server. */
@ExtendWith(SharedMachine.class)
class PodUseReaderIT implements PodUseReaderContract {
    private final KubernetesClient client;

    PodUseReaderIT(ControlPlane controlPlane) {
        client = controlPlane.client();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }
}
