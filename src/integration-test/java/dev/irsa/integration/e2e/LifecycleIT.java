package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irsa.fixtures.process.OperatorJar;
import dev.irsa.fixtures.process.OperatorLaunch;
import dev.irsa.integration.machine.ControlPlaneSettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tests the jar without an ahead-of-time cache, as {@code make run} starts it. */
class LifecycleIT extends OperatorTestBase {
    private static final String ISSUER = ControlPlaneSettings.EKS_ISSUER.substring("https://".length());

    @Override
    OperatorLaunch launch() {
        return super.launch().withJar(OperatorJar.path());
    }

    @Test
    void createsRoleServiceAccountAndStatusFromSmallestManifest() {
        Subject subject = Subject.in(env);
        subject.apply("{policies: {managed: [AmazonS3ReadOnlyAccess]}}").awaitReady();

        SortedMap<String, String> expected = ownership(subject);
        expected.put("description", "");
        expected.put("session", "3600");
        expected.put("attached arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "");
        expected.put("annotation eks.amazonaws.com/role-arn", subject.roleArn());
        expected.put("trust", trust(subject.namespace(), subject.name(), "sts.amazonaws.com"));
        assertThat(VisibleState.of(subject).all()).isEqualTo(expected);
        assertThat(subject.field("iamsa/invoices", "{.status.observedGeneration} {.metadata.generation}"))
                .isEqualTo("1 1");
        assertThat(subject.field("iamsa/invoices", "{.status.roleARN} {.status.role.id}"))
                .isEqualTo(
                        subject.roleArn() + " " + env.role(subject.roleName()).roleId());
        assertThat(subject.field("iamsa/invoices", "{.status.serviceAccounts[*].created}"))
                .isEqualTo("true");
        assertThat(subject.field("iamsa/invoices", "{.status.conditions[*].type}"))
                .isEqualTo("Ready Available");
        assertThat(subject.field("sa/invoices", "{.metadata.ownerReferences[*].uid}"))
                .isEqualTo(subject.field("iamsa/invoices", "{.metadata.uid}"));
        subject.awaitEvent("RoleCreated", subject.roleArn(), "AmazonS3ReadOnlyAccess", "ServiceAccount invoices");

        subject.delete();
        assertThat(subject.roleExists()).isFalse();
        TestEnvironment.await().until(() -> !subject.accountExists());
    }

    @Test
    void createsExactlyWhatFullManifestSpecifies() {
        Subject subject = Subject.in(env);
        String role = "my-" + subject.namespace();
        subject.apply(full(role)).awaitReady();

        assertThat(subject.field("iamsa/invoices", "{.status.roleARN}"))
                .isEqualTo("arn:aws:iam::123456789012:role/irsa/prod/payments/" + role);
        SortedMap<String, String> expected = ownership(subject);
        expected.putAll(Map.of(
                "description", "Reads invoices, (c) 2024+",
                "session", "7200",
                "boundary", "arn:aws:iam::aws:policy/PowerUserAccess",
                "tag team", "payments",
                "tag Tier", "gold 1",
                "attached arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "",
                "attached arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess", "",
                "attached arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM", ""));
        expected.put("trust", trust(subject.namespace(), "billing", "vault.example.com"));
        expected.put("inline read-invoices", """
                {"Statement":[{"Action":["s3:GetObject","s3:ListBucket"],"Effect":"Allow","Resource":"*","Sid":"Read"}],\
                "Version":"2012-10-17"}""");
        expected.put("inline no-delete", """
                {"Statement":[{"Action":"s3:Delete*","Effect":"Deny","Resource":"*"}],"Version":"2012-10-17"}""");
        SortedMap<String, String> seen = VisibleState.ofRole(subject, role).all();
        // Records which tags are the user's, in an internal format.
        assertThat(seen.remove("tag irsa.dev/user-tags")).isNotEmpty();
        assertThat(seen).isEqualTo(expected);
        assertThat(VisibleState.json(subject.field("sa/billing", "{.metadata.annotations}")))
                .isEqualTo(VisibleState.json("""
                        {"eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/irsa/prod/payments/%s",
                         "eks.amazonaws.com/audience": "vault.example.com",
                         "eks.amazonaws.com/token-expiration": "7200",
                         "eks.amazonaws.com/sts-regional-endpoints": "false"}""".formatted(role)));
        assertThat(subject.accountExists())
                .as("a ServiceAccount with the name of the resource")
                .isFalse();
        subject.delete();
        assertThat(env.roleExists(role)).isFalse();
    }

    @Test
    void serviceAccountTokenMatchesTrustPolicy() {
        Subject subject = Subject.in(env);
        subject.apply("{token: {audience: vault.example.com}}").awaitReady();
        JsonNode statement = VisibleState.trust(subject).path("Statement").path(0);
        JsonNode pinned = statement.path("Condition").path("StringEquals");
        JsonNode claims = claims(subject.kubectl(
                "create",
                "token",
                subject.name(),
                "--audience",
                pinned.path(ISSUER + ":aud").asText()));

        assertThat(statement.path("Principal").path("Federated").asText())
                .endsWith(":oidc-provider/" + claims.path("iss").asText().substring("https://".length()));
        assertThat(pinned.properties()).hasSize(2);
        assertThat(pinned.path(ISSUER + ":sub")).isEqualTo(claims.path("sub"));
        assertThat(claims.path("aud")).containsExactly(pinned.path(ISSUER + ":aud"));
        assertThat(statement.path("Condition").properties()).hasSize(1);
        subject.delete();
    }

    private static String full(String role) {
        return """
            {serviceAccounts: [{name: billing, management: CreateOrAnnotate}],
             role: {name: %s, path: /irsa/prod/payments/, description: 'Reads invoices, (c) 2024+', maxSessionDurationSeconds: 7200,
                    permissionsBoundaryARN: 'arn:aws:iam::aws:policy/PowerUserAccess', tags: {team: payments, Tier: 'gold 1'}, adoption: Never},
             policies: {managed: [AmazonS3ReadOnlyAccess, service-role/AmazonEC2RoleforSSM, 'arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'],
                        inline: [{name: read-invoices, document: {Version: '2012-10-17', Statement: [{Sid: Read, Effect: Allow, Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*'}]}},
                                 {name: no-delete, document: {Version: '2012-10-17', Statement: [{Effect: Deny, Action: 's3:Delete*', Resource: '*'}]}}]},
             token: {audience: vault.example.com, expirationSeconds: 7200, stsRegionalEndpoints: false},
             deletionPolicy: Delete, suspend: false}""".formatted(role);
    }

    private SortedMap<String, String> ownership(Subject subject) {
        TreeMap<String, String> tags = new TreeMap<>();
        tags.put("tag irsa.dev/cluster", TestEnvironment.CLUSTER);
        tags.put(
                "tag irsa.dev/cluster-id",
                env.kubectl().get("get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}"));
        tags.put("tag irsa.dev/resource", subject.namespace() + "/" + subject.name());
        // The first half of: printf https://oidc.eks.eu-west-1.amazonaws.com/id/ABC | sha256sum
        tags.put("tag irsa.dev/issuer", "1709002f194101092951e7cdb38fd052");
        return tags;
    }

    private static String trust(String namespace, String serviceAccount, String audience) {
        return VisibleState.json("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                  "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/%1$s"},
                  "Action": "sts:AssumeRoleWithWebIdentity",
                  "Condition": {"StringEquals": {
                    "%1$s:sub": "system:serviceaccount:%2$s:%3$s",
                    "%1$s:aud": "%4$s"}}}]}""".formatted(ISSUER, namespace, serviceAccount, audience))
                .toString();
    }

    private static JsonNode claims(String token) {
        String payload = token.split("\\.", -1)[1];
        return VisibleState.json(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }
}
