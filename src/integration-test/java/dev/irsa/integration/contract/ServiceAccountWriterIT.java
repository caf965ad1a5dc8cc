package dev.irsa.integration.contract;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.fixtures.kubernetes.ServiceAccountsContract;
import dev.irsa.integration.machine.ControlPlane;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import dev.irsa.kubernetes.FieldManager;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the contract on a real API server. */
@ExtendWith(SharedMachine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceAccountWriterIT implements ServiceAccountsContract {
    private final KubernetesClient client;

    ServiceAccountWriterIT(ControlPlane controlPlane, Kubectl kubectl) {
        kubectl.applyFile(Path.of("crds")).orThrow();
        kubectl.get("wait", "--for=condition=Established", "crd/iamserviceaccounts.irsa.dev", "--timeout=30s");
        // Uses a separate client for its user agent, because all tests share the other one.
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(controlPlane.client().getConfiguration())
                        .withUserAgent(FieldManager.USER_AGENT)
                        .build())
                .build();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @AfterAll
    void stop() {
        client.resources(IamServiceAccount.class)
                .inNamespace(ServiceAccountsContract.NAMESPACE)
                .delete();
        client.close();
    }
}
