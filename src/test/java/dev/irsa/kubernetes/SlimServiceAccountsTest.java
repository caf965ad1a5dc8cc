package dev.irsa.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlimServiceAccountsTest {
    private static final String ROLE_ARN = "eks.amazonaws.com/role-arn";
    private static final String KEY = "payments/invoices";
    private static final ServiceAccount OURS = read("""
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              namespace: payments
              name: invoices
              uid: 2f0c6f0e-3c1f-4f0a-9d0f-0123456789ab
              resourceVersion: "42"
              deletionTimestamp: "2026-11-25T12:00:00Z"
              labels: {app: invoices}
              finalizers: [example.com/mine]
              annotations:
                eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/a
                example.com/other: x
              ownerReferences:
              - {apiVersion: irsa.dev/v1beta1, kind: IamServiceAccount, name: invoices, uid: owner-1}
              - {apiVersion: apps/v1, kind: Deployment, name: invoices, uid: owner-4}
              managedFields:
              - manager: irsa-operator
                operation: Apply
                apiVersion: v1
                time: "2026-11-25T12:00:00Z"
                fieldsV1:
                  f:metadata: {f:annotations: {f:eks.amazonaws.com/role-arn: {}, f:example.com/other: {}}}
              - manager: kubectl
                operation: Update
                fieldsV1: {f:metadata: {f:annotations: {f:eks.amazonaws.com/token-expiration: {}}}}
              - manager: irsa-operator
                operation: Update
            secrets: [{name: token}]
            imagePullSecrets: [{name: pull}]
            """);
    private static final String FOREIGN = """
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              namespace: payments
              name: invoices
              uid: 2f0c6f0e-3c1f-4f0a-9d0f-0123456789ab
              resourceVersion: "42"
              labels: {app.kubernetes.io/managed-by: Helm}
              annotations: {meta.helm.sh/release-name: invoices}
              managedFields: [{manager: helm, operation: Update, fieldsV1: {f:metadata: {}}}]
            secrets: [{name: token}]
            """;

    private final SlimServiceAccounts store = new SlimServiceAccounts();

    @Test
    void slimServiceAccountGivesSamePlan() {
        store.put(KEY, OURS);

        assertThat(ServiceAccountView.of(kept(KEY))).isEqualTo(ServiceAccountView.of(OURS));
        assertThat(ServiceAccountView.oursByUpdate(kept(KEY).getMetadata()))
                .isEqualTo(ServiceAccountView.oursByUpdate(OURS.getMetadata()));
    }

    @Test
    void keepsAllOwnerReferences() {
        store.put(KEY, OURS);

        assertThat(kept(KEY).getMetadata().getOwnerReferences())
                .isEqualTo(OURS.getMetadata().getOwnerReferences());
    }

    @Test
    void dropsOtherFields() {
        store.put(KEY, OURS);
        var kept = kept(KEY);
        var metadata = kept.getMetadata();

        assertThat(metadata.getNamespace()).isEqualTo("payments");
        assertThat(metadata.getName()).isEqualTo("invoices");
        assertThat(metadata.getUid()).isEqualTo(OURS.getMetadata().getUid());
        assertThat(metadata.getResourceVersion()).isEqualTo("42");
        assertThat(metadata.getDeletionTimestamp()).isNull();
        assertThat(metadata.getManagedFields())
                .hasSize(2)
                .allMatch(entry -> entry.getManager().equals("irsa-operator"));
        assertThat(Serialization.asJson(metadata.getManagedFields())).doesNotContain("example.com/other");
        assertThat(metadata.getLabels()).isEmpty();
        assertThat(metadata.getFinalizers()).isEmpty();
        assertThat(metadata.getAnnotations()).containsOnlyKeys(ROLE_ARN);
        assertThat(kept.getSecrets()).isEmpty();
        assertThat(kept.getImagePullSecrets()).isEmpty();
    }

    @Test
    void sharesEqualOwnershipData() {
        store.put(KEY, OURS);
        store.put("payments/orders", OURS);

        assertThat(kept(KEY).getMetadata().getManagedFields())
                .isSameAs(kept("payments/orders").getMetadata().getManagedFields());
    }

    /** Otherwise, a user who writes managedFields could fill the memory with new combinations. */
    @Test
    void sharesOwnershipDataHoweverManyEntriesItHas() {
        ServiceAccount repeated = new ServiceAccountBuilder(OURS)
                .editMetadata()
                .addAllToManagedFields(OURS.getMetadata().getManagedFields())
                .endMetadata()
                .build();
        store.put(KEY, OURS);
        store.put("payments/orders", repeated);

        assertThat(kept("payments/orders").getMetadata().getManagedFields())
                .isSameAs(kept(KEY).getMetadata().getManagedFields());
    }

    @Test
    void rebuildsForeignServiceAccountOnDemand() {
        store.put(KEY, read(FOREIGN));

        assertThat(kept(KEY)).isNotSameAs(kept(KEY)).isEqualTo(SlimServiceAccounts.slim(read(FOREIGN)));
        assertThat(kept(KEY).getMetadata().getResourceVersion()).isEqualTo("42");
        assertThat(ServiceAccountView.of(kept(KEY))).isEqualTo(ServiceAccountView.of(read(FOREIGN)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata: {namespace: payments, name: invoices, uid: no-uuid, resourceVersion: '42'}",
                "metadata: {namespace: payments, name: invoices, uid: 1-2-3-4-5, resourceVersion: '42'}",
                "metadata: {namespace: payments, name: invoices, uid: 2F0C6F0E-3C1F-4F0A-9D0F-0123456789AB, resourceVersion: '42'}",
                "metadata: {namespace: payments, name: invoices, uid: 2f0c6f0e-3c1f-4f0a-9d0f-0123456789ab, resourceVersion: '042'}",
                "metadata: {namespace: payments, name: invoices, uid: 2f0c6f0e-3c1f-4f0a-9d0f-0123456789ab, resourceVersion: opaque}",
                "metadata: {namespace: payments, name: invoices, uid: 2f0c6f0e-3c1f-4f0a-9d0f-0123456789ab}",
                "metadata: {namespace: payments, name: invoices}"
            })
    void keepsIdentifiersUnchanged(String yaml) {
        store.put(KEY, read(yaml));

        assertThat(kept(KEY)).isEqualTo(SlimServiceAccounts.slim(read(yaml)));
        assertThat(kept(KEY).getMetadata().getUid())
                .isEqualTo(read(yaml).getMetadata().getUid());
        assertThat(kept(KEY).getMetadata().getResourceVersion())
                .isEqualTo(read(yaml).getMetadata().getResourceVersion());
    }

    @Test
    void followsAddedAndRemovedAnnotations() {
        assertThat(store.put(KEY, read(FOREIGN))).isNull();
        assertThat(store.put(KEY, OURS)).isEqualTo(SlimServiceAccounts.slim(read(FOREIGN)));
        assertThat(kept(KEY).getMetadata().getAnnotations()).containsKey(ROLE_ARN);
        assertThat(store.put(KEY, read(FOREIGN))).isEqualTo(SlimServiceAccounts.slim(OURS));
        assertThat(kept(KEY).getMetadata().getAnnotations()).isEmpty();
    }

    @Test
    void behavesAsStore() {
        assertThat(store.getKey(OURS)).isEqualTo(KEY);
        assertThat(store.isFullState()).isFalse();
        assertThat(store.get(KEY)).isNull();
        assertThat(store.remove(KEY)).isNull();

        store.put(KEY, read(FOREIGN));

        assertThat(store.size()).isEqualTo(1);
        assertThat(store.keySet()).containsExactly(KEY);
        assertThat(store.values()).containsExactly(SlimServiceAccounts.slim(read(FOREIGN)));
        assertThat(store.values().map(store::getKey)).containsExactly(KEY);
        assertThat(store.remove(KEY)).isEqualTo(SlimServiceAccounts.slim(read(FOREIGN)));
        assertThat(store.size()).isZero();
    }

    private ServiceAccount kept(String key) {
        return requireNonNull(store.get(key));
    }

    private static ServiceAccount read(String yaml) {
        return Serialization.unmarshal(yaml, ServiceAccount.class);
    }
}
