package dev.irsa.performance.bench;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.IntStream;

/** Creates ServiceAccounts that the operator does not manage, as in a large cluster. */
final class ForeignAccounts {
    private static final int PER_NAMESPACE = 500;
    private static final int CLIENT_THREADS = 16;

    private ForeignAccounts() {}

    static void create(KubernetesClient client, int count) {
        var namespaces = IntStream.rangeClosed(0, (count - 1) / PER_NAMESPACE)
                .mapToObj(ForeignAccounts::namespace)
                .toList();
        InParallel.forEach(
                CLIENT_THREADS,
                count == 0 ? namespaces.subList(0, 0) : namespaces,
                name -> client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                        .create());
        InParallel.forEach(
                CLIENT_THREADS,
                IntStream.range(0, count).boxed().toList(),
                i -> client.resource(new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withNamespace(namespace(i / PER_NAMESPACE))
                                .withName("foreign-" + i)
                                .addToLabels("app.kubernetes.io/name", "foreign-" + i)
                                .endMetadata()
                                .build())
                        .create());
    }

    private static String namespace(int index) {
        return "foreign-" + index;
    }
}
