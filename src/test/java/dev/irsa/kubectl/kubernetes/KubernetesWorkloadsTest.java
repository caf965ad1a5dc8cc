package dev.irsa.kubectl.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.ObservedPod.FileAccess;
import dev.irsa.core.observed.ObservedPod.TokenVolume;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesWorkloadsTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/app";

    private final MockApiServer server = MockApiServer.start();
    private final KubernetesWorkloads workloads = new KubernetesWorkloads(server.client());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsPodAsTheWebhookLeavesIt() {
        create("""
                apiVersion: v1
                kind: Pod
                metadata:
                  namespace: default
                  name: app-1
                  labels: {app: app}
                  annotations: {eks.amazonaws.com/skip-containers: "proxy, mesh"}
                spec:
                  serviceAccountName: app
                  nodeName: node-1
                  securityContext: {fsGroup: 1000, runAsUser: 1000}
                  containers:
                  - name: main
                    env:
                    - {name: AWS_ROLE_ARN, value: "%s"}
                    - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /var/run/secrets/eks.amazonaws.com/serviceaccount/token}
                    volumeMounts:
                    - {name: aws-iam-token, mountPath: /var/run/secrets/eks.amazonaws.com/serviceaccount}
                  volumes:
                  - name: aws-iam-token
                    projected: {sources: [{serviceAccountToken: {audience: sts.amazonaws.com, path: token}}]}
                """.formatted(ROLE));

        ObservedPod pod = workloads.pod("default", "app-1").orElseThrow();

        assertThat(pod.serviceAccount()).isEqualTo("app");
        assertThat(pod.node()).contains("node-1");
        assertThat(pod.active()).isTrue();
        assertThat(pod.skippedContainers()).containsExactly("mesh", "proxy");
        assertThat(pod.token()).contains(new TokenVolume("sts.amazonaws.com", true));
        assertThat(pod.fileAccess()).isEqualTo(new FileAccess(true, true));
        assertThat(pod.labels()).containsEntry("app", "app");
        assertThat(pod.containers().getFirst().environment()).containsEntry("AWS_ROLE_ARN", ROLE);
    }

    @Test
    void readsIamServiceAccountsOfNamespaceOrOfAll() {
        List.of("default", "kube-system").forEach(namespace -> create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: %s, name: cart}
                spec: {role: {name: cart}}
                """.formatted(namespace)));

        assertThat(workloads.resources(Optional.of("default")))
                .singleElement()
                .extracting(resource -> resource.getSpec().role().name())
                .isEqualTo("cart");
        assertThat(workloads.resources(Optional.empty()))
                .extracting(resource -> resource.getMetadata().getNamespace())
                .containsExactlyInAnyOrder("default", "kube-system");
    }

    @Test
    void findsNoIamServiceAccountsWithoutTheOperator() {
        server.intercept(request -> request.path().contains("iamserviceaccounts")
                ? ApiFault.refused(404, "NotFound", "the server could not find the requested resource")
                : ApiFault.none());

        assertThat(workloads.resources(Optional.empty())).isEmpty();
    }

    @Test
    void keepsNoValueThatMayBeSecret() {
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {namespace: default, name: hostile}
                spec:
                  containers:
                  - name: main
                    env:
                    - {name: AWS_ACCESS_KEY_ID, value: AKIASECRET}
                    - {name: AWS_SECRET_ACCESS_KEY, value: hidden-1}
                    - {name: AWS_SESSION_TOKEN, value: hidden-2}
                    - {name: AWS_CONTAINER_AUTHORIZATION_TOKEN, value: hidden-3}
                    - {name: PASSWORD, value: hidden-4}
                    - {name: HTTPS_PROXY, value: "http://user:hid@den-5@proxy:3128"}
                    - {name: HTTP_PROXY, value: "user:hidden-6@proxy:3128"}
                    - {name: AWS_CONTAINER_CREDENTIALS_FULL_URI, value: "http://localhost/creds?token=hidden-7"}
                    - {name: AWS_ROLE_ARN, valueFrom: {secretKeyRef: {name: aws, key: role}}}
                    envFrom:
                    - secretRef: {name: aws}
                    - configMapRef: {name: settings}
                """);

        ObservedPod pod = workloads.pod("default", "hostile").orElseThrow();

        Container container = pod.containers().getFirst();
        assertThat(pod.toString()).doesNotContain("hidden", "AKIASECRET", "den-5", "user:");
        assertThat(container.environment())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "HTTPS_PROXY",
                        "http://proxy:3128",
                        "HTTP_PROXY",
                        "proxy:3128",
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                        "http://localhost/creds"));
        assertThat(container.names()).contains("AWS_ACCESS_KEY_ID", "PASSWORD", "AWS_ROLE_ARN");
        assertThat(container.sources()).containsExactly("configmap/settings", "secret/aws");
    }

    @Test
    void findsTokenVolumeThatTheUserMade() {
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {namespace: default, name: own}
                spec:
                  containers:
                  - name: main
                    env: [{name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /tokens/aws}]
                    volumeMounts: [{name: mine, mountPath: /tokens}]
                  volumes:
                  - name: other
                    projected: {sources: [{serviceAccountToken: {audience: vault, path: vault}}]}
                  - name: mine
                    projected: {sources: [{serviceAccountToken: {audience: aws, path: aws}}]}
                """);

        assertThat(workloads.pod("default", "own").orElseThrow().token()).contains(new TokenVolume("aws", false));
    }

    @Test
    void countsFinishedPodAsInactive() {
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {namespace: default, name: done}
                spec: {containers: [{name: main}]}
                status: {phase: Succeeded}
                """);

        ObservedPod pod = workloads.pod("default", "done").orElseThrow();

        assertThat(pod.active()).isFalse();
        assertThat(pod.serviceAccount()).isEqualTo("default");
    }

    @Test
    void readsServiceAccountWithManagersOfItsAnnotations() {
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  namespace: default
                  name: app
                  labels: {app.kubernetes.io/managed-by: eksctl}
                  annotations: {eks.amazonaws.com/role-arn: "%s", other: x}
                  managedFields:
                  - {manager: eksctl, operation: Update, apiVersion: v1, fieldsType: FieldsV1,
                     fieldsV1: {"f:metadata": {"f:annotations": {"f:eks.amazonaws.com/role-arn": {}}}}}
                """.formatted(ROLE));

        var account = workloads.serviceAccount("default", "app").orElseThrow();

        assertThat(account.annotations()).isEqualTo(Map.of("eks.amazonaws.com/role-arn", ROLE));
        assertThat(account.labels()).containsEntry("app.kubernetes.io/managed-by", "eksctl");
        assertThat(account.managers()).containsOnlyKeys("eks.amazonaws.com/role-arn");
        assertThat(workloads.serviceAccounts(Optional.empty())).contains(account);
        assertThat(workloads.serviceAccounts(Optional.of("default"))).contains(account);
        assertThat(workloads.serviceAccounts(Optional.of("kube-system"))).doesNotContain(account);
    }

    @Test
    void reportsMissingPermission() {
        server.client().getConfiguration().setRequestRetryBackoffLimit(0);
        server.intercept(request -> ApiFault.refused(403, "Forbidden", "refused"));

        Failure failure = catchThrowableOfType(FailureException.class, () -> workloads.pods(Optional.empty()))
                .failure();

        assertThat(failure).isEqualTo(new Failure.AccessDenied("list pods", "refused"));
    }

    @Test
    void returnsNothingForMissingObjects() {
        assertThat(workloads.pod("default", "none")).isEmpty();
        assertThat(workloads.serviceAccount("default", "none")).isEmpty();
    }

    private void create(String manifest) {
        server.client().resource(manifest).create();
    }
}
