package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenyEffectTest {
    private static PolicyFingerprint of(String statements) {
        return PolicyDocument.parse("{\"Statement\":" + statements + "}").fingerprint();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Effect':'Deny','Action':'*','Resource':'*'}",
                "[{'Effect':'Deny','Action':['s3:Get*','*'],'Resource':['arn:aws:s3:::a','*']}]",
                "[{'Effect':'Deny','Action':'*:*','Resource':'**'}]",
                "[{'Effect':'Deny','Action':'*','Resource':'*','Condition':{}}]",
                "[{'Effect':'Deny','NotAction':[],'NotResource':[]}]",
                "[{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'*','Resource':'*'}]"
            })
    void deniesEverythingIfAStatementHasNoLimit(String statements) {
        PolicyFingerprint document = of(statements.replace('\'', '"'));

        assertThat(document.deniesEverything()).isTrue();
        assertThat(document.onlyDenies()).as("the Deny overrides every Allow").isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "'Deny'",
                "[{'Effect':'Deny'}]",
                "[{'Effect':'deny','Action':'*','Resource':'*'}]",
                "[{'Effect':'Allow','Action':'*','Resource':'*'}]",
                "[{'Effect':'Deny','Action':'*','Resource':'arn:aws:s3:::*'}]",
                "[{'Effect':'Deny','Action':['s3:*','iam:*'],'Resource':'*'}]",
                "[{'Effect':'Deny','NotAction':'iam:*','Resource':'*'}]",
                "[{'Effect':'Deny','NotAction':'*','Resource':'*'}]",
                "[{'Effect':'Deny','Action':'*','NotResource':'arn:aws:s3:::a'}]",
                "[{'Effect':'Deny','Action':'*','Resource':'*','Condition':{'Bool':{'aws:ViaAWSService':'false'}}}]",
                "[{'Effect':'Deny','Action':'*','Resource':'x'},{'Effect':'Deny','Action':'x','Resource':'*'}]"
            })
    void deniesLessIfEveryStatementHasALimit(String statements) {
        assertThat(of(statements.replace('\'', '"')).deniesEverything()).isFalse();
    }

    @Test
    void unknownDocumentDeniesNothing() {
        assertThat(PolicyFingerprint.UNKNOWN.deniesEverything()).isFalse();
    }
}
