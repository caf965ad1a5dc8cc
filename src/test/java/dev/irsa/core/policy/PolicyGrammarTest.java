package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyGrammarTest {
    private static final String GOOD = "Effect: Allow, Action: 's3:*', Resource: '*'";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{Version: '2012-10-17', Statement: {" + GOOD + "}}",
                "{Version: '2008-10-17', Id: x, Statement: [{" + GOOD + "}, {" + GOOD + "}]}",
                "{Version: '2012-10-17', Statement: [{Sid: a, Effect: Deny, NotAction: ['s3:*'], NotResource: [a, b], Condition: {}}]}"
            })
    void acceptsValidDocuments(String document) {
        assertThat(PolicyGrammar.problemsOf(read(document))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Version: 2012                     | Version is 2012; write "2012-10-17"
            Version: 2012-10-18               | Version is "2012-10-18"; write "2012-10-17"
            Id2: x                            | Id2 is unknown; it must be one of Id, Statement, Version
            Principal: x                      | Principal is not allowed in a policy of a role; remove it
            Statement: all                    | Statement is "all"; it must be a list with at least one statement
            Statement: []                     | Statement is []; it must be a list with at least one statement
            Statement: null                   | Statement is null; it must be a list with at least one statement
            Statement: [7]                    | Statement[0] is 7; it must be an object
            """)
    void reportsProblemOfDocument(String part, String problem) {
        String version = part.startsWith("Version") ? "" : "Version: '2012-10-17', ";
        String statement = part.startsWith("Statement") ? "" : ", Statement: {" + GOOD + "}";

        assertThat(PolicyGrammar.problemsOf(read("{" + version + part + statement + "}")))
                .containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Action: a, Resource: b                                    | Effect is missing; it must be Allow or Deny
            Effect: deny, Action: a, Resource: b                      | Effect is "deny"; it must be Allow or Deny
            Effect: Deny, Resource: b                                 | must have either Action or NotAction
            Effect: Deny, Action: a, NotAction: a, Resource: b        | must have either Action or NotAction
            Effect: Deny, Action: a                                   | must have either Resource or NotResource
            Effect: Deny, Action: a, Resource: b, NotResource: c      | must have either Resource or NotResource
            Effect: Deny, Action: 7, Resource: b                      | Action is 7; it must be a string or a list of strings
            Effect: Deny, NotAction: [a, 7], Resource: b              | NotAction is ["a",7]; it must be a string or a list of strings
            Effect: Deny, Action: a, Resource: []                     | Resource is []; it must be a string or a list of strings
            Effect: Deny, Action: a, NotResource: {}                  | NotResource is {}; it must be a string or a list of strings
            Effect: Deny, Action: a, Resource: b, Condition: [c]      | Condition is ["c"]; it must be an object
            Effect: Deny, Action: a, Resource: b, NotPrincipal: c     | NotPrincipal is not allowed in a policy of a role; remove it
            Effect: Deny, Action: a, Resource: b, effect: c           | effect is unknown; it must be one of Action, Condition, Effect, NotAction, NotResource, Resource, Sid
            """)
    void reportsProblemOfStatement(String statement, String problem) {
        String path = "Statement[1]" + (problem.startsWith("must") ? " " : ".");

        assertThat(PolicyGrammar.problemsOf(
                        read("{Version: '2012-10-17', Statement: [{" + GOOD + "}, {" + statement + "}]}")))
                .containsExactly(path + problem);
    }

    /** Otherwise, the key would fill the whole message. */
    @Test
    void truncatesLongKey() {
        String key = "k".repeat(5000);

        assertThat(PolicyGrammar.problemsOf(
                        read("{Version: '2012-10-17', Statement: {" + GOOD + ", ? " + key + " : x}}")))
                .singleElement()
                .asString()
                .startsWith("the key \"kkkk")
                .contains("k... in Statement is unknown")
                .hasSizeLessThan(300);
    }

    @Test
    void showsKeyOfSixtyCharactersInFull() {
        String key = "k".repeat(60);

        assertThat(PolicyGrammar.problemsOf(read("{Version: '2012-10-17', Statement: {" + GOOD + ", " + key + ": x}}")))
                .singleElement()
                .asString()
                .startsWith("Statement." + key + " is unknown; ");
    }

    @Test
    void readsSingleStatement() {
        assertThat(PolicyGrammar.problemsOf(read("{Version: '2012-10-17', Statement: {Action: a, Resource: b}}")))
                .containsExactly("Statement.Effect is missing; it must be Allow or Deny");
    }

    @ParameterizedTest
    @CsvSource({"58,60", "59,60"})
    void truncatesLongValue(int letters, int shown) {
        String text = "x".repeat(letters);
        String problem = PolicyGrammar.problemsOf(read("{Version: '2012-10-17', Statement: " + text + "}"))
                .getFirst();

        assertThat(problem.substring("Statement is ".length(), problem.indexOf(';')))
                .hasSize(shown)
                .endsWith(letters == 58 ? "x\"" : "...");
    }

    private static JsonNode read(String document) {
        return Serialization.unmarshal("---\n" + document, JsonNode.class);
    }
}
