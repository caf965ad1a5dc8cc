package dev.irsa.integration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.NamespaceSelector;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a selector of an entitlement selects the same namespaces as the equivalent selector of kubectl. */
@ExtendWith(SharedMachine.class)
class NamespaceSelectorIT {
    private static final String PREFIX = "selected-";

    /** The labels of each namespace. */
    private static final Map<String, String> LABELS = new TreeMap<>(Map.of(
            PREFIX + "none", "",
            PREFIX + "a", "team=a",
            PREFIX + "b", "team=b",
            PREFIX + "empty", "team=",
            PREFIX + "a-live", "team=a,stage=live",
            PREFIX + "live", "stage=live"));

    @BeforeAll
    static void createNamespaces(Kubectl kubectl) {
        LABELS.forEach((name, labels) -> {
            kubectl.get("create", "namespace", name);
            if (!labels.isEmpty()) {
                kubectl.run("", List.of(("label namespace " + name + " " + labels.replace(',', ' ')).split(" ", -1)))
                        .orThrow();
            }
        });
    }

    @AfterAll
    static void deleteNamespaces(Kubectl kubectl) {
        LABELS.keySet().forEach(name -> kubectl.get("delete", "namespace", name, "--wait=false"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{matchLabels: {team: a}} | team=a",
                "{matchLabels: {team: ''}} | team=",
                "{matchLabels: {team: a, stage: live}} | team=a,stage=live",
                "{matchExpressions: [{key: team, operator: In, values: [a, b]}]} | team in (a,b)",
                "{matchExpressions: [{key: team, operator: NotIn, values: [a]}]} | team notin (a)",
                "{matchExpressions: [{key: team, operator: NotIn, values: ['']}]} | team notin ()",
                "{matchExpressions: [{key: team, operator: Exists}]} | team",
                "{matchExpressions: [{key: team, operator: DoesNotExist}]} | !team",
                "{matchLabels: {stage: live}, matchExpressions: [{key: team, operator: NotIn, values: [b]}]} |"
                        + " stage=live,team notin (b)",
            })
    void selectsSameNamespacesAsKubectl(String spec, String kubectlSelector, Kubectl kubectl) {
        NamespaceSelector selector = Serialization.unmarshal("---\n" + spec, NamespaceSelector.class);
        List<String> found = kubectl.get("get", "namespaces", "-o=name", "--selector=" + kubectlSelector)
                .lines()
                .map(line -> line.substring("namespace/".length()))
                .filter(LABELS::containsKey)
                .toList();

        List<String> selected = LABELS.entrySet().stream()
                .filter(namespace -> selector.selects(labels(namespace.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(selected).isNotEmpty().containsExactlyElementsOf(found);
    }

    private static Map<String, String> labels(String text) {
        return text.isEmpty()
                ? Map.of()
                : List.of(text.split(",", -1)).stream()
                        .map(label -> label.split("=", 2))
                        .collect(Collectors.toMap(label -> label[0], label -> label[1]));
    }
}
