package dev.irsa.kubernetes;

import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.kubernetes.ServiceAccountsContract;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceAccountWriterTest implements ServiceAccountsContract {
    private final MockApiServer server = MockApiServer.start();
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(server.config())
                    .withUserAgent(FieldManager.USER_AGENT)
                    .build())
            .build();

    @Override
    public KubernetesClient client() {
        return client;
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }
}
