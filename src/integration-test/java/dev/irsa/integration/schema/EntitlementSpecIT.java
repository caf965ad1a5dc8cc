package dev.irsa.integration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamEntitlementSpec;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server makes of entitlements. None here selects a namespace that another test uses. */
@ExtendWith(SharedMachine.class)
class EntitlementSpecIT {
    private static final String NAME = "of-the-schema";
    private static final String NOBODY = "namespaceSelector: {matchLabels: {schema: test}}";

    @BeforeAll
    static void applyTheDefinition(Kubectl kubectl) {
        kubectl.applyFile(Path.of("crds", "iamentitlements.irsa.dev.yaml")).orThrow();
        kubectl.get("wait", "--for=condition=Established", "crd/iamentitlements.irsa.dev");
    }

    @AfterEach
    void leaveNothing(Kubectl kubectl) {
        kubectl.get("delete", "iamentitlement", NAME, "--ignore-not-found");
    }

    static List<BadSpec> badSpecs() {
        return BadSpec.allOf("bad-entitlements.yaml");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpecs")
    void refusesABadSpecAndNamesTheField(BadSpec bad, Kubectl kubectl) {
        var refusal = create(kubectl, Serialization.asJson(bad.spec()));

        assertThat(refusal.exitCode()).isNotZero();
        assertThat(refusal.stderr()).contains(bad.says());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSpecs")
    void refusesABadSpecThatIsAppliedOnTheServersSide(BadSpec bad, Kubectl kubectl) {
        var refusal = kubectl.apply(manifest(Serialization.asJson(bad.spec())));

        assertThat(refusal.exitCode()).isNotZero();
        assertThat(refusal.stderr()).contains(bad.field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{namespaceSelector: {}}",
                "{namespaceSelector: {matchExpressions: [{key: a/b, operator: DoesNotExist, values: []}]}}",
                "{NOBODY, managedPolicies: ['*', 'service-role/*', 'arn:aws-cn:iam::aws:policy/A?', 'arn:aws:iam::"
                        + "111122223333:policy/payments/*']}",
                "{NOBODY, inlineActions: ['*', 's3:*', 'execute-api:Invoke?', 'S3:get*']}",
                "{NOBODY, permissionsBoundaryArn: 'arn:aws-us-gov:iam::111122223333:policy/a/b'}",
                "{NOBODY, tags: [{key: '*', values: ['*']}, {key: 'app/*', values: ['', 'a b']}]}",
                "{NOBODY, customRoleNames: true, roleNamePrefix: 'pay.ments_+=,@-'}",
                "{NOBODY, maxSessionDurationSeconds: 3600}",
                "{NOBODY, maxRolesPerNamespace: 0}",
            })
    void acceptsWhatMakesSense(String spec, Kubectl kubectl) {
        create(kubectl, spec.replace("NOBODY", NOBODY)).orThrow();
    }

    @Test
    void storesWhatWasAppliedAndAddsNothingButTheStatus(Kubectl kubectl) {
        String full = "{" + NOBODY + ", managedPolicies: [A], inlineActions: ['s3:Get*'], permissionsBoundaryArn:"
                + " 'arn:aws:iam::111122223333:policy/b', tags: [{key: team, values: [a]}], customRoleNames: true,"
                + " roleNamePrefix: payments-, maxSessionDurationSeconds: 7200, maxRolesPerNamespace: 5}";

        kubectl.apply(manifest(full)).orThrow();

        var stored =
                Serialization.unmarshal(kubectl.get("get", "iamentitlement", NAME, "-o=json"), IamEntitlement.class);
        assertThat(stored.getSpec()).isEqualTo(Serialization.unmarshal("---\n" + full, IamEntitlementSpec.class));
        assertThat(stored.getStatus()).isNull();
        kubectl.apply(manifest("{" + NOBODY + "}")).orThrow();
        assertThat(kubectl.get("get", "iamentitlement", NAME, "-o=jsonpath={.spec}"))
                .isEqualTo("{\"namespaceSelector\":{\"matchLabels\":{\"schema\":\"test\"}}}");
    }

    @Test
    void refusesAnEntitlementWithoutSpec(Kubectl kubectl) {
        assertThat(kubectl.run(
                                manifest("").replace("spec:", ""),
                                List.of("create", "--validate=strict", "--dry-run=server", "--filename=-"))
                        .stderr())
                .contains("spec: Required value");
    }

    @Test
    void mergesWhatTwoFieldManagersAllow(Kubectl kubectl) {
        kubectl.apply(manifest("{" + NOBODY + ", managedPolicies: [A], tags: [{key: a, values: [x]}]}"))
                .orThrow();
        kubectl.run(
                        manifest("{" + NOBODY + ", managedPolicies: [B], tags: [{key: b, values: [z]}]}"),
                        List.of("apply", "--server-side", "--field-manager=second", "--filename=-"))
                .orThrow();

        assertThat(kubectl.get(
                        "get", "iamentitlement", NAME, "-o=jsonpath={.spec.managedPolicies} {.spec.tags[*].key}"))
                .isEqualTo("[\"A\",\"B\"] a b");
    }

    @Test
    void printsTheColumns(Kubectl kubectl) {
        kubectl.apply(manifest("{" + NOBODY + ", permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/b'}"))
                .orThrow();
        kubectl.get("patch", "iamentitlement", NAME, "--subresource=status", "--type=merge", """
                --patch={"status": {"observedGeneration": 1, "resources": 7,
                  "conditions": [{"type": "Ready", "status": "True", "reason": "Valid",
                    "message": "it can be used", "observedGeneration": 1, "lastTransitionTime": "2026-11-25T12:00:00Z"}]}}""");

        assertThat(row(kubectl.get("get", "iament", NAME)))
                .isEqualTo(
                        "NAME READY RESOURCES BOUNDARY AGE|" + NAME + " True 7 arn:aws:iam::111122223333:policy/b _");
        assertThat(row(kubectl.get("get", "iament", NAME, "-o=wide")))
                .endsWith(" AGE MESSAGE|" + NAME + " True 7 arn:aws:iam::111122223333:policy/b _ it can be used");
    }

    @Test
    void explainsTheFields(Kubectl kubectl) {
        // The server publishes the schema a while after the definition is established.
        Awaitility.await().until(() -> kubectl.run("explain", "iamentitlement").exitCode() == 0);
        assertThat(kubectl.get("explain", "iamentitlement")).containsPattern("Otherwise,\\s+it\\s+gets\\s+no\\s+role");
        assertThat(kubectl.get("explain", "iamentitlement.spec.namespaceSelector.matchExpressions"))
                .contains("NotIn also matches");
    }

    private static String manifest(String spec) {
        return """
                apiVersion: irsa.dev/v1alpha1
                kind: IamEntitlement
                metadata: {name: %s}
                spec: %s
                """.formatted(NAME, spec);
    }

    /** Checked only: nothing is left even where the server lets it in. */
    private static Command.Result create(Kubectl kubectl, String spec) {
        return kubectl.run(manifest(spec), List.of("create", "--validate=strict", "--dry-run=server", "--filename=-"));
    }

    /** Without the padding, and with {@code _} for the age. */
    private static String row(String table) {
        return table.replaceAll(" +", " ").replaceAll(" ?\n", "|").replaceAll(" \\d+s", " _");
    }
}
