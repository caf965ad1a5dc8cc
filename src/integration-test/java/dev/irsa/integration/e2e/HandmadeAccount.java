package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.ControlPlaneSettings;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A ServiceAccount that a user sets up without the operator, in a namespace of its own, with its role and its pods. The pods
 * exist as objects only, because the control plane has no nodes.
 *
 * @param namespace also the name of the role
 */
record HandmadeAccount(TestEnvironment env, String namespace) {
    static final String NAME = "invoices";
    static final String ISSUER = ControlPlaneSettings.EKS_ISSUER.replace("https://", "");
    static final String AUDIENCE = "sts.amazonaws.com";

    private static final String POD_IDENTITY = "\"sts:AssumeRole\", \"sts:TagSession\"";

    /** Creates a ServiceAccount without a role. */
    static HandmadeAccount in(TestEnvironment env) {
        HandmadeAccount account = new HandmadeAccount(env, env.namespace());
        account.create(Map.of());
        return account;
    }

    /** Creates a ServiceAccount whose role admits its pods through IRSA. */
    static HandmadeAccount withIrsa(TestEnvironment env) {
        return withTrust(env, subject -> TrustPolicy.irsa(ISSUER, "StringEquals", subject, AUDIENCE));
    }

    /** Creates a ServiceAccount whose role has this trust policy. */
    static HandmadeAccount withTrust(TestEnvironment env, UnaryOperator<String> trustOfSubject) {
        HandmadeAccount account = new HandmadeAccount(env, env.namespace());
        account.create(Map.of("eks.amazonaws.com/role-arn", account.roleArn()));
        return account.role(trustOfSubject.apply(account.subject()));
    }

    /** Creates a ServiceAccount with a role that admits its pods through EKS Pod Identity, and is not associated yet. */
    static HandmadeAccount withPodIdentityRole(TestEnvironment env) {
        HandmadeAccount account = in(env);
        return account.role(TrustPolicy.podIdentity(account.namespace, POD_IDENTITY));
    }

    String roleArn() {
        return "arn:aws:iam::123456789012:role/" + namespace;
    }

    String subject() {
        return "system:serviceaccount:" + namespace + ":" + NAME;
    }

    HandmadeAccount role(String trust) {
        env.iam().createRole(request -> request.roleName(namespace).assumeRolePolicyDocument(trust));
        return this;
    }

    /** Sets an annotation of the webhook on the ServiceAccount. */
    HandmadeAccount annotate(String key, String value) {
        env.kubectl()
                .get(
                        "-n",
                        namespace,
                        "annotate",
                        "serviceaccount",
                        NAME,
                        "--overwrite",
                        "eks.amazonaws.com/" + key + "=" + value);
        return this;
    }

    /** Waits until what happens next has a later time than this pod. Times of Kubernetes have a resolution of a second. */
    HandmadeAccount afterSecondOf(Pod pod) {
        TestEnvironment.awaitTime(
                Instant.parse(pod.getMetadata().getCreationTimestamp()).plusSeconds(1));
        return this;
    }

    Pod pod() {
        return pod(pod -> pod);
    }

    /** Creates a pod with this change to its manifest. */
    Pod pod(UnaryOperator<PodBuilder> change) {
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(NAME)
                .addToContainers(new ContainerBuilder()
                        .withName("main")
                        .withImage("registry.example.com/main")
                        .build())
                .endSpec();
        return env.controlPlane().client().resource(change.apply(pod).build()).create();
    }

    /** Creates a pod with this label. */
    Pod podWithLabel(String key, String value) {
        return pod(pod -> pod.editMetadata().addToLabels(key, value).endMetadata());
    }

    /** Creates a pod whose container has this variable. */
    Pod podWithVariable(String name, String value) {
        return pod(pod -> pod.editSpec()
                .editFirstContainer()
                .addNewEnv()
                .withName(name)
                .withValue(value)
                .endEnv()
                .endContainer()
                .endSpec());
    }

    private void create(Map<String, String> annotations) {
        env.controlPlane()
                .client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(NAME)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .build())
                .create();
    }
}
