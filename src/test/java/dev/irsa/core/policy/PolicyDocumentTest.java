package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"Statement":[]}                                          | {"Version":"2008-10-17","Statement":[]}
            {"Statement":{"Action":"s3:Get*"}}                        | {"Statement":[{"Action":["S3:gET*"]}]}
            {"Statement":[{"NotAction":["a:B","c:D"]}]}               | {"Statement":[{"NotAction":["c:d","a:b"]}]}
            {"Statement":[{"NotResource":["a","b"]}]}                 | {"Statement":[{"NotResource":["b","a"]}]}
            {"Statement":[{"NotPrincipal":"*"}]}                      | {"Statement":[{"NotPrincipal":{"AWS":["*"]}}]}
            {"Statement":[{"Principal":{"AWS":"111122223333"}}]}      | {"Statement":[{"Principal":{"AWS":"arn:aws-cn:iam::111122223333:root"}}]}
            {"Statement":[{"Principal":{"AWS":111122223333}}]}        | {"Statement":[{"Principal":{"AWS":"111122223333"}}]}
            {"Statement":[{"Condition":{"Bool":{"k":true}}}]}         | {"Statement":[{"Condition":{"Bool":{"k":["true"]}}}]}
            {"Statement":[{"Condition":{"NumericEquals":{"k":5}}}]}   | {"Statement":[{"Condition":{"NumericEquals":{"k":"5"}}}]}
            {"Statement":[{"Sid":""}]}                                | {"Statement":[{}]}
            {"Statement":[{"Sid":"a"},{"Sid":"b"}]}                   | {"Statement":[{"Sid":"b"},{"Sid":"a"},{"Sid":"b"}]}
            {"Id":{"a":[1],"b":2},"Statement":[]}                     | {"Statement":[],"Id":{"b":2,"a":[1]}}
            """)
    void areEqualIfIamTreatsThemAsEqual(String one, String other) {
        assertThat(PolicyDocument.parse(one)).isEqualTo(PolicyDocument.parse(other));
        assertThat(PolicyDocument.parse(other)).isEqualTo(PolicyDocument.parse(one));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"Statement":[]}                                          | {"Version":"2012-10-17","Statement":[]}
            {"Statement":[{"Sid":"a"}]}                               | {"Statement":[{"Sid":"A"}]}
            {"Statement":[{"Sid":"a"}]}                               | {"Statement":[{}]}
            {"Statement":[{"Sid":[]}]}                                | {"Statement":[{}]}
            {"Statement":[{"Effect":"Allow"}]}                        | {"Statement":[{"Effect":"Deny"}]}
            {"Statement":[{"Action":"s3:Get*"}]}                      | {"Statement":[{"NotAction":"s3:Get*"}]}
            {"Statement":[{"Action":"a,b"}]}                          | {"Statement":[{"Action":["a","b"]}]}
            {"Statement":[{"Action":"a\\", \\"b"}]}                   | {"Statement":[{"Action":["a","b"]}]}
            {"Statement":[{"Action":[]}]}                             | {"Statement":[{}]}
            {"Statement":[{"Action":null}]}                           | {"Statement":[{"Action":"null"}]}
            {"Statement":[{"Resource":"arn:A"}]}                      | {"Statement":[{"Resource":"arn:a"}]}
            {"Statement":[{"Resource":"a"}]}                          | {"Statement":[{"NotResource":"a"}]}
            {"Statement":[{"Principal":"*"}]}                         | {"Statement":[{"Principal":{"Federated":"*"}}]}
            {"Statement":[{"Principal":"*"}]}                         | {"Statement":[{"NotPrincipal":"*"}]}
            {"Statement":[{"Principal":"x"}]}                         | {"Statement":[{"Principal":{"AWS":"x"}}]}
            {"Statement":[{"Principal":["x"]}]}                       | {"Statement":[{"Principal":{}}]}
            {"Statement":[{"Principal":{"Federated":"111122223333"}}]} | {"Statement":[{"Principal":{"Federated":"arn:aws:iam::111122223333:root"}}]}
            {"Statement":[{"Condition":{"Bool":{"k":"true"}}}]}       | {"Statement":[{"Condition":{"Bool":{"k":"True"}}}]}
            {"Statement":[{"Condition":{"Bool":{"k":"true"}}}]}       | {"Statement":[{"Condition":{"Null":{"k":"true"}}}]}
            {"Statement":[{"Condition":{}}]}                          | {"Statement":[{"Condition":"never"}]}
            {"Statement":[{"Condition":{}}]}                          | {"Statement":[{"Condition":["never"]}]}
            {"Statement":[{"Condition":{"Bool":{}}}]}                 | {"Statement":[{"Condition":{"Bool":"never"}}]}
            {"Statement":[{"Condition":"a"}]} | {"Statement":[{"Condition":"b"}]}
            {"Statement":[{"Condition":{"Bool":"a"}}]} | {"Statement":[{"Condition":{"Bool":"b"}}]}
            {"Statement":[{"Principal":"a"}]} | {"Statement":[{"Principal":"b"}]}
            {"Statement":["a"]} | {"Statement":["b"]}
            {"Statement":[{"Action":{"a":1}}]} | {"Statement":[{"Action":{"a":2}}]}
            {"Statement":[{"Action":{"a":1}}]} | {"Statement":[{"Action":[]}]}
            {"Statement":"x"}                                         | {"Statement":{}}
            {"Id":[1,2],"Statement":[]}                               | {"Id":[2,1],"Statement":[]}
            """)
    void differIfIamMayTreatThemDifferently(String one, String other) {
        assertThat(PolicyDocument.parse(one)).isNotEqualTo(PolicyDocument.parse(other));
        assertThat(PolicyDocument.parse(other)).isNotEqualTo(PolicyDocument.parse(one));
    }

    @Test
    void differentDocumentsHaveDifferentHashCodes() {
        assertThat(PolicyDocument.parse("{\"Id\":\"a\"}")).doesNotHaveSameHashCodeAs(PolicyDocument.parse("{}"));
    }

    @Test
    void doesNotEqualText() {
        assertThat(PolicyDocument.parse("{}").equals(new Object())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"text\"", "7", "null"})
    void refusesTextThatIsNotAJsonObject(String text) {
        assertThatThrownBy(() -> PolicyDocument.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a JSON object");
    }

    @Test
    void reportsJsonError() {
        assertThatThrownBy(() -> PolicyDocument.parse("{\"a\":"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON: ");
    }

    @Test
    void countsSizeWithoutWhiteSpace() {
        PolicyDocument document = PolicyDocument.parse("{ \"Id\" :\n\t\"a b\\tc\" }");

        assertThat(document.text()).isEqualTo("{\"Id\":\"a b\\tc\"}");
        assertThat(document.size()).isEqualTo("{\"Id\":\"ab\\tc\"}".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Statement\":{\"Effect\":\"Deny\"}}",
                "{\"Statement\":[{\"Effect\":\"Deny\"},{\"Effect\":\"Deny\"}]}"
            })
    void onlyDeniesIfEveryStatementDenies(String document) {
        assertThat(PolicyDocument.parse(document).onlyDenies()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Statement\":[]}",
                "{\"Statement\":\"Deny\"}",
                "{\"Statement\":{\"Effect\":\"Allow\"}}",
                "{\"Statement\":[{\"Effect\":\"Allow\"},{\"Effect\":\"Deny\"}]}",
                "{\"Statement\":[{\"Effect\":\"Deny\"},{\"Effect\":\"Allow\"}]}",
                "{\"Statement\":[{\"Effect\":\"Deny\"},\"Deny\"]}"
            })
    void doesNotOnlyDenyIfAStatementMayAllow(String document) {
        assertThat(PolicyDocument.parse(document).onlyDenies()).isFalse();
    }
}
