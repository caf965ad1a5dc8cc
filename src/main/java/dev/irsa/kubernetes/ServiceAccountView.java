package dev.irsa.kubernetes;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedServiceAccount;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Extracts from a ServiceAccount what the planner needs. */
public final class ServiceAccountView {
    private ServiceAccountView() {}

    static ObservedServiceAccount of(ServiceAccount account) {
        ObjectMeta metadata = account.getMetadata();
        return new ObservedServiceAccount.Present(
                metadata.getUid(),
                metadata.getResourceVersion(),
                annotations(metadata),
                ours(metadata),
                owners(metadata));
    }

    /** Reads a ServiceAccount from the API server. */
    static Optional<ServiceAccount> read(KubernetesClient client, String namespace, String name) {
        // A list instead of a get, because the operator already has the permission to list.
        return client
                .serviceAccounts()
                .inNamespace(namespace)
                .withField("metadata.name", name)
                .list()
                .getItems()
                .stream()
                .findFirst();
    }

    /** Returns the annotations that the EKS pod identity webhook reads. */
    public static SortedMap<String, String> annotations(ObjectMeta metadata) {
        TreeMap<String, String> annotations =
                new TreeMap<>(Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()));
        annotations.keySet().retainAll(DesiredServiceAccount.ANNOTATIONS);
        return annotations;
    }

    /** Returns the UIDs of the IamServiceAccounts among the owner references. */
    static Set<String> owners(ObjectMeta metadata) {
        return metadata.getOwnerReferences().stream()
                .filter(ServiceAccountView::isOurKind)
                .map(OwnerReference::getUid)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static boolean isOurKind(OwnerReference owner) {
        return owner.getKind().equals("IamServiceAccount")
                && owner.getApiVersion().startsWith(IamServiceAccount.GROUP + "/");
    }

    /** Returns the keys of the annotations that the operator's field manager owns. */
    private static Set<String> ours(ObjectMeta metadata) {
        return ours(metadata, entry -> true);
    }

    /** Returns the keys owned through a POST or a merge patch, which an apply can neither release nor change. */
    static Set<String> oursByUpdate(ObjectMeta metadata) {
        return ours(metadata, entry -> "Update".equals(entry.getOperation()));
    }

    private static Set<String> ours(ObjectMeta metadata, Predicate<ManagedFieldsEntry> kind) {
        return metadata.getManagedFields().stream()
                .filter(entry -> FieldManager.NAME.equals(entry.getManager()) && kind.test(entry))
                .flatMap(entry -> owned(entry).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the keys of the annotations that an entry of managedFields owns, of those that the operator may own. */
    static Set<String> owned(ManagedFieldsEntry entry) {
        Set<String> owned = new TreeSet<>(DesiredServiceAccount.ANNOTATIONS);
        owned.removeIf(annotation -> !owns(entry, annotation));
        return owned;
    }

    /** Reads fieldsV1, a tree whose keys are field names prefixed with "f:" (Kubernetes, "Server-Side Apply"). */
    public static boolean owns(ManagedFieldsEntry entry, String annotation) {
        Object fields =
                entry.getFieldsV1() == null ? Map.of() : entry.getFieldsV1().getAdditionalProperties();
        for (String key : new String[] {"f:metadata", "f:annotations", "f:" + annotation}) {
            if (!(fields instanceof Map<?, ?> tree) || !tree.containsKey(key)) {
                return false;
            }
            fields = tree.get(key);
        }
        return true;
    }
}
