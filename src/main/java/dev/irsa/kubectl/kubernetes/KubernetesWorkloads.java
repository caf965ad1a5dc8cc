package dev.irsa.kubectl.kubernetes;

import static dev.irsa.kubectl.kubernetes.ApiServerReads.read;
import static dev.irsa.kubectl.kubernetes.JsonFields.requiredText;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.kubectl.port.WorkloadReads;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads ServiceAccounts with their pods and IamServiceAccounts from the API server, page by page. */
public final class KubernetesWorkloads implements WorkloadReads {
    private static final String API = "/apis/" + IamServiceAccount.GROUP + "/" + IamServiceAccount.VERSION;

    private final KubernetesSerialization json;
    private final JsonReads reads;

    /** Uses this client. */
    public KubernetesWorkloads(KubernetesClient client) {
        this.json = client.getKubernetesSerialization();
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

    /** Returns one pod; empty when it does not exist. */
    public Optional<ObservedPod> pod(String namespace, String name) {
        return read("get pods", () -> reads.get("pods", namespace, name).map(PodView::of));
    }

    @Override
    public List<IamServiceAccount> resources(Optional<String> namespace) {
        return read(
                "list iamserviceaccounts.irsa.dev",
                () -> reads.list(
                        API,
                        "iamserviceaccounts",
                        namespace,
                        resource -> json.convertValue(resource, IamServiceAccount.class)));
    }

    private static Workload workload(JsonNode account) {
        JsonNode metadata = account.path("metadata");
        SortedMap<String, String> annotations = JsonFields.texts(metadata, "annotations");
        annotations.keySet().retainAll(DesiredServiceAccount.ANNOTATIONS);
        return new Workload(
                requiredText(metadata, "namespace"),
                requiredText(metadata, "name"),
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
