package dev.irsa.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlimStoreTest {
    private static final String KEY = "payments/invoices";
    private static final String YAML = """
            apiVersion: irsa.dev/v1beta1
            kind: IamServiceAccount
            metadata:
              namespace: payments
              name: invoices
              uid: resource-uid
              resourceVersion: "42"
              generation: 3
              creationTimestamp: "2026-11-25T12:00:00Z"
              deletionTimestamp: "2026-11-25T13:00:00Z"
              finalizers: [irsa.dev/role, example.com/mine]
              labels: {app: invoices}
              annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}
              managedFields: [{manager: kubectl, operation: Apply, fieldsV1: {f:spec: {}}}]
            spec:
              policies: {managed: [AmazonS3ReadOnlyAccess]}
            status:
              observedGeneration: 3
              role: {name: r, arn: arn:aws:iam::111122223333:role/r, id: AROA1}
            """;

    private final SlimStore<IamServiceAccount> store = SlimStore.ofResources();

    @Test
    void keepsFieldsUsedByReconcile() {
        IamServiceAccount full = read();
        store.put(KEY, read());
        IamServiceAccount kept = kept(KEY);

        assertThat(kept.getSpec()).isEqualTo(full.getSpec());
        assertThat(kept.getStatus()).isEqualTo(full.getStatus());
        assertThat(kept.getKind()).isEqualTo(full.getKind());
        assertThat(kept.getApiVersion()).isEqualTo(full.getApiVersion());
        assertThat(kept.isMarkedForDeletion()).isTrue();
        assertThat(kept.hasFinalizer(IamServiceAccount.FINALIZER)).isTrue();
        assertThat(kept.getMetadata())
                .usingRecursiveComparison()
                .ignoringFields("labels", "annotations", "managedFields")
                .isEqualTo(full.getMetadata());
    }

    @Test
    void dropsUnusedFields() {
        store.put(KEY, read());
        var metadata = kept(KEY).getMetadata();

        assertThat(metadata.getManagedFields()).isEmpty();
        assertThat(metadata.getAnnotations()).isEmpty();
        assertThat(metadata.getLabels()).isEmpty();
    }

    @Test
    void keepsAnnotationsThatTheOperatorReads() {
        IamServiceAccount resource = read();
        Map<String, String> read = Map.of("irsa.dev/pods-restarted", "3", "irsa.dev/role-arn", "444455556666");
        resource.getMetadata().getAnnotations().putAll(read);
        store.put(KEY, resource);

        assertThat(kept(KEY).getMetadata().getAnnotations()).isEqualTo(read);
    }

    @Test
    void doesNotModifyArgument() {
        IamServiceAccount given = read();
        store.put(KEY, given);

        assertThat(given).isEqualTo(read());
        assertThat(given.getMetadata().getLabels()).hasSize(1);
    }

    @Test
    void reportsThatFieldsAreDropped() {
        assertThat(store.isFullState()).isFalse();
    }

    @Test
    void keepsOnlyLabelsOfNamespace() {
        SlimStore<Namespace> namespaces = SlimStore.ofNamespaces();
        namespaces.put("payments", Serialization.unmarshal("""
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: payments
                  uid: namespace-uid
                  resourceVersion: "7"
                  labels: {team: payments}
                  annotations: {owner: payments-team}
                  managedFields: [{manager: kubectl, operation: Apply, fieldsV1: {f:metadata: {}}}]
                status: {phase: Active}
                """, Namespace.class));
        Namespace kept = requireNonNull(namespaces.get("payments"));

        assertThat(kept.getMetadata().getLabels()).isEqualTo(Map.of("team", "payments"));
        assertThat(kept.getMetadata().getName()).isEqualTo("payments");
        assertThat(kept.getMetadata().getUid()).isEqualTo("namespace-uid");
        assertThat(kept.getMetadata().getAnnotations()).isEmpty();
        assertThat(kept.getMetadata().getManagedFields()).isEmpty();
        assertThat(kept.getStatus()).isNull();
    }

    private IamServiceAccount kept(String key) {
        return requireNonNull(store.get(key));
    }

    private static IamServiceAccount read() {
        return Serialization.unmarshal(YAML, IamServiceAccount.class);
    }
}
