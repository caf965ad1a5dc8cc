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
                "---\n" + yaml.replace("arn: E", "arn: '" + ARN + "'"), IamServiceAccountSpec.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | {externalRole: {arn: E}} | cannot be added later",
                "{externalRole: {arn: E}} | {} | can be removed only to adopt",
                "{externalRole: {arn: E}} | {role: {name: a, path: /team/}} | can be removed only to adopt",
                "{externalRole: {arn: E}} | {role: {name: a, path: /, adoption: IfOffered}} | can be removed only to adopt",
                "{externalRole: {arn: E}} | {role: {name: b, path: /team/, adoption: IfOffered}} | can be removed only to adopt",
                "{externalRole: {arn: E}} | {externalRole: {arn: E}, serviceAccounts: [{name: b}]} | serviceAccounts must contain invoices",
                "{externalRole: {arn: E}, serviceAccounts: [{name: b}]} | {externalRole: {arn: E}} | serviceAccounts must contain b",
                "{} | {serviceAccounts: [{name: b}]} | must contain invoices",
                "{role: {name: a}} | {role: {name: b}} | role.name is immutable",
                "{} | {account: a} | spec.account is immutable",
                "{account: a} | {account: b} | spec.account is immutable",
                "{account: a, externalRole: {arn: E}} | {externalRole: {arn: E}} | spec.account is immutable"
            })
    void reportsWhatTheApiServerWouldReject(String before, String after, String violation) {
        assertThat(ImmutableFields.violation("invoices", spec(before), spec(after))
                        .orElseThrow())
                .contains(violation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{externalRole: {arn: E}} | {externalRole: {arn: E}, suspend: true}",
                "{account: a} | {account: a, suspend: true}",
                "{externalRole: {arn: E}} | {externalRole: {arn: other}}",
                "{externalRole: {arn: E}} | {externalRole: {arn: E}, serviceAccounts: [{name: invoices, management: Ignore}]}",
                "{externalRole: {arn: E}, serviceAccounts: [{name: invoices}]} | {externalRole: {arn: E}}",
                "{} | {serviceAccounts: [{name: b}, {name: invoices}]}",
                "{serviceAccounts: [{name: b}, {name: invoices}]} | {serviceAccounts: [{name: b}]}",
                "{externalRole: {arn: E}} | {role: {name: a, path: /team/, adoption: IfOffered}}"
            })
    void acceptsWhatTheApiServerAccepts(String before, String after) {
        assertThat(ImmutableFields.violation("invoices", spec(before), spec(after)))
                .isEmpty();
    }
}
