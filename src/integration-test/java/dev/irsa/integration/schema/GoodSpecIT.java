package dev.irsa.integration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.api.v1beta1.InlinePolicy;
import dev.irsa.fixtures.docs.Manifests;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how a real API server stores valid resources. */
@ExtendWith(SharedMachine.class)
class GoodSpecIT {
    private static final String NAMESPACE = "good-specs";

    @BeforeAll
    static void applyCrd(Kubectl kubectl) {
        CrdCommands.applyCrd(kubectl, "iamserviceaccounts");
        kubectl.get("create", "namespace", NAMESPACE);
    }

    @AfterAll
    static void deleteNamespace(Kubectl kubectl) {
        kubectl.get("delete", "namespace", NAMESPACE, "--wait=false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smallest.yaml", "full.yaml"})
    void storesAppliedSpec(String file, Kubectl kubectl) {
        var manifest = Manifests.text(file).replace("namespace: payments", "namespace: " + NAMESPACE);
        var applied = Manifests.read(file);

        kubectl.apply(manifest).orThrow();

        var stored = stored(kubectl, applied.getMetadata().getName());
        assertThat(stored.getSpec()).isEqualTo(applied.getSpec());
        assertThat(stored.getStatus()).isEqualTo(IamServiceAccountStatus.UNSEEN);
        assertThat(stored.getMetadata().getGeneration()).isEqualTo(1);
    }

    /** A default of the schema would be stored, so that later versions could not change it. */
    @Test
    void addsNoDefaultsToSpec(Kubectl kubectl) {
        kubectl.apply(BadSpec.manifest(NAMESPACE, "empty", "{role: {}, policies: {}}"))
                .orThrow();

        assertThat(kubectl.get("get", "iamsa", "empty", "--namespace=" + NAMESPACE, "-o=jsonpath={.spec}"))
                .isEqualTo("{\"policies\":{},\"role\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{role: {path: /}}",
                "{role: {path: /irsa/prod_1/a+b/}}",
                "{role: {description: \"two\\nlines\"}}",
                "{role: {tags: {irsa: x, aws: x, team/irsa.dev/: x, Größe: \"\"}}}",
                "{role: {permissionsBoundaryARN: \"arn:aws-us-gov:iam::aws:policy/job-function/Billing\"}}",
                "{policies: {managed: [service-role/AWSLambdaBasicExecutionRole, \"arn:aws-cn:iam::aws:policy/A\"]}}",
                "{policies: {inline: [{name: a, document: {}}, {name: b, document: {Anything: [1, {a: b}]}}]}}",
                "{token: {audience: \"https://vault.example.com:8200/v1\"}}",
                "{serviceAccounts: [{name: a.b-c.0}]}",
                "{externalRole: {arn: \"arn:aws-us-gov:iam::111122223333:role/a/b+c/Name_1\"}, delivery: [IRSA], suspend: true}",
                "{externalRole: {arn: \"arn:aws:iam::111122223333:role/a\"}, token: {audience: vault.example.com}}",
                "{delivery: [PodIdentity], token: {expirationSeconds: 3600}}",
                "{delivery: [PodIdentity, IRSA], token: {audience: vault.example.com}}",
            })
    void acceptsValuesThatIamAccepts(String spec, Kubectl kubectl) {
        kubectl.run(BadSpec.manifest(NAMESPACE, "good", spec), List.of("create", "--dry-run=server", "--filename=-"))
                .orThrow();
    }

