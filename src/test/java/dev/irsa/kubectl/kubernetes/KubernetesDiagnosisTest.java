package dev.irsa.kubectl.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.irsa.api.v1beta1.NamespaceSelector;
import dev.irsa.api.v1beta1.NamespaceSelector.LabelRequirement;
import dev.irsa.api.v1beta1.NamespaceSelector.LabelRequirement.Operator;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.fixtures.apiserver.ApiFault;
import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts.Problem;
import dev.irsa.kubectl.diagnosis.ClusterFacts.WebhookFacts;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesDiagnosisTest {
    private final MockApiServer server = MockApiServer.start();
    private final KubernetesDiagnosis cluster = new KubernetesDiagnosis(server.client());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsSelectorsOfWebhook() {
        create("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: pod-identity-webhook}
                webhooks:
                - name: iam-for-pods.amazonaws.com
                  failurePolicy: Ignore
                  rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]
                  namespaceSelector: {matchLabels: {irsa: "on"}}
                  objectSelector:
                    matchExpressions:
                    - {key: eks.amazonaws.com/skip-pod-identity-webhook, operator: DoesNotExist}
                    - {key: tier, operator: Unknown, values: [web]}
                """);

        assertThat(cluster.webhook())
                .contains(new WebhookFacts(
                        "pod-identity-webhook",
                        "Ignore",
                        new NamespaceSelector(Map.of("irsa", "on"), List.of()),
                        new NamespaceSelector(
                                Map.of(),
                                List.of(
                                        new LabelRequirement(
                                                "eks.amazonaws.com/skip-pod-identity-webhook",
                                                Operator.DoesNotExist,
                                                List.of()),
                                        new LabelRequirement("tier", Operator.In, List.of())))));
    }

    @Test
    void findsAccountOfTheRole() {
        create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: default, name: app}
                spec: {account: analytics}
                """);

        assertThat(cluster.resource("default", "app").flatMap(ResourceFacts::elsewhere))
                .contains(new RoleInOtherAccount("analytics", Optional.empty(), true));
    }

    @Test
    void findsRoleThatTheOperatorManages() {
        for (String role : List.of("", ", role: {name: app, id: AROA1}")) {
            String manifest = """
                    apiVersion: irsa.dev/v1beta1
                    kind: IamServiceAccount
                    metadata: {namespace: default, name: app%d}
                    spec: {}
                    status: {roleARN: "arn:aws:iam::111122223333:role/app"%s}
                    """.formatted(role.length(), role);
            create(manifest);
            server.client().resource(manifest).patchStatus();

            assertThat(cluster.resource("default", "app" + role.length()).flatMap(ResourceFacts::roleArn))
                    .isEqualTo(role.isEmpty() ? Optional.empty() : Optional.of("arn:aws:iam::111122223333:role/app"));
        }
    }

    @Test
    void findsNoWebhook() {
        assertThat(cluster.webhook()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    eks-webhook,          iam-for-pods.amazonaws.com,         any,                  /mutate
                    my-release,           pod-identity-webhook.amazonaws.com, my-release,           /mutate
                    webhook,              webhook.example.com,                pod-identity-webhook, /mutate
                    webhook,              webhook.example.com,                aws-pod-identity-webhook, /mutate
                    pod-identity-webhook, webhook.example.com,                credentials,          /mutate
                    pod-identity-webhook, pod-identity-webhook.aws.mutate.io, credentials,          /mutate
                    """)
    void recognizesWebhook(String configuration, String name, String service, String path) {
        createWebhook(configuration, name, service, path, "pods");

        assertThat(cluster.webhook()).map(WebhookFacts::configuration).contains(configuration);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    pod-identity-webhook, pod-identity-webhook.azure.mutate.io, pod-identity-webhook, /mutate-v1-pod, pods
                    istio,                sidecar.istio.io,                     istiod,               /mutate,        pods
                    pod-identity-webhook, webhook.example.com,                  credentials,          /mutate,        secrets
                    webhook,              pod-identity-webhook.amazonaws.com,   pod-identity-webhook, /mutate,        secrets
                    """)
    void ignoresOtherWebhooks(String configuration, String name, String service, String path, String resource) {
        createWebhook(configuration, name, service, path, resource);

        assertThat(cluster.webhook()).isEmpty();
    }

    private void createWebhook(String configuration, String name, String service, String path, String resource) {
        create("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: %s}
                webhooks:
                - name: %s
                  clientConfig: {service: {namespace: system, name: %s, path: %s}}
                  rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [%s]}]
                """.formatted(configuration, name, service, path, resource));
    }

    @Test
    void readsTimeOfAnnotation() {
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  namespace: default
                  name: app
                  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/app"}
                """);

        assertThat(cluster.serviceAccount("default", "app"))
                .hasValueSatisfying(
                        account -> assertThat(account.annotations()).containsKey("eks.amazonaws.com/role-arn"));
        assertThat(cluster.serviceAccount("default", "none")).isEmpty();
    }

    @Test
    void findsAgentReadyOnlyOnItsNode() {
        create("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {namespace: kube-system, name: eks-pod-identity-agent}
                """);
        create("""
                apiVersion: v1
                kind: Pod
                metadata:
                  namespace: kube-system
                  name: agent-1
                  labels: {app.kubernetes.io/name: eks-pod-identity-agent}
                spec: {nodeName: node-1, containers: [{name: agent}]}
                status: {conditions: [{type: Ready, status: "True"}]}
                """);

        assertThat(cluster.isAgentInstalled()).isTrue();
        assertThat(cluster.isAgentReady("node-1")).isTrue();
        assertThat(cluster.isAgentReady("node-2")).isFalse();
    }

    @Test
    void findsAgentBuiltIntoNodeOfAutoMode() {
        create("""
                apiVersion: v1
                kind: Node
                metadata: {name: node-3, labels: {eks.amazonaws.com/compute-type: auto}}
                """);

        assertThat(cluster.isAgentInstalled()).isFalse();
        assertThat(cluster.isAgentReady("node-3")).isTrue();
    }

    @Test
    void findsResourceByNameOfItsServiceAccount() {
        create("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: default, name: invoices}
                spec: {serviceAccounts: [{name: app}]}
                """);

        assertThat(cluster.resource("default", "app")).map(ResourceFacts::name).contains("invoices");
        assertThat(cluster.resource("default", "invoices")).isEmpty();
    }

    @Test
    void prefersReadyResource() {
        for (String ready : List.of("False", "True", "Unknown")) {
            String manifest = """
                    apiVersion: irsa.dev/v1beta1
                    kind: IamServiceAccount
                    metadata: {namespace: default, name: is-%s}
                    spec: {serviceAccounts: [{name: app}]}
                    status: {conditions: [{type: Ready, status: "%s", reason: ServiceAccountConflict, message: m}]}
                    """.formatted(ready.toLowerCase(Locale.ROOT), ready);
            create(manifest);
            server.client().resource(manifest).patchStatus();
        }

        assertThat(cluster.resource("default", "app")).map(ResourceFacts::name).contains("is-true");
    }

    @ParameterizedTest
    @CsvSource({"NotEntitled, true", "DeletionBlocked, true", "Suspended, false", "Throttled, false", "New, false"})
    void decidesWhetherProblemIsFinal(String reason, boolean isFinal) {
        String manifest = """
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: default, name: app}
                spec: {}
                status: {conditions: [{type: Ready, status: "False", reason: %s, message: m}]}
                """.formatted(reason);
        create(manifest);
        server.client().resource(manifest).patchStatus();

        assertThat(cluster.resource("default", "app"))
                .flatMap(ResourceFacts::problem)
                .contains(new Problem(isFinal, reason + ": m"));
    }

    @Test
    void findsNoResourceWithoutTheOperator() {
        server.intercept(request -> request.path().contains("iamserviceaccounts")
                ? ApiFault.refused(404, "NotFound", "the server could not find the requested resource")
                : ApiFault.none());

        assertThat(cluster.resource("default", "app")).isEmpty();
    }

    @Test
    void readsIssuerAndVersion() {
        server.setIssuer("https://example.com");

        assertThat(cluster.issuer()).isEqualTo("https://example.com");
        assertThat(cluster.minorVersion()).isEqualTo(36);
    }

    @Test
    void namesEachMissingPermission() {
        server.client().getConfiguration().setRequestRetryBackoffLimit(0);
        server.intercept(request -> ApiFault.refused(
                403, "Forbidden", "x is forbidden: User \"alice\" cannot " + request.method() + " resource \"x\""));

        assertThat(missing(cluster::webhook))
                .isEqualTo("get mutatingwebhookconfigurations.admissionregistration.k8s.io/pod-identity-webhook");
        assertThat(missing(() -> cluster.resource("default", "app"))).isEqualTo("list iamserviceaccounts.irsa.dev");
        assertThat(missing(() -> cluster.serviceAccount("default", "app"))).isEqualTo("get serviceaccounts");
        assertThat(missing(cluster::issuer)).contains("get /.well-known/openid-configuration");
        assertThat(missing(cluster::signingKeys)).contains("get /openid/v1/jwks");
        assertThat(missing(() -> cluster.isAgentReady("node-1"))).isEqualTo("list pods in namespace kube-system");
        assertThat(missing(() -> new KubernetesTokenRequests(server.client()).request("default", "app", "a")))
                .isEqualTo("create serviceaccounts/token");
    }

    private static String missing(Runnable read) {
        Failure failure =
                catchThrowableOfType(FailureException.class, read::run).failure();
        return ((Failure.AccessDenied) failure).action();
    }

    private void create(String manifest) {
        server.client().resource(manifest).create();
    }
}
