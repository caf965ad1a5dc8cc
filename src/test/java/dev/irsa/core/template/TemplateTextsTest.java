package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.template.Templates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTextsTest {
    private static final String ELSEWHERE =
            "placeholders are not allowed here; use them only in Resource and in the values of Condition";
    private static final String DENY = "placeholders are not allowed in statements that deny, because a value could"
            + " remove the denial; write the text itself";

    private static String problem(String place, String why) {
        return "document: " + place + ": " + why;
    }

    @Test
    void allowsPlaceholdersInResourcesAndConditionValues() {
        assertThat(Specs.problems("""
                {Effect: Allow, Action: '*', Resource: ['x', 'y/{{a}}'],
                 Condition: {StringEquals: {'aws:ResourceTag/a': '{{a}}', 'aws:ResourceTag/b': ['c', '{{b}}']},
                             'ForAnyValue:StringLike': {'aws:TagKeys': ['{{a}}*']},
                             Bool: {'aws:SecureTransport': true}, NumericLessThan: {'s3:max-keys': 5}}}
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sid: '{{a}}', Action: x, Resource: y | Sid",
                "Action: '{{a}}', Resource: y | Action",
                "Action: ['x', 's3:{{a}}'], Resource: y | Action[1]",
                "NotAction: '{{a}}', Resource: y | NotAction",
                "Action: x, NotResource: '{{a}}' | NotResource",
                "Action: x, NotResource: ['{{a}}'] | NotResource[0]",
                "Action: x, Resource: y, Condition: {'{{a}}': {k: v}} | Condition.{{a}}",
                "Action: x, Resource: y, Condition: {StringEquals: {'k/{{a}}': v}} | Condition.StringEquals.k/{{a}}",
                "Action: x, Resource: y, Condition: {StringEquals: '{{a}}'} | Condition.StringEquals",
                "Action: x, Resource: y, Condition: {StringEquals: ['{{a}}']} | Condition.StringEquals[0]",
                "Action: x, Resource: y, Condition: {StringEquals: {k: [['{{a}}']]}} | Condition.StringEquals.k[0][0]",
                "Action: x, Resource: y, Condition: {StringEquals: {k: {l: '{{a}}'}}} | Condition.StringEquals.k.l",
                "Action: x, Resource: y, Condition: {StringEquals: {k: [{l: 'v}}'}]}} | Condition.StringEquals.k[0].l",
                "Action: x, Resource: y, Condition: {StringEquals: {k: {'{{l': v}}} | Condition.StringEquals.k.{{l"
            })
    void refusesThemElsewhere(String members, String place) {
        assertThat(Specs.problems("{Effect: Allow, " + members + "}"))
                .containsExactly(problem("Statement[0]." + place, ELSEWHERE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Action: x, Resource: '{{a}}' | Resource",
                "Action: ['{{a}}'], Resource: y | Action[0]",
                "Action: x, Resource: y, Condition: {StringEquals: {k: '{{a}}'}} | Condition.StringEquals.k",
                "Action: x, Resource: y, Condition: {StringNotEquals: {k: ['{{a}}']}} | Condition.StringNotEquals.k[0]"
            })
    void refusesThemInStatementsThatDeny(String members, String place) {
        assertThat(Specs.problems("{Effect: Deny, " + members + "}"))
                .containsExactly(problem("Statement[0]." + place, DENY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"StringNotEquals", "stringnotlike", "Null", "BoolIfExists", "ForAllValues:StringLike"})
    void refusesThemWhereValueCouldWiden(String operator) {
        assertThat(Specs.problems("{Effect: Allow, Action: x, Resource: y, Condition: {'" + operator
                        + "': {k: ['v', '{{a}}']}}}"))
                .containsExactly(problem(
                        "Statement[0].Condition." + operator + ".k[1]",
                        "placeholders are not allowed under \"" + operator
                                + "\", because a value could widen the policy; use an operator such as StringEquals or"
                                + " StringLike"));
        assertThat(Specs.problems(
                        "{Effect: Allow, Action: x, Resource: y, Condition: {'" + operator + "': {k: ['v']}}}"))
                .isEmpty();
    }

    @Test
    void refusesMarksInIdAndVersion() {
        assertThat(PolicyTemplate.of("t", 1, Templates.spec("""
                        document:
                          Version: '2012-10-17'
                          Id: 'x}}'
                          Statement: {Effect: Allow, Action: x, Resource: 'arn:{{partition}}:s3:::b', Sid: '{{'}
                        """)).problems())
                .containsExactly(problem("Id", ELSEWHERE), problem("Statement.Sid", ELSEWHERE));
    }

    @Test
    void listsEveryString() {
        List<TemplateText> texts = TemplateTexts.of(Specs.json("""
                {"Version": "v", "Statement": [{"Effect": "Allow", "Action": ["a", "b"], "Resource": "r",
                 "Condition": {"Bool": {"k": [true, "c"]}}}]}
                """));

        assertThat(texts.stream().map(TemplateText::text))
                .containsExactly("v", "Allow", "a", "b", "r", "Bool", "k", "c");
        assertThat(texts.stream().map(TemplateText::path))
                .containsExactly(
                        "Version",
                        "Statement[0].Effect",
                        "Statement[0].Action[0]",
                        "Statement[0].Action[1]",
                        "Statement[0].Resource",
                        "Statement[0].Condition.Bool",
                        "Statement[0].Condition.Bool.k",
                        "Statement[0].Condition.Bool.k[1]");
    }

    @ParameterizedTest
    @CsvSource({"60, false", "61, true"})
    void shortensLongKeysInPaths(int length, boolean shortened) {
        String key = "k".repeat(length);
        List<TemplateText> texts =
                TemplateTexts.of(Specs.json("{\"Statement\": {\"Condition\": {\"" + key + "\": 1}}}"));

        assertThat(texts.getFirst().path())
                .isEqualTo("Statement.Condition." + (shortened ? "\"" + "k".repeat(56) + "..." : key));
        assertThat(texts.getFirst().text()).isEqualTo(key);
    }
}
