package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.PodUse;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.ApiRequest;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.kubernetes.KnownAccounts;
import dev.irsa.fixtures.kubernetes.PodUseReaderContract;
import dev.irsa.port.CallInterceptor;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodUseReaderTest implements PodUseReaderContract {
    private final MockApiServer server = MockApiServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    public KubernetesClient client() {
        return server.client();
    }

    @Test
    void readsOnlyMetadataPageByPage() {
        for (int i = 0; i < 5; i++) {
            server.client().resource("""
                            apiVersion: v1
                            kind: Pod
                            metadata: {namespace: default, name: p-%d}
                            spec: {serviceAccountName: invoices}
                            """.formatted(i)).create();
        }
        List<ApiRequest> requests = recorded();

        PodUse use = new PodUseReader(server.client(), 2).use("default", "invoices");

        assertThat(use).isEqualTo(new PodUse(5, 0, false));
        assertThat(requests).hasSize(3).allMatch(ApiRequest::wantsMetadataOnly);
        assertThat(requests).extracting(request -> request.query().get("limit")).containsOnly("2");
    }

    @Test
    void asksForLargePages() {
        List<ApiRequest> requests = recorded();

        cluster().pods("default", "invoices");

        assertThat(requests).extracting(request -> request.query().get("limit")).containsExactly("500");
    }

    @Test
    void reportsMissingPermission() {
        refuse(403, "Forbidden");

        assertThat(failure()).isEqualTo(new Failure.AccessDenied("list pods", "refused"));
    }

    @Test
    void reportsUnavailableApiServer() {
        refuse(503, "ServiceUnavailable");

        assertThat(failure())
                .isEqualTo(new Failure.Passing(
                        Reason.KubernetesUnavailable,
                        "the API server returned no usable response to list pods: refused"));
    }

    private List<ApiRequest> recorded() {
        List<ApiRequest> requests = new CopyOnWriteArrayList<>();
        server.intercept(request -> {
            requests.add(request);
            return ApiFault.none();
        });
        return requests;
    }

    private void refuse(int code, String reason) {
        server.client().getConfiguration().setRequestRetryBackoffLimit(0);
        server.intercept(request -> ApiFault.refused(code, reason, "refused"));
    }

    private Failure failure() {
        return catchThrowableOfType(FailureException.class, () -> cluster().pods("default", "invoices"))
                .failure();
    }

    private KubernetesCluster cluster() {
        return new KubernetesCluster(
                server.client(), new KnownAccounts(client()), new WrittenStatusCache(), CallInterceptor.NONE);
    }
}
