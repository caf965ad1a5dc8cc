package dev.irsa.mock;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A namespace of its own on some API server, and the ways to write there. Bodies are YAML, so that a test says exactly
 * what is sent.
 *
 * @param client for that server
 * @param namespace new and empty
 */
record Scene(KubernetesClient client, String namespace) {
    static final String OPERATOR = "irsa-operator";

    static Scene on(KubernetesClient client) {
        String namespace = "contract-" + UUID.randomUUID().toString().substring(0, 8);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        return new Scene(client, namespace);
    }

    /** ServiceAccount {@code s} with this in its metadata. */
    String serviceAccount(String metadata) {
        return "{apiVersion: v1, kind: ServiceAccount, metadata: {name: s, namespace: %s%s}}"
                .formatted(namespace, metadata.isEmpty() ? "" : ", " + metadata);
    }

    /** IamServiceAccount {@code i} with these in its metadata and beside it. */
    String iamServiceAccount(String metadata, String rest) {
        return "{apiVersion: irsa.dev/v1alpha1, kind: IamServiceAccount, metadata: {name: i, namespace: %s%s}%s}"
                .formatted(namespace, metadata.isEmpty() ? "" : ", " + metadata, rest.isEmpty() ? "" : ", " + rest);
    }

    Resource<ServiceAccount> account() {
        return client.serviceAccounts().inNamespace(namespace).withName("s");
    }

    ServiceAccount liveAccount() {
        return account().require();
    }

    Resource<GenericKubernetesResource> iamAccount() {
        return client.genericKubernetesResources("irsa.dev/v1alpha1", "IamServiceAccount")
                .inNamespace(namespace)
                .withName("i");
    }

    Resource<IamServiceAccount> typedIamAccount() {
        return client.resources(IamServiceAccount.class).inNamespace(namespace).withName("i");
    }

    String annotation(String name) {
        return liveAccount().getMetadata().getAnnotations().getOrDefault(name, "");
    }

    /** POST; the client itself names no field manager there. */
    HasMetadata createAs(String manager, String yaml) {
        HasMetadata object = parse(yaml);
        String answer = client.raw(
                "%s/%s/namespaces/%s/%ss?fieldManager=%s"
                        .formatted(
                                object.getApiVersion().contains("/") ? "/apis" : "/api",
                                object.getApiVersion(),
                                namespace,
                                object.getKind().toLowerCase(Locale.ROOT),
                                manager),
                "POST",
                object);
        return client.getKubernetesSerialization().unmarshal(answer);
    }

    /** Text that begins with a brace is JSON to the client. */
    HasMetadata parse(String yaml) {
        return client.getKubernetesSerialization()
                .unmarshal(Json.readObject(yaml).toString());
    }

    HasMetadata apply(String manager, String yaml) {
        return client.resource(parse(yaml)).patch(context(PatchType.SERVER_SIDE_APPLY, manager, false));
    }

    HasMetadata forceApply(String manager, String yaml) {
        return client.resource(parse(yaml)).patch(context(PatchType.SERVER_SIDE_APPLY, manager, true));
    }

    HasMetadata applyStatus(String manager, String yaml) {
        return client.resource(parse(yaml))
                .subresource("status")
                .patch(context(PatchType.SERVER_SIDE_APPLY, manager, true));
    }

    <T> T merge(Resource<T> target, String manager, String json) {
        return target.patch(context(PatchType.JSON_MERGE, manager, false), json);
    }

    private static PatchContext context(PatchType type, String manager, boolean force) {
        PatchContext.Builder context =
                new PatchContext.Builder().withPatchType(type).withFieldManager(manager);
        return (type == PatchType.SERVER_SIDE_APPLY ? context.withForce(force) : context).build();
    }

    /** The managedFields of an object, each as {@code manager operation[/subresource] fieldsV1}. */
    List<String> owners(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .map(entry -> entry.getManager() + " " + entry.getOperation()
                        + (entry.getSubresource() == null ? "" : "/" + entry.getSubresource()) + " "
                        + Json.of(entry.getFieldsV1()))
                .collect(Collectors.toList());
    }

    static String revision(HasMetadata object) {
        return object.getMetadata().getResourceVersion();
    }

    static String uid(HasMetadata object) {
        return object.getMetadata().getUid();
    }

    static String ownerReference(HasMetadata owner) {
        return "{\"apiVersion\": \"%s\", \"kind\": \"%s\", \"name\": \"%s\", \"uid\": \"%s\"}"
                .formatted(
                        owner.getApiVersion(),
                        owner.getKind(),
                        owner.getMetadata().getName(),
                        uid(owner));
    }

    static List<String> ownerUids(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .toList();
    }

    static Status refusal(ThrowingCallable call) {
        return catchThrowableOfType(KubernetesClientException.class, call).getStatus();
    }
}
