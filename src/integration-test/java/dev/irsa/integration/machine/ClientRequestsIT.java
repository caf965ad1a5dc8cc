package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests how many requests the client sends for one write. Some of its methods read first. */
@ExtendWith(SharedMachine.class)
class ClientRequestsIT {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final String PATCH = "{\"metadata\": {\"annotations\": {\"a\": \"b\"}}}";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final KubernetesClient client;
    private final ServiceAccountWrites account;

    ClientRequestsIT(ControlPlane controlPlane) {
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(controlPlane.kubeconfig().toFile()))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("methods", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        requests.add(request.method());
                    }
                }))
                .build();
        account = new ServiceAccountWrites(client, "default", "requests-" + UUID.randomUUID());
        account.create();
        requests.clear();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void applySendsOneRequest() {
        account.apply(account.annotated("arn:a"), false);

        assertThat(requests).containsExactly("PATCH");
    }

    @Test
    void mergePatchOfResourceSendsOneRequest() {
        client.resource(account.bare().build()).patch(MERGE, PATCH);

        assertThat(requests).containsExactly("PATCH");
    }

    @Test
    void mergePatchByNameReadsFirst() {
        account.stored().patch(MERGE, PATCH);

        assertThat(requests).containsExactly("GET", "PATCH");
    }
}
