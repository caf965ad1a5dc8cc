package dev.irsa.integration.machine;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ServiceAccountResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one ServiceAccount in different ways.
 *
 * @param name used by one test only
 */
record ServiceAccountWrites(KubernetesClient client, String namespace, String name) {
    static final String ROLE_ARN = "eks.amazonaws.com/role-arn";

    ServiceAccountResource stored() {
        return client.serviceAccounts().inNamespace(namespace).withName(name);
    }

    boolean exists() {
        return stored().get() != null;
    }

    Map<String, String> annotations() {
        return Optional.ofNullable(stored().get().getMetadata().getAnnotations())
                .orElse(Map.of());
    }

    ServiceAccount create() {
        return client.resource(bare().build()).create();
    }

    /** Applies on the server side as the operator. */
    void apply(ServiceAccountBuilder account, boolean force) {
        client.resource(account.build())
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("irsa-operator")
                        .withForce(force)
                        .build());
    }

    /** Patches through the object, because a patch by name would read the object first. */
    void merge(String json) {
        client.resource(bare().build()).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    ServiceAccountBuilder bare() {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata();
    }

    ServiceAccountBuilder annotated(String arn) {
        return bare().editMetadata().addToAnnotations(ROLE_ARN, arn).endMetadata();
    }
}