    @Test
    void acceptsChangesOfMutableFields(Kubectl kubectl) {
        kubectl.apply(BadSpec.manifest(NAMESPACE, "changing", "{role: {name: a}}"))
                .orThrow();

        kubectl.apply(BadSpec.manifest(NAMESPACE, "changing", """
                        {serviceAccounts: [{name: changing, management: Ignore}], role: {name: a, tags: {team: x}}, deletionPolicy: Retain}""")).orThrow();

        assertThat(stored(kubectl, "changing").getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void mergesPoliciesOfTwoFieldManagers(Kubectl kubectl) {
        var first = BadSpec.manifest(
                NAMESPACE, "merged", "{policies: {managed: [A], inline: [{name: a, document: {Id: a}}]}}");
        var second = BadSpec.manifest(
                NAMESPACE, "merged", "{policies: {managed: [B], inline: [{name: b, document: {Id: b}}]}}");

        kubectl.apply(first).orThrow();
        kubectl.run(second, List.of("apply", "--server-side", "--field-manager=second", "--filename=-"))
                .orThrow();

        var policies = stored(kubectl, "merged").getSpec().policies();
        assertThat(policies.managed()).containsExactlyInAnyOrder("A", "B");
        assertThat(policies.inline()).extracting(InlinePolicy::name).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void printsColumns(Kubectl kubectl) {
        kubectl.apply(BadSpec.manifest(NAMESPACE, "printed", "{}")).orThrow();
        kubectl.get(
                "patch", "iamsa", "printed", "--namespace=" + NAMESPACE, "--subresource=status", "--type=merge", """
                --patch={"status": {"observedGeneration": 1,
                  "roleARN": "arn:aws:iam::111122223333:role/r", "roleName": "r", "role": {"name": "r", "id": "AROAEXAMPLE"},
                  "serviceAccounts": [{"name": "printed", "created": true}], "delivery": ["IRSA", "PodIdentity"],
                  "adoption": "Offered", "entitlement": "payments",
                  "conditions": [{"type": "Available", "status": "True", "reason": "Delivered",
                    "message": "available", "observedGeneration": 1, "lastTransitionTime": "2026-11-25T12:00:00Z"},
                    {"type": "Ready", "status": "False", "reason": "AccessDenied",
                    "message": "not allowed", "observedGeneration": 1, "lastTransitionTime": "2026-11-25T12:00:00Z"}]}}""");

        assertThat(CrdCommands.row(kubectl.get("get", "iamsa", "printed", "--namespace=" + NAMESPACE)))
                .isEqualTo(
                        "NAME READY REASON DELIVERY IAM ROLE AGE|printed False AccessDenied [\"IRSA\",\"PodIdentity\"] r _");
        assertThat(CrdCommands.row(kubectl.get("get", "iamsa", "printed", "--namespace=" + NAMESPACE, "-o=wide")))
                .isEqualTo("NAME READY REASON DELIVERY IAM ROLE AGE AVAILABLE ROLE ARN ENTITLEMENT ADOPTION MESSAGE|"
                        + "printed False AccessDenied [\"IRSA\",\"PodIdentity\"] r _ True arn:aws:iam::111122223333:role/r payments"
                        + " Offered not allowed");
    }

    @Test
    void printsARoleOfOthers(Kubectl kubectl) {
        kubectl.apply(BadSpec.manifest(
                        NAMESPACE, "external", "{externalRole: {arn: \"arn:aws:iam::111122223333:role/a\"}}"))
                .orThrow();
        kubectl.get(
                "patch", "iamsa", "external", "--namespace=" + NAMESPACE, "--subresource=status", "--type=merge", """
                --patch={"status": {"observedGeneration": 1,
                  "roleARN": "arn:aws:iam::111122223333:role/a", "roleName": "others-role"}}""");

        assertThat(CrdCommands.row(kubectl.get("get", "iamsa", "external", "--namespace=" + NAMESPACE)))
                .contains("|external", "others-role");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{externalRole: {arn: \"arn:aws:iam::444455556666:role/other\"}}",
                "{role: {name: a, path: /team/, adoption: IfOffered}, deletionPolicy: Retain}",
                "{role: {name: a, path: /team/, adoption: IfOffered}, deletionPolicy: Delete, policies: {managed: [A]}, delivery: [PodIdentity]}"
            })
    void changesOrAdoptsARoleOfOthers(String after, Kubectl kubectl) {
        String before = "{externalRole: {arn: \"arn:aws:iam::111122223333:role/team/a\"}}";
        kubectl.apply(BadSpec.manifest(NAMESPACE, "external-before", before)).orThrow();
        try {
            kubectl.apply(BadSpec.manifest(NAMESPACE, "external-before", after)).orThrow();
        } finally {
            kubectl.get("delete", "iamsa", "external-before", "--namespace=" + NAMESPACE);
        }
    }

    @Test
    void explainsFields(Kubectl kubectl) {
        assertThat(kubectl.get("explain", "iamsa.spec.role"))
                .contains("Every field has a default.", "maxSessionDurationSeconds", "3600 to 43200");
    }

    private static IamServiceAccount stored(Kubectl kubectl, String name) {
        var json = kubectl.get("get", "iamsa", name, "--namespace=" + NAMESPACE, "-o=json");
        return Serialization.unmarshal(json, IamServiceAccount.class);
    }
}
