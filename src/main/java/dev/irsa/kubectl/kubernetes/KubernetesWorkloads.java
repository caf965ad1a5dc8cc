package dev.irsa.kubectl.kubernetes;

import static dev.irsa.kubectl.kubernetes.JsonFields.requiredText;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.kubernetes.ApiExceptionTranslator;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads ServiceAccounts and pods from the API server, page by page. */
public final class KubernetesWorkloads implements WorkloadReads {
    private final JsonReads reads;

    /** Uses this client. */
    public KubernetesWorkloads(KubernetesClient client) {
        this.reads = new JsonReads(client);
    }

    @Override
    public List<Workload> serviceAccounts(Optional<String> namespace) {
        return read(
                "list serviceaccounts", () -> reads.list("serviceaccounts", namespace, KubernetesWorkloads::workload));
    }

    @Override
    public Optional<Workload> serviceAccount(String namespace, String name) {
        return read(
                "get serviceaccounts",
                () -> reads.get("serviceaccounts", namespace, name).map(KubernetesWorkloads::workload));
    }

    @Override
    public List<ObservedPod> pods(Optional<String> namespace) {
        return read("list pods", () -> reads.list("pods", namespace, PodView::of));
    }

    @Override
    public Optional<ObservedPod> pod(String namespace, String name) {
        return read("get pods", () -> reads.get("pods", namespace, name).map(PodView::of));
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

    private static Workload workload(JsonNode account) {
        JsonNode metadata = account.path("metadata");
        SortedMap<String, String> annotations = JsonFields.texts(metadata, "annotations");
        annotations.keySet().retainAll(DesiredServiceAccount.ANNOTATIONS);
        return new Workload(
                requiredText(metadata, "namespace"),
                requiredText(metadata, "name"),
                requiredText(metadata, "uid"),
                JsonFields.texts(metadata, "labels"),
                annotations,
                managers(metadata, annotations.keySet()));
    }

    /** Reads fieldsV1, a tree whose keys are field names prefixed with "f:" (Kubernetes, "Server-Side Apply"). */
    private static SortedMap<String, String> managers(JsonNode metadata, Set<String> annotations) {
        TreeMap<String, String> managers = new TreeMap<>();
        JsonFields.elements(metadata, "managedFields").forEach(entry -> {
            JsonNode owned = entry.path("fieldsV1").path("f:metadata").path("f:annotations");
            annotations.stream()
                    .filter(annotation -> owned.has("f:" + annotation))
                    .forEach(annotation -> managers.merge(
                            annotation,
                            requiredText(entry, "manager"),
                            (one, other) -> one.equals(other) ? one : one + "," + other));
        });
        return managers;
    }
}
