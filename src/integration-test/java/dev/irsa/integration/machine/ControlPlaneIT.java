package dev.irsa.integration.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the control plane that all integration tests rely on. */
@ExtendWith(SharedMachine.class)
class ControlPlaneIT {
    private static final String CRD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: pumps.machine.test}
            spec:
              group: machine.test
              scope: Namespaced
              names: {kind: Pump, plural: pumps}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties: {litres: {type: integer}}
                        x-kubernetes-validations:
                        - {rule: "self.litres < 10", message: "too much water"}
            """;

    @Test
    void supportsServerSideApplyAndRejectsUnknownFields(Kubectl kubectl) {
        var map = "{apiVersion: v1, kind: ConfigMap, metadata: {namespace: default, name: applied}, data: {a: b}}";

        assertThat(kubectl.apply(map).orThrow().stdout()).contains("serverside-applied");

        var owner = kubectl.get(
                "get",
                "configmap",
                "applied",
                "--show-managed-fields",
                "-o=jsonpath={.metadata.managedFields[0].operation}");
        assertThat(owner).isEqualTo("Apply");
        assertThat(kubectl.apply(map.replace(", data:", ", date:")).stderr())
                .contains(".date: field not declared in schema");
    }

    @Test
    void evaluatesCelRules(Kubectl kubectl) {
        kubectl.apply(CRD).orThrow();
        kubectl.run("wait", "--for=condition=Established", "crd/pumps.machine.test")
                .orThrow();
        var pump = "{apiVersion: machine.test/v1, kind: Pump, metadata: {name: p}, spec: {litres: 3}}";

        kubectl.apply(pump).orThrow();

        var refused = kubectl.apply(pump.replace("3", "30"));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.stderr()).contains("too much water");
    }

    @Test
    void signsTokensWithEksIssuer(ControlPlane controlPlane) throws IOException {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences("sts.amazonaws.com")
                .withExpirationSeconds(600L)
                .endSpec()
                .build();

        var claims = claims(controlPlane
                .client()
                .serviceAccounts()
                .inNamespace("default")
                .withName("default")
                .tokenRequest(request)
                .getStatus()
                .getToken());

        assertThat(claims.path("iss").asText()).isEqualTo(ControlPlaneSettings.EKS_ISSUER);
        assertThat(claims.path("sub").asText()).isEqualTo("system:serviceaccount:default:default");
        assertThat(claims.path("aud").get(0).asText()).isEqualTo("sts.amazonaws.com");
    }

    @Test
    void enforcesRbacForServiceAccount(ControlPlane controlPlane) {
        var kubectl = new Kubectl(controlPlane.kubeconfigOfServiceAccount("default", "default"));

        assertThat(kubectl.get("auth", "whoami", "-o=jsonpath={.status.userInfo.username}"))
                .isEqualTo("system:serviceaccount:default:default");
        assertThat(kubectl.run("get", "secrets").stderr()).contains("Forbidden");
    }

    @Test
    void deletesNamespaces(ControlPlane controlPlane) {
        var client = controlPlane.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("gone")
                        .endMetadata()
                        .build())
                .create();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.serviceAccounts()
                                .inNamespace("gone")
                                .withName("default")
                                .get()
                        != null);

        client.namespaces().withName("gone").delete();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.namespaces().withName("gone").get() == null);
    }

    @Test
    void deletesDependentsOfDeletedOwner(ControlPlane controlPlane) {
        var client = controlPlane.client();
        var owner = client.resource(map("owner", "default")).create();
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("owned")
                        .addNewOwnerReference()
                        .withApiVersion("v1")
                        .withKind("ConfigMap")
                        .withName("owner")
                        .withUid(owner.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata()
                        .build())
                .create();

        client.resource(owner).delete();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.serviceAccounts()
                                .inNamespace("default")
                                .withName("owned")
                                .get()
                        == null);
    }

    @Test
    void writesHangWhileEtcdIsFrozen(ControlPlane controlPlane, Kubectl kubectl) {
        controlPlane.freezeEtcd();
        try {
            var hung = kubectl.run("create", "configmap", "frozen", "--request-timeout=2s");
            assertThat(hung.exitCode()).isEqualTo(1);
        } finally {
            controlPlane.thawEtcd();
        }

        await().atMost(Duration.ofSeconds(60))
                .until(() -> kubectl.run("create", "configmap", "thawed").exitCode() == 0);
    }

    private static ConfigMap map(String name, String namespace) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
    }

    private static JsonNode claims(String token) throws IOException {
        return new ObjectMapper()
                .readTree(
                        Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'))));
    }
}
