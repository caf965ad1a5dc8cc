package dev.irsa.kubernetes;

import dev.irsa.core.observed.ObservedPod;
import dev.irsa.port.WorkloadReads;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads ServiceAccounts and pods from the API server, page by page. */
public final class KubernetesWorkloads implements WorkloadReads {
    private static final long PAGE_SIZE = 500;

    private final KubernetesClient client;

    /** Uses this client. */
    public KubernetesWorkloads(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public List<Workload> serviceAccounts(Optional<String> namespace) {
        var accounts = client.serviceAccounts();
        return read(
                "list serviceaccounts",
                () -> pages(
                        options -> namespace.isEmpty()
                                ? accounts.inAnyNamespace().list(options)
                                : accounts.inNamespace(namespace.get()).list(options),
                        KubernetesWorkloads::workload));
    }

    @Override
    public Optional<Workload> serviceAccount(String namespace, String name) {
        return read(
                "get serviceaccounts",
                () -> Optional.ofNullable(client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                        .map(KubernetesWorkloads::workload));
    }

    @Override
    public List<ObservedPod> pods(Optional<String> namespace) {
        var pods = client.pods();
        return read(
                "list pods",
                () -> pages(
                        options -> namespace.isEmpty()
                                ? pods.inAnyNamespace().list(options)
                                : pods.inNamespace(namespace.get()).list(options),
                        PodView::of));
    }

    @Override
    public Optional<ObservedPod> pod(String namespace, String name) {
        return read(
                "get pods",
                () -> Optional.ofNullable(client.pods()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                        .map(PodView::of));
    }

    /**
     * Makes a read.
     *
     * @param action the permission that it needs
     */
    static <T> T read(String action, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw ApiExceptionTranslator.of(action, e);
        }
    }

    /** Returns all items of a list that is read page by page, each converted before the next page is read. */
    static <T extends HasMetadata, R> List<R> pages(
            Function<ListOptions, ? extends KubernetesResourceList<T>> list, Function<T, R> convert) {
        List<R> items = new ArrayList<>();
        String continuation = "";
        do {
            KubernetesResourceList<T> page = list.apply(new ListOptionsBuilder()
                    .withLimit(PAGE_SIZE)
                    .withContinue(continuation.isEmpty() ? null : continuation)
                    .build());
            page.getItems().forEach(item -> items.add(convert.apply(item)));
            continuation = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
        } while (!continuation.isEmpty());
        return List.copyOf(items);
    }

    private static Workload workload(ServiceAccount account) {
        ObjectMeta metadata = account.getMetadata();
        SortedMap<String, String> annotations = ServiceAccountView.annotations(metadata);
        TreeMap<String, String> managers = new TreeMap<>();
        for (ManagedFieldsEntry entry : metadata.getManagedFields()) {
            annotations.keySet().stream()
                    .filter(annotation -> ServiceAccountView.owns(entry, annotation))
                    .forEach(annotation -> managers.merge(
                            annotation,
                            entry.getManager(),
                            (one, other) -> one.equals(other) ? one : one + "," + other));
        }
        return new Workload(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                new TreeMap<>(Objects.requireNonNullElse(metadata.getLabels(), Map.of())),
                annotations,
                managers);
    }
}
