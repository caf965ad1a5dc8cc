package dev.irsa.integration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Resources that were stored before the definition got the rules which they violate. Validation ratcheting of the API
 * server lets the operator write their status and finalizers, and lets users delete them. It covers the status since Kubernetes
 * 1.33. It does not cover rules at the root of the schema, because the root changes with every write.
 */
@ExtendWith(SharedMachine.class)
class AddedRuleIT {
    /** A group of its own, so that the definition of other tests does not change. */
    private static final String GROUP = "added-rules.example.com";

    private static final String DEFINITION = "iamserviceaccounts." + GROUP;
    private static final String NAMESPACE = "added-rules";
    private static final String RULES = "x-kubernetes-validations";

    private static final Map<String, String> SPECS = new TreeMap<>(Map.of(
            "role-name", "{role: {name: 'a b'}}",
            "role-tags", "{role: {tags: {'irsa.dev/cluster': mine}}}",
            "managed-policies", "{policies: {managed: ['a*']}}",
            "inline-policies", "{policies: {inline: [{name: 'a b', document: {}}]}}",
            "reserved-name", "{policies: {inline: [{name: AWSDenyAll, document: {}}]}}",
            "same-names", "{policies: {inline: [{name: read, document: {}}, {name: Read, document: {}}]}}",
            "carriage-return", "{role: {description: \"a\\rb\"}}",
            "audience", "{token: {audience: 'a*'}}",
            "service-account", "{serviceAccounts: [{name: 'A'}]}"));

    @BeforeAll
    static void storeResourcesBeforeTheRulesAreAdded(Kubectl kubectl) throws IOException {
        JsonNode today = today();
        ObjectNode older = today.deepCopy();
        older.findParents(RULES).forEach(schema -> ((ObjectNode) schema).remove(RULES));
        define(kubectl, older);
        kubectl.get("create", "namespace", NAMESPACE);
        SPECS.forEach((name, spec) -> kubectl.apply(manifest(name, spec)).orThrow());
        define(kubectl, today);
        Awaitility.await("the rules apply to new resources")
                .until(() -> SPECS.values().stream().noneMatch(spec -> isAccepted(kubectl, spec)));
    }

    @AfterAll
    static void leaveNothing(Kubectl kubectl) {
        kubectl.get("delete", "crd", DEFINITION, "--wait=false");
        kubectl.get("delete", "namespace", NAMESPACE, "--wait=false");
    }

    static List<String> names() {
        return List.copyOf(SPECS.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void canBeReconciledAndDeleted(String name, Kubectl kubectl) {
        assertThat(isAccepted(kubectl, SPECS.getOrDefault(name, ""))).isFalse();

        patch(kubectl, name, "merge", "{\"metadata\": {\"finalizers\": [\"" + IamServiceAccount.FINALIZER + "\"]}}");
        patch(kubectl, name, "merge", """
                {"status": {"observedGeneration": 1, "conditions": [{"type": "Ready", "status": "False",
                  "reason": "InvalidSpec", "message": "invalid", "observedGeneration": 1,
                  "lastTransitionTime": "2026-11-25T12:00:00Z"}]}}""", "--subresource=status");
        patch(kubectl, name, "merge", "{\"spec\": {\"suspend\": true}}");
        kubectl.get("delete", DEFINITION, name, "--namespace=" + NAMESPACE, "--wait=false");
        assertThat(kubectl.get(
                        "get",
                        DEFINITION,
                        name,
                        "--namespace=" + NAMESPACE,
                        "-o=jsonpath={.metadata.deletionTimestamp} {.spec.suspend} {.status.conditions[0].reason}"))
                .matches("\\S+ true InvalidSpec");
        patch(kubectl, name, "json", "[{\"op\": \"remove\", \"path\": \"/metadata/finalizers/0\"}]");

        kubectl.get("wait", "--for=delete", DEFINITION + "/" + name, "--namespace=" + NAMESPACE);
    }

    private static JsonNode today() throws IOException {
        ObjectNode definition = Serialization.unmarshal(
                Files.readString(Path.of("crds", "iamserviceaccounts.irsa.dev.yaml")), ObjectNode.class);
        ((ObjectNode) definition.path("metadata")).put("name", DEFINITION);
        ((ObjectNode) definition.path("spec")).put("group", GROUP);
        return definition;
    }

    private static void define(Kubectl kubectl, JsonNode definition) {
        kubectl.apply(Serialization.asJson(definition)).orThrow();
        kubectl.get("wait", "--for=condition=Established", "crd/" + DEFINITION);
    }

    private static boolean isAccepted(Kubectl kubectl, String spec) {
        Command.Result result = kubectl.run(
                manifest("another", spec), List.of("create", "--validate=strict", "--dry-run=server", "--filename=-"));
        return result.exitCode() == 0;
    }

    private static void patch(Kubectl kubectl, String name, String type, String patch, String... options) {
        var arguments = new ArrayList<>(
                List.of("patch", DEFINITION, name, "--namespace=" + NAMESPACE, "--type=" + type, "--patch=" + patch));
        arguments.addAll(List.of(options));
        kubectl.run("", arguments).orThrow();
    }

    private static String manifest(String name, String spec) {
        return BadSpec.manifest(NAMESPACE, name, spec).replace("irsa.dev/v1beta1", GROUP + "/v1beta1");
    }
}
