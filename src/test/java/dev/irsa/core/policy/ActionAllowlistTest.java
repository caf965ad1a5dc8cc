package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.irsa.fixtures.policy.HardQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionAllowlistTest {
    @ParameterizedTest
    @CsvSource({
        "s3:GetObject,                  s3:Get*",
        "S3:GETOBJECT,                  s3:getobject",
        "s3:getobject,                  S3:GetObject",
        "s3:Get*,                       s3:Get*",
        "s3:Get*,                       s3:*",
        "s3:Get*,                       *",
        "*,                             *",
        "s3:**,                         s3:*",
        "s3:*,                          s3:? s3:??*",
        "s3:Get* sqs:SendMessage,       sqs:Send* s3:Get* s3:List*",
        "s3:GetObject,                  s3:GetBucket* s3:GetObject",
    })
    void allowsActionsWithinLimit(String actions, String limit) {
        assertThat(limit(limit).excessOf(allowing(actions.split(" +", -1)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3:PutObject      | s3:Get* s3:List*  | "s3:PutObject" is not covered by allow.inlineActions
            S3:putobject      | s3:PutObjectAcl   | "S3:putobject" is not covered by allow.inlineActions
            ec2:GetObject     | s3:Get*           | "ec2:GetObject" is not covered by allow.inlineActions
            s:3Get            | s3:Get*           | "s:3Get" is not covered by allow.inlineActions
            S3:*              | s3:Get*           | "S3:*" is not covered by allow.inlineActions, for example "s3:X"
            s3:Get*           | s3:GetObject*     | "s3:Get*" is not covered by allow.inlineActions, for example "s3:Get"
            s3:Get*           | s3:Get s3:Get?    | "s3:Get*" is not covered by allow.inlineActions, for example "s3:GetXX"
            s3:?*             | s3:?              | "s3:?*" is not covered by allow.inlineActions, for example "s3:XX"
            iam:*             | s3:* ec2:*        | "iam:*" is not covered by allow.inlineActions, for example "iam:X"
            *                 | s3:* ec2:*        | "*" allows all actions, which requires "*" in allow.inlineActions
            """)
    void reportsActionOutsideLimit(String action, String limit, String problem) {
        assertThat(limit(limit).excessOf(allowing("s3:Get", action)))
                .last()
                .isEqualTo("Statement[0].Action[1] " + problem);
    }

    @Test
    void allowsOnlyDenialsWithoutPatterns() {
        ActionAllowlist nothing = ActionAllowlist.of(List.of());

        assertThat(nothing.excessOf(policy("Deny", "NotAction", "s3:*"))).isEmpty();
        assertThat(nothing.excessOf(allowing("s3:GetObject")))
                .containsExactly("Statement[0].Action[0] \"s3:GetObject\" is not covered by allow.inlineActions");
    }

    @Test
    void allowsNotActionOnlyIfAllActionsAreAllowed() {
        JsonNode document = policy("Allow", "NotAction", "*");

        assertThat(limit("*").excessOf(document)).isEmpty();
        assertThat(limit("s3:* iam:*").excessOf(document))
                .containsExactly(
                        "Statement[0].NotAction allows all actions except the listed ones, which requires \"*\" in allow.inlineActions");
    }

    @Test
    void refusesAmbiguousDocumentEvenIfAllActionsAreAllowed() {
        ObjectNode document = allowing("s3*");

        assertThat(limit("*").excessOf(document))
                .containsExactly(
                        "Statement[0].Action[0] \"s3*\" is not an action; write service:Name, such as s3:GetObject, or a single *");
        assertThat(limit("*").excessOf(document.put("action", "*")))
                .containsExactly("action is unknown; it must be one of Id, Statement, Version");
    }

    @Test
    void reportsEveryActionOutsideLimit() {
        assertThat(limit("s3:Get*").excessOf(allowing("s3:PutObject", "s3:GetObject", "sqs:*")))
                .containsExactly(
                        "Statement[0].Action[0] \"s3:PutObject\" is not covered by allow.inlineActions",
                        "Statement[0].Action[2] \"sqs:*\" is not covered by allow.inlineActions, for example \"sqs:X\"");
    }

    /** Uses as many characters as IAM allows for all inline policies of a role. */
    @Test
    void decidesLongestPatterns() {
        String literal = "s3:" + "a".repeat(10_000);
        String stars = "s3:" + "a*".repeat(5_000);
        String questions = "s3:" + "?*".repeat(5_000);

        assertThat(limit("s3:a*").excessOf(allowing(literal, stars))).isEmpty();
        assertThat(limit("s3:*a* s3:??*").excessOf(allowing(literal, stars, questions)))
                .isEmpty();
        assertThat(limit("s3:b*").excessOf(allowing(literal)))
                .singleElement()
                .asString()
                .hasSizeLessThan(150)
                .endsWith("aaa... is not covered by allow.inlineActions");
    }

    /** Many patterns that include each other in all combinations stay within the search budget. */
    @Test
    void decidesManyPatternsOnBothSides() {
        String[] limit = new String[300];
        String[] actions = new String[900];
        Arrays.setAll(limit, i -> "ec2:" + (i % 3 == 0 ? "*" : "Describe*") + "Thing" + i + "*");
        Arrays.setAll(actions, i -> "ec2:DescribeThe*Thing" + i % 300 + "For*Thing" + (i + 1) % 300 + "*");

        assertThat(ActionAllowlist.of(List.of(limit)).excessOf(allowing(actions)))
                .isEmpty();
    }

    @Test
    void treatsUndecidedPatternAsOutsideLimit() {
        ActionAllowlist limit = ActionAllowlist.of(
                HardQuestion.union(30).stream().map(names -> "s3:" + names).toList());

        assertThat(limit.excessOf(allowing("s3:ab", "s3:" + HardQuestion.pattern(30))))
                .last()
                .asString()
                .startsWith("Statement[0].Action[1] \"s3:*ab*ab")
                .endsWith(" is too complex to compare with allow.inlineActions; use fewer wildcards");
    }

    @Test
    void returnsOnlyPoliciesWithExcess() {
        assertThat(limit("s3:Get*")
                        .excessOf(Map.of(
                                "read", allowing("s3:GetObject"),
                                "write", allowing("s3:PutObject"),
                                "broken", JsonNodeFactory.instance.objectNode())))
                .containsOnlyKeys("broken", "write")
                .containsEntry(
                        "write",
                        List.of("Statement[0].Action[0] \"s3:PutObject\" is not covered by allow.inlineActions"));
    }

    @Test
    void sharesBudgetBetweenPoliciesOfRole() {
        ActionAllowlist limit = ActionAllowlist.of(
                HardQuestion.union(30).stream().map(names -> "s3:" + names).toList());
        Map<String, JsonNode> policies =
                Map.of("a", allowing("s3:" + HardQuestion.pattern(30)), "b", allowing("s3:ab"));

        assertThat(limit.excessOf(new TreeMap<>(policies)).get("b"))
                .singleElement()
                .asString()
                .contains(" is too complex to compare with allow.inlineActions");
    }

    @Test
    void refusesInvalidPatterns() {
        List<String> patterns = List.of("s3:*", "s3*", "*", "**");

        assertThat(ActionAllowlist.problemsOf(patterns))
                .containsExactly(
                        "allow.inlineActions[1] \"s3*\" is not an action; write service:Name, such as s3:GetObject, or a single *",
                        "allow.inlineActions[3] \"**\" is not an action; write service:Name, such as s3:GetObject, or a single *");
        assertThat(ActionAllowlist.problemsOf(List.of("*", "s3:*"))).isEmpty();
        assertThatThrownBy(() -> ActionAllowlist.of(patterns)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ActionAllowlist limit(String patterns) {
        return ActionAllowlist.of(Arrays.asList(patterns.split(" +", -1)));
    }

    private static ObjectNode allowing(String... actions) {
        return policy("Allow", "Action", actions);
    }

    private static ObjectNode policy(String effect, String element, String... actions) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ObjectNode statement = document.putArray("Statement").addObject();
        statement.put("Effect", effect).put("Resource", "*");
        Arrays.asList(actions).forEach(statement.putArray(element)::add);
        return document;
    }
}
