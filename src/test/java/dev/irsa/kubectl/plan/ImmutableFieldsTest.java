package dev.irsa.kubectl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccountSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same changes of a role of others are in the tests of the schema. */
class ImmutableFieldsTest {
    private static final String ARN = "arn:aws:iam::111122223333:role/team/a";

    private static IamServiceAccountSpec spec(String yaml) {
        return Serialization.unmarshal(
                "---\n" + yaml.replace("external: E", "external: '" + ARN + "'"), IamServiceAccountSpec.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | {role: {external: E}} | cannot be added later",
                "{role: {external: E}} | {} | can be removed only to adopt",
                "{role: {external: E}} | {role: {name: a, path: /team/}} | can be removed only to adopt",
                "{role: {external: E}} | {role: {name: a, path: /, adopt: IfTagged}} | can be removed only to adopt",
                "{role: {external: E}} | {role: {name: b, path: /team/, adopt: IfTagged}} | can be removed only to adopt",
                "{role: {external: E}} | {role: {external: E}, serviceAccount: {name: b}} | serviceAccount.name is immutable",
                "{role: {name: a}} | {role: {name: b}} | role.name is immutable"
            })
    void reportsWhatTheApiServerWouldReject(String before, String after, String violation) {
        assertThat(ImmutableFields.violation(spec(before), spec(after)).orElseThrow())
                .contains(violation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{role: {external: E}} | {role: {external: E}, suspend: true}",
                "{role: {external: E}} | {role: {external: other}}",
                "{role: {external: E}} | {role: {name: a, path: /team/, adopt: IfTagged}}"
            })
    void acceptsWhatTheApiServerAccepts(String before, String after) {
        assertThat(ImmutableFields.violation(spec(before), spec(after))).isEmpty();
    }
}
