package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.irsa.core.policy.PolicyActions.AllBut;
import dev.irsa.core.policy.PolicyActions.Listed;
import dev.irsa.core.policy.PolicyActions.Read;
import dev.irsa.core.policy.PolicyActions.Refused;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyActionsTest {
    @Test
    void readsAllAllowStatementsWithPaths() {
        assertThat(of("""
                        - {Effect: Allow, Action: 's3:Get*', Resource: '*'}
                        - {Effect: Deny, Action: ['*', 'not even an action'], Resource: '*'}
                        - {Effect: Deny, NotAction: 's3:*', Resource: '*'}
                        - {Effect: Allow, Action: ['SQS:SendMessage', '*'], NotResource: a, Condition: {Bool: {a: b}}}
                        - {Effect: Allow, NotAction: ['iam:*', 'not even an action'], Resource: '*'}
                        """))
                .isEqualTo(new Read(List.of(
                        new Listed("Statement[0].Action", new ActionPattern("s3:Get*")),
                        new Listed("Statement[3].Action[0]", new ActionPattern("SQS:SendMessage")),
                        new Listed("Statement[3].Action[1]", new ActionPattern("*")),
                        new AllBut("Statement[4].NotAction"))));
    }

    @Test
    void readsSingleStatement() {
        assertThat(of("{Effect: Allow, Action: ['a:b'], Resource: '*'}"))
                .isEqualTo(new Read(List.of(new Listed("Statement.Action[0]", new ActionPattern("a:b")))));
    }

    @Test
    void reportsAllInvalidPatterns() {
        assertThat(of("""
                        - {Effect: Allow, Action: ['s3*', 's3:*', '*:*'], Resource: '*'}
                        - {Effect: Allow, Action: '', Resource: '*'}
                        """))
                .isEqualTo(
                        new Refused(
                                List.of(
                                        "Statement[0].Action[0] \"s3*\" is not an action; write service:Name, such as s3:GetObject, or a single *",
                                        "Statement[0].Action[2] \"*:*\" has a wildcard in its service; write the full service, or a single *",
                                        "Statement[1].Action \"\" is not an action; write service:Name, such as s3:GetObject, or a single *")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Effect: Deny, Action: 's3:*', action: '*'                  | .action is unknown
            Effect: Deny, Action: 's3:*', ACTION: '*'                  | .ACTION is unknown
            Effect: Deny, Action: 's3:*', 'Action ': '*'               | .Action  is unknown
            Effect: Deny, Action: 's3:*', \u0410ction: '*'             | .\u0410ction is unknown
            Effect: Deny, Action: 's3:*', 'Not Action': '*'            | .Not Action is unknown
            Effect: Deny, Action: 's3:*', notaction: '*'               | .notaction is unknown
            Effect: Deny, Action: 's3:*', effect: Allow                | .effect is unknown
            Effect: Deny, Action: 's3:*', Principal: '*'               | .Principal is not allowed
            Effect: Deny, Action: 's3:*', NotPrincipal: '*'            | .NotPrincipal is not allowed
            Effect: Deny, Action: 's3:*', Statement: []                | .Statement is unknown
            Effect: allow, Action: 's3:*'                              | .Effect is "allow"
            Effect: ALLOW, Action: 's3:*'                              | .Effect is "ALLOW"
            Effect: deny, Action: 's3:*'                               | .Effect is "deny"
            Effect: 'Deny ', Action: 's3:*'                            | .Effect is "Deny "
            Effect: [Deny], Action: 's3:*'                             | .Effect is ["Deny"]
            Effect: {Deny: Deny}, Action: 's3:*'                       | .Effect is {"Deny":"Deny"}
            Effect: null, Action: 's3:*'                               | .Effect is null
            Action: 's3:*'                                             | .Effect is missing
            Effect: Allow                                              | ` must have either Action or NotAction`
            Effect: Allow, Action: 's3:*', NotAction: 's3:*'           | ` must have either Action or NotAction`
            Effect: Allow, Action: 7                                   | .Action is 7
            Effect: Allow, Action: null                                | .Action is null
            Effect: Allow, Action: []                                  | .Action is []
            Effect: Allow, Action: ['s3:*', ['*']]                     | .Action is ["s3:*",["*"]]
            Effect: Allow, Action: {a: 's3:*'}                         | .Action is {"a":"s3:*"}
            Effect: Allow, NotAction: true                             | .NotAction is true
            """)
    void refusesInvalidStatement(String statement, String problem) {
        String statements = "[{Effect: Deny, Action: 'a:b', Resource: '*'}, {" + statement + ", Resource: '*'}]";

        assertThat(of(statements))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .startsWith("Statement[1]" + problem));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "'*'",
                "[]",
                "[{Effect: Allow}]",
                "{}",
                "{Version: '2012-10-17'}",
                "{Version: '2012-10-17', Statement: []}",
                "{Version: '2012-10-17', Statement: [[]]}",
                "{Version: '2012-10-17', statement: []}",
            })
    void refusesInvalidDocument(String document) {
        assertThat(PolicyActions.of(read(document)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problems()).isNotEmpty());
    }

    @Test
    void refusesMissingDocument() {
        assertThat(PolicyActions.of(NullNode.getInstance()))
                .isEqualTo(new Refused(List.of("the document is null; it must be an object")));
        assertThat(PolicyActions.of(MissingNode.getInstance()))
                .isEqualTo(new Refused(List.of("the document is missing; it must be an object")));
    }

    private static PolicyActions of(String statements) {
        boolean block = statements.startsWith("-");
        return PolicyActions.of(read("Version: '2012-10-17'\nStatement:" + (block ? "\n" : " ") + statements));
    }

    private static JsonNode read(String document) {
        return Serialization.unmarshal("---\n" + document, JsonNode.class);
    }
}
