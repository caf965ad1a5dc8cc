package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.ObservedServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ServiceAccountViewTest {
    private static final ServiceAccount FULL = read("""
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              namespace: payments
              name: invoices
              uid: sa-uid
              resourceVersion: "42"
              deletionTimestamp: "2026-11-25T12:00:00Z"
              labels: {app: invoices}
              finalizers: [example.com/mine]
              annotations:
                eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/a
                eks.amazonaws.com/token-expiration: "600"
                example.com/other: x
              ownerReferences:
              - {apiVersion: irsa.dev/v1beta1, kind: IamServiceAccount, name: invoices, uid: owner-1}
              - {apiVersion: irsa.dev/v1, kind: IamServiceAccount, name: later, uid: owner-2}
              - {apiVersion: irsa.developers.example/v1, kind: IamServiceAccount, name: alike, uid: owner-3}
              - {apiVersion: apps/v1, kind: Deployment, name: invoices, uid: owner-4}
              managedFields:
              - manager: irsa-operator
                operation: Apply
                apiVersion: v1
                fieldsType: FieldsV1
                fieldsV1:
                  f:metadata: {f:annotations: {f:eks.amazonaws.com/role-arn: {}, f:example.com/other: {}}}
              - manager: kubectl
                operation: Update
                apiVersion: v1
                fieldsType: FieldsV1
                fieldsV1: {f:metadata: {f:annotations: {f:eks.amazonaws.com/token-expiration: {}}}}
              - manager: irsa-operator
                operation: Update
                apiVersion: v1
            secrets: [{name: token}]
            imagePullSecrets: [{name: pull}]
            """);

    @Test
    void readsAnnotationsOwnersAndCreator() {
        assertThat(ServiceAccountView.of(FULL))
                .isEqualTo(new ObservedServiceAccount.Present(
                        "sa-uid",
                        "42",
                        new TreeMap<>(Map.of(
                                "eks.amazonaws.com/role-arn",
                                "arn:aws:iam::111122223333:role/a",
                                "eks.amazonaws.com/token-expiration",
                                "600")),
                        Set.of("eks.amazonaws.com/role-arn"),
                        Set.of("owner-1", "owner-2")));
    }

    @Test
    void readsBareServiceAccount() {
        assertThat(ServiceAccountView.of(read("metadata: {name: invoices, uid: sa-uid, resourceVersion: \"1\"}")))
                .isEqualTo(new ObservedServiceAccount.Present("sa-uid", "1", new TreeMap<>(), Set.of(), Set.of()));
    }

    private static ServiceAccount read(String yaml) {
        return Serialization.unmarshal(yaml, ServiceAccount.class);
    }
}
