package dev.irsa.fake;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.api.v1alpha1.IamServiceAccountSpec;
import dev.irsa.port.DefinitionState;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What users and other controllers do to the cluster. Nothing of it passes the operator's gate. */
public final class ClusterHands {
    private final KubernetesObjects objects;

    ClusterHands(KubernetesObjects objects) {
        this.objects = objects;
    }

    /** {@code kubectl apply} of a resource with this spec, in YAML. */
    public IamServiceAccount apply(String namespace, String name, String spec) {
        return apply(namespace, name, Serialization.unmarshal(spec, IamServiceAccountSpec.class));
    }

    /** The same with a spec that is read already. */
    public IamServiceAccount apply(String namespace, String name, IamServiceAccountSpec spec) {
        objects.put(namespace, name, spec);
        return resource(namespace, name).orElseThrow();
    }

    /** Has somebody told whenever something has changed, as a watch is. */
    public void onChange(Runnable told) {
        objects.onChange(told);
    }

    /** All that is stored now. */
    public Stored stored() {
        return objects.stored();
    }

    /** Changes a resource in any way, its metadata too. */
    public void edit(String namespace, String name, UnaryOperator<IamServiceAccount> change) {
        objects.edit(resource(namespace, name).orElseThrow(), change);
    }

    /** {@code kubectl delete} of a resource. */
    public void delete(String namespace, String name) {
        objects.resource(KubernetesObjects.key(namespace, name)).ifPresent(objects::delete);
    }

    /** Something happens to the CustomResourceDefinition itself. */
    public void definition(DefinitionState state) {
        objects.definition(state);
    }

    /** A resource is gone as if it had never been there: a database was restored, a finalizer was taken off. */
    public void lose(String namespace, String name) {
        objects.lose(KubernetesObjects.key(namespace, name));
    }

    /** As the API server has it. */
    public Optional<IamServiceAccount> resource(String namespace, String name) {
        return objects.resource(KubernetesObjects.key(namespace, name));
    }

    public List<IamServiceAccount> resources() {
        return objects.resources();
    }

    /** Makes a ServiceAccount, or changes annotations of the one that is there, as that field manager. */
    public ServiceAccountRecord annotate(
            String namespace, String name, String manager, Map<String, String> annotations) {
        String key = KubernetesObjects.key(namespace, name);
        objects.put(
                key,
                objects.serviceAccount(key)
                        .orElseGet(() -> ServiceAccountRecord.bare(objects.newUid()))
                        .updated(manager, annotations, Set.of()));
        return objects.serviceAccount(key).orElseThrow();
    }

    /** Removes an annotation. */
    public void strip(String namespace, String name, String annotation) {
        String key = KubernetesObjects.key(namespace, name);
        objects.put(key, objects.serviceAccount(key).orElseThrow().updated("kubectl", Map.of(), Set.of(annotation)));
    }

    public void deleteServiceAccount(String namespace, String name) {
        objects.removeServiceAccount(KubernetesObjects.key(namespace, name));
    }

    public Optional<ServiceAccountRecord> serviceAccount(String namespace, String name) {
        return objects.serviceAccount(KubernetesObjects.key(namespace, name));
    }

    /** All of them, by {@code namespace/name}. */
    public Map<String, ServiceAccountRecord> serviceAccounts() {
        return objects.serviceAccounts();
    }

    /** Begins the deletion of a namespace: nothing can be made in it any more and its ServiceAccounts are gone. */
    public void terminate(String namespace) {
        objects.terminate(namespace);
    }
}
