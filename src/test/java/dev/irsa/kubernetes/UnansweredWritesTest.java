package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange;
import dev.irsa.core.plan.ServiceAccountChange.AnnotateServiceAccount;
import dev.irsa.core.plan.ServiceAccountChange.CreateServiceAccount;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.fixtures.kubernetes.KnownAccounts;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Found by the simulation: the ServiceAccount pointed at the role by a write whose answer was lost, the cache did not
 * show it yet, and the deletion of the resource took the role and left the pointer. A deletion asks the API server
 * itself.
 */
class UnansweredWritesTest {
    private static final String ROLE_ARN = "eks.amazonaws.com/role-arn";
    private static final ServiceAccountChange CREATE =
            new CreateServiceAccount("invoices", new TreeMap<>(Map.of(ROLE_ARN, "arn:a")));

    private final MockApiServer server = MockApiServer.start();
    /** There, or what it owns would be collected as garbage. */
    private final ResourceRef resource = resource();

    private final KubernetesClient impatient = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(server.config())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    private final KnownAccounts cache = new KnownAccounts(server.client());

    @AfterEach
    void stop() {
        impatient.close();
        server.close();
    }

    @Test
    void readsAnnotationWrittenWithoutResponse() {
        ObjectMeta observed = server.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("invoices")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata();
        cache.look("default", "invoices");
        KubernetesCluster cluster = over(impatient);

        Reason reason = failing(
                cluster,
                new AnnotateServiceAccount(
                        "invoices",
                        observed.getUid(),
                        observed.getResourceVersion(),
                        false,
                        new TreeMap<>(Map.of(ROLE_ARN, "arn:a")),
                        Set.of()));

        assertThat(reason).isEqualTo(Reason.KubernetesUnavailable);
        assertThat(pointer(cluster)).isEqualTo("arn:a");
    }

    @Test
    void readsServiceAccountCreatedWithoutResponse() {
        KubernetesCluster cluster = over(impatient);

        assertThat(failing(cluster, CREATE)).isEqualTo(Reason.KubernetesUnavailable);

        assertThat(pointer(cluster)).isEqualTo("arn:a");
    }

    private ResourceRef resource() {
        HasMetadata made = server.client().resource("""
                        apiVersion: irsa.dev/v1beta1
                        kind: IamServiceAccount
                        metadata: {namespace: default, name: invoices}
                        spec: {}
                        """).create();
        return new ResourceRef("default", "invoices", made.getMetadata().getUid());
    }

    private KubernetesCluster over(KubernetesClient client) {
        return new KubernetesCluster(client, cache, new WrittenStatusCache(), CallInterceptor.NONE);
    }

    /** The next write takes effect, and its answer never comes. */
    private Reason failing(KubernetesCluster cluster, ServiceAccountChange change) {
        AtomicBoolean lost = new AtomicBoolean();
        server.intercept(request -> !request.method().equals("GET") && lost.compareAndSet(false, true)
                ? new ApiFault.CutAfter()
                : ApiFault.none());
        Reason reason = catchThrowableOfType(FailureException.class, () -> cluster.apply(resource, change))
                .failure()
                .reason();
        server.stopIntercepting();
        return reason;
    }

    private static String pointer(KubernetesCluster cluster) {
        return cluster.serviceAccountNow("default", "invoices") instanceof ObservedServiceAccount.Present present
                ? present.annotations().getOrDefault(ROLE_ARN, "")
                : "";
    }
}
