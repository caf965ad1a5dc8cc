package dev.irsa.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamPolicyTemplate;
import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.function.Function;

/** Creates the clients for Kubernetes. */
public final class KubernetesClients {
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(5);

    /** The API server's JSON decoder (Go) allows 10,000 levels; a list adds levels around its items. */
    private static final int MAX_NESTING_DEPTH = 10_100;

    /** etcd rejects objects larger than 1.5 MiB. */
    private static final int MAX_KEY_LENGTH = 2 * 1024 * 1024;

    private KubernetesClients() {}

    static KubernetesClient of(Config kubeconfig) throws StartFailure {
        try {
            return new KubernetesClientBuilder()
                    .withConfig(kubeconfig)
                    .withKubernetesSerialization(serialization())
                    .build();
        } catch (RuntimeException e) {
            throw StartFailure.invalid("the kubeconfig " + Kubeconfig.files() + " is not valid", e);
        }
    }

    /**
     * Accepts everything that the API server may send: JSON with 10,000 levels, and keys as long as a whole object. One
     * unreadable object would end the watch of all others. The resource types are registered because an unregistered type
     * is first read as a map and converted recursively, one call for each level.
     */
    private static KubernetesSerialization serialization() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_NESTING_DEPTH)
                .maxNameLength(MAX_KEY_LENGTH)
                .build();
        KubernetesSerialization serialization = new KubernetesSerialization(
                new ObjectMapper(
                        JsonFactory.builder().streamReadConstraints(limits).build()),
                true);
        serialization.registerKubernetesResource(IamServiceAccount.class);
        serialization.registerKubernetesResource(IamEntitlement.class);
        serialization.registerKubernetesResource(IamPolicyTemplate.class);
        serialization.registerKubernetesResource(IamAccount.class);
        return serialization;
    }

    /**
     * Returns a client that does not retry, for callers that decide about retries themselves. The default client retries
     * for minutes, even requests that cannot succeed.
     *
     * @param timeout the timeout of one request; it is limited to the range from 1 to 5 seconds
     */
    public static KubernetesClient failFast(Config kubeconfig, Duration timeout) throws StartFailure {
        return of(new ConfigBuilder(kubeconfig)
                .withConnectionTimeout(requestMillis(timeout))
                .withRequestTimeout(requestMillis(timeout))
                .withRequestRetryBackoffLimit(0)
                .build());
    }

    /**
     * Sends requests over the connections of a client, without retries.
     *
     * @param timeout the timeout of one request; it is limited to the range from 1 to 5 seconds
     */
    static <T> T withoutRetries(KubernetesClient client, Duration timeout, Function<KubernetesClient, T> requests) {
        RequestConfig once = new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestTimeout(requestMillis(timeout))
                .withRequestRetryBackoffLimit(0)
                .build();
        return client.adapt(NamespacedKubernetesClient.class)
                .withRequestConfig(once)
                .call(requests::apply);
    }

    private static int requestMillis(Duration timeout) {
        return (int) Math.clamp(timeout.toMillis(), 1_000, MAX_TIMEOUT.toMillis());
    }
}
