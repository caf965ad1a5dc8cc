package dev.irsa.integration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamEntitlement;
import dev.irsa.api.v1beta1.IamEntitlementSpec;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests how a real API server validates and stores entitlements. No entitlement here selects a namespace of another
 * test.
 */
@ExtendWith(SharedMachine.class)
class EntitlementSpecIT {
    private static final String NAME = "of-the-schema";
    private static final String NO_NAMESPACE = "namespaceSelector: {matchLabels: {schema: test}}";

    @BeforeAll
    static void applyCrd(Kubectl kubectl) {
        CrdCommands.applyCrd(kubectl, "iamentitlements");
    }

    @AfterEach
    void deleteEntitlement(Kubectl kubectl) {
        kubectl.get("delete", "iamentitlement", NAME, "--ignore-not-found");
    }

    static List<BadSpec> badSpecs() {
        return BadSpec.allOf("bad-entitlements.yaml");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpecs")
    void rejectsInvalidSpecAndNamesField(BadSpec bad, Kubectl kubectl) {
        var rejection = CrdCommands.dryRun(kubectl, manifest(Serialization.asJson(bad.spec())));

        assertThat(rejection.exitCode()).isNotZero();
        assertThat(rejection.stderr()).contains(bad.fragments());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpecs")
    void rejectsInvalidSpecOnServerSideApply(BadSpec bad, Kubectl kubectl) {
        var rejection = kubectl.apply(manifest(Serialization.asJson(bad.spec())));

        assertThat(rejection.exitCode()).isNotZero();
        assertThat(rejection.stderr()).contains(bad.field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{namespaceSelector: {}}",
                "{namespaceSelector: {matchExpressions: [{key: a/b, operator: DoesNotExist, values: []}]}}",
                "{NO_NAMESPACE, allow: {}, require: {}, limits: {}}",
                "{NO_NAMESPACE, allow: {templates: [{name: a.b-c}, {name: d, parameters: [{name: bucket, values: ['*', '']}]}]}}",
                "{NO_NAMESPACE, allow: {managedPolicies: ['*', 'service-role/*', 'arn:aws-cn:iam::aws:policy/A?',"
                        + " 'arn:aws:iam::111122223333:policy/payments/*']}}",
                "{NO_NAMESPACE, allow: {inlineActions: ['*', 's3:*', 'execute-api:Invoke?', 'S3:get*']}}",
                "{NO_NAMESPACE, allow: {tags: [{key: '*', values: ['*']}, {key: 'app/*', values: ['', 'a b']}]}}",
                "{NO_NAMESPACE, allow: {roleNames: ['*', 'pay.ments_+=,@-?*', a]}}",
                "{NO_NAMESPACE, allow: {rolePaths: [/, '/*', '/irsa/*', '/irsa/prod/pay?-*/', '/irsa/*/payments-*-eu*']}}",
                "{NO_NAMESPACE, allow: {externalRoleARNs: ['arn:aws:iam::111122223333:role/*']}}",
                "{NO_NAMESPACE, allow: {deletionPolicies: []}}",
                "{NO_NAMESPACE, allow: {deletionPolicies: [Delete, Retain]}}",
                "{NO_NAMESPACE, require: {permissionsBoundaryARN: 'arn:aws-us-gov:iam::111122223333:policy/a/b'}}",
                "{NO_NAMESPACE, limits: {rolesPerNamespace: 0, serviceAccountsPerRole: 10, sessionDurationSeconds: 3600}}",
            })
    void acceptsValidSpec(String spec, Kubectl kubectl) {
        CrdCommands.dryRun(kubectl, manifest(spec.replace("NO_NAMESPACE", NO_NAMESPACE)))
                .orThrow();
    }

    @Test
    void storesAppliedSpecUnchanged(Kubectl kubectl) {
        String full = "{" + NO_NAMESPACE
                + ", allow: {templates: [{name: t, parameters: [{name: bucket, values: [a]}]}], managedPolicies: [A],"
                + " inlineActions: ['s3:Get*'], tags: [{key: team, values: [a]}], roleNames: ['payments-*'],"
                + " rolePaths: ['/irsa/*'], externalRoleARNs: ['arn:aws:iam::111122223333:role/*'],"
                + " deletionPolicies: [Retain]},"
                + " require: {permissionsBoundaryARN: 'arn:aws:iam::111122223333:policy/b'},"
                + " limits: {rolesPerNamespace: 5, serviceAccountsPerRole: 2, sessionDurationSeconds: 7200}}";

        kubectl.apply(manifest(full)).orThrow();

        var stored =
                Serialization.unmarshal(kubectl.get("get", "iamentitlement", NAME, "-o=json"), IamEntitlement.class);
        assertThat(stored.getSpec()).isEqualTo(Serialization.unmarshal("---\n" + full, IamEntitlementSpec.class));
        assertThat(stored.getStatus()).isNull();
        kubectl.apply(manifest("{" + NO_NAMESPACE + "}")).orThrow();
        assertThat(kubectl.get("get", "iamentitlement", NAME, "-o=jsonpath={.spec}"))
                .isEqualTo("{\"namespaceSelector\":{\"matchLabels\":{\"schema\":\"test\"}}}");
    }

    @Test
    void rejectsEntitlementWithoutSpec(Kubectl kubectl) {
        assertThat(CrdCommands.dryRun(kubectl, manifest("").replace("spec:", ""))
                        .stderr())
                .contains("spec: Required value");
    }

    @Test
    void mergesListsOfTwoFieldManagers(Kubectl kubectl) {
        kubectl.apply(manifest("{" + NO_NAMESPACE + ", allow: {managedPolicies: [A], tags: [{key: a, values: [x]}]}}"))
                .orThrow();
        kubectl.run(
                        manifest(
                                "{" + NO_NAMESPACE + ", allow: {managedPolicies: [B], tags: [{key: b, values: [z]}]}}"),
                        List.of("apply", "--server-side", "--field-manager=second", "--filename=-"))
                .orThrow();

        assertThat(kubectl.get(
                        "get",
                        "iamentitlement",
                        NAME,
                        "-o=jsonpath={.spec.allow.managedPolicies} {.spec.allow.tags[*].key}"))
                .isEqualTo("[\"A\",\"B\"] a b");
    }

    @Test
    void printsColumns(Kubectl kubectl) {
        kubectl.apply(manifest("{" + NO_NAMESPACE
                        + ", require: {permissionsBoundaryARN: 'arn:aws:iam::111122223333:policy/b'}}"))
                .orThrow();
        kubectl.get("patch", "iamentitlement", NAME, "--subresource=status", "--type=merge", """
                --patch={"status": {"observedGeneration": 1, "resources": 7,
                  "conditions": [{"type": "Ready", "status": "True", "reason": "Valid",
                    "message": "entitlement is valid", "observedGeneration": 1, "lastTransitionTime": "2026-11-25T12:00:00Z"}]}}""");

        assertThat(CrdCommands.row(kubectl.get("get", "iament", NAME)))
                .isEqualTo(
                        "NAME READY RESOURCES BOUNDARY AGE|" + NAME + " True 7 arn:aws:iam::111122223333:policy/b _");
        assertThat(CrdCommands.row(kubectl.get("get", "iament", NAME, "-o=wide")))
                .endsWith(" AGE MESSAGE|" + NAME + " True 7 arn:aws:iam::111122223333:policy/b _ entitlement is valid");
    }

    @Test
    void explainsFields(Kubectl kubectl) {
        // The server publishes the schema some time after the CRD is established.
        Awaitility.await().until(() -> kubectl.run("explain", "iamentitlement").exitCode() == 0);
        assertThat(kubectl.get("explain", "iamentitlement"))
                .containsPattern("Otherwise,\\s+the\\s+operator\\s+creates\\s+no\\s+role");
        assertThat(kubectl.get("explain", "iamentitlement.spec.namespaceSelector.matchExpressions"))
                .contains("NotIn also matches");
    }

    private static String manifest(String spec) {
        return """
                apiVersion: irsa.dev/v1beta1
                kind: IamEntitlement
                metadata: {name: %s}
                spec: %s
                """.formatted(NAME, spec);
    }
}
