package dev.irsa.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Follows Kubernetes, "Labels and Selectors". {@link NamespaceSelectorIT} compares it with a real API server. */
class NamespaceSelectorTest {
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {} | true",
                "{} | {team: a} | true",
                "{matchLabels: {team: a}} | {team: a, stage: live} | true",
                "{matchLabels: {team: a}} | {team: A} | false",
                "{matchLabels: {team: a}} | {} | false",
                "{matchLabels: {team: ''}} | {} | false",
                "{matchLabels: {team: ''}} | {team: ''} | true",
                "{matchLabels: {team: a, stage: live}} | {team: a} | false",
                "{matchExpressions: [{key: team, operator: In, values: [a, b]}]} | {team: b} | true",
                "{matchExpressions: [{key: team, operator: In, values: [a, b]}]} | {team: c} | false",
                "{matchExpressions: [{key: team, operator: In, values: [a, b]}]} | {} | false",
                "{matchExpressions: [{key: team, operator: NotIn, values: [a]}]} | {team: b} | true",
                "{matchExpressions: [{key: team, operator: NotIn, values: [a]}]} | {team: a} | false",
                "{matchExpressions: [{key: team, operator: NotIn, values: [a]}]} | {} | true",
                "{matchExpressions: [{key: team, operator: Exists}]} | {team: ''} | true",
                "{matchExpressions: [{key: team, operator: Exists}]} | {} | false",
                "{matchExpressions: [{key: team, operator: DoesNotExist}]} | {team: ''} | false",
                "{matchExpressions: [{key: team, operator: DoesNotExist}]} | {stage: live} | true",
                "{matchExpressions: [{key: a, operator: Exists}, {key: b, operator: DoesNotExist}]} | {a: x} | true",
                "{matchExpressions: [{key: a, operator: Exists}, {key: b, operator: Exists}]} | {a: x} | false",
                "{matchLabels: {a: x}, matchExpressions: [{key: b, operator: Exists}]} | {a: x} | false",
                "{matchLabels: {a: x}, matchExpressions: [{key: b, operator: Exists}]} | {b: x} | false",
                "{matchLabels: {a: x}, matchExpressions: [{key: b, operator: Exists}]} | {a: x, b: y} | true",
            })
    void selectsAsKubernetesDoes(String selector, String labels, boolean selected) {
        assertThat(Serialization.unmarshal("---\n" + selector, NamespaceSelector.class)
                        .selects(labels(labels)))
                .isEqualTo(selected);
    }

    @Test
    void missingSelectorSelectsNothing() {
        assertThat(Serialization.unmarshal("---\n{allow: {managedPolicies: [A]}}", IamEntitlementSpec.class)
                        .selects(Map.of()))
                .isFalse();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> labels(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, Map.class);
    }
}
