package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderCheckTest {
    private static final String STRAY =
            "{{ or }} is not part of a placeholder; write {{name}} without spaces, and no other {{ or }}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{a}}",
                "{{c}}",
                "{{c}}/x:*",
                "{{a}}-{{b}}",
                "{{a}}*",
                "*{{a}}?",
                "arn:{{partition}}:s3:::{{a}}/{{b}}*",
                "arn:aws:sqs:{{region}}:{{account}}:{{c}}",
                "arn:aws:logs:{{region}}:{{account}}:log-group:{{c}}",
                "home/${aws:username}/{{a}}/${aws:userid}",
                "${aws:username} {{a}}",
                "{x} {{a}} $ {y}",
                "{{a}} ${aws:username",
                "{{partition}}*",
                "*{{account}}-{{region}}x"
            })
    void acceptsDelimitedPlaceholders(String resource) {
        assertThat(Specs.resourceProblems(resource)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'${aws:PrincipalTag/{{a}}}', a",
        "'${x {{a}} }', a",
        "'${x ${y} {{b}} }', b",
        "'} ${x {{a}}', a",
        "'${${x} {{a}}', a",
        "'${{{a}} }', a",
        "'${aws:x/{{namespace}} }', namespace"
    })
    void refusesPlaceholdersInVariables(String resource, String name) {
        assertThat(Specs.resourceProblems(resource))
                .contains("{{" + name
                        + "}} is inside a policy variable; a value cannot choose a variable; write its name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${{a}}",
                "{{{a}}}",
                "x{{{a}} y",
                "x {{a}}}",
                "x}{{a}}",
                "{{a}}$",
                "{{a}}${aws:username}",
                "{{a}}{x}",
                "{{a}}{{b}}",
                "${aws:username}{{a}}"
            })
    void refusesPlaceholdersNextToBracesAndDollars(String resource) {
        assertThat(Specs.resourceProblems(resource))
                .contains("{{a}} is next to {, } or $; together they could form a policy variable; separate them");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{",
                "}}",
                "{{ a }}",
                "{{a-b}}",
                "{{}}",
                "{{1}}",
                "{{a}} {{",
                "}} {{a}}",
                "{{\u00E9}}",
                "{{a.b}}"
            })
    void refusesMarksOutsideOfPlaceholders(String resource) {
        assertThat(Specs.resourceProblems(resource)).containsExactly(STRAY);
    }

    @Test
    void refusesUnknownPlaceholders() {
        assertThat(Specs.resourceProblems("x/{{A}}/{{buckett}}"))
                .containsExactly(
                        "{{A}} is unknown; use one of a, account, b, c, cluster, namespace, partition, region,"
                                + " serviceAccount, or add a parameter",
                        "{{buckett}} is unknown; use one of a, account, b, c, cluster, namespace, partition, region,"
                                + " serviceAccount, or add a parameter");
    }

    @ParameterizedTest
    @CsvSource({
        "namespace, '/:_.'",
        "serviceAccount, '/:_'",
        "cluster, '/:'",
    })
    void requiresDelimiterBehindNamesOfUsers(String name, String delimiters) {
        String placeholder = "{{" + name + "}}";
        String listed = String.join(" ", delimiters.split("", -1)).strip();
        assertThat(Specs.resourceProblems("x-" + placeholder)).isEmpty();
        for (char next = '!'; next <= '~'; next++) {
            if ("{}$'\\".indexOf(next) < 0) {
                assertThat(Specs.resourceProblems("x-" + placeholder + next + "*")
                                .isEmpty())
                        .as("%s", next)
                        .isEqualTo(delimiters.indexOf(next) >= 0);
            }
        }
        assertThat(Specs.resourceProblems("x/" + placeholder + "-*"))
                .containsExactly(placeholder + " is not at the end of the text and not followed by one of " + listed
                        + "; the names a and a-b would be confused; insert one behind it");
    }

    @ParameterizedTest
    @CsvSource({
        "'{{a}}-{{namespace}}', false",
        "'*{{namespace}}', false",
        "'*-{{namespace}}', false",
        "'x/?{{namespace}}', false",
        "'${aws:username}-{{namespace}}', false",
        "'/{{a}}-{{namespace}}/*', false",
        "'{{a}}/{{namespace}}', true",
        "'*/x-{{namespace}}', true",
        "'{{a}}_{{namespace}}', true",
        "'{{a}}.{{namespace}}', true",
        "'{{a}}:{{namespace}}', true",
        "'*.{{serviceAccount}}', false",
        "'{{namespace}}.{{serviceAccount}}', false",
        "'{{namespace}}_{{serviceAccount}}', true",
        "'{{namespace}}/{{serviceAccount}}/*', true",
        "'*_{{cluster}}', false",
        "'*/{{cluster}}', true",
        "'x-{{account}}-{{region}}-{{partition}}-{{namespace}}', true",
        "'x-{{account}}{{region}}-{{namespace}}', false",
        "'*{{account}}-{{namespace}}', false",
        "'x-{{namespace}}', true",
        "'{{cluster}}/{{namespace}}', true"
    })
    void requiresDelimiterBetweenVariableTextAndNamesOfUsers(String resource, boolean accepted) {
        assertThat(Specs.resourceProblems(resource).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void explainsMissingDelimiterInFront() {
        assertThat(Specs.resourceProblems("x/{{a}}-{{namespace}}"))
                .containsExactly("{{namespace}} follows a wildcard, a placeholder or a policy variable without one of"
                        + " / : _ . between them; the names a and a-b would be confused; insert one");
    }

    @ParameterizedTest
    @CsvSource({
        "'arn:aws:sqs:eu-west-1:111122223333:{{c}}', true",
        "'arn:{{partition}}:sqs:{{region}}:{{account}}:x{{c}}', true",
        "'arn:aws:s3:::{{a}}/{{c}}', true",
        "'{{c}}', true",
        "'{{c}}:x', true",
        "'arn:aws:sqs:eu-west-1:{{c}}', false",
        "'arn:aws:sqs:{{c}}:111122223333:x', false",
        "'arn:{{c}}', false",
        "'x{{c}}', false",
        "'a:b:c:d:e:{{c}}', false",
        "'{{c}}:::::{{c}}', false"
    })
    void acceptsArnsOnlyWhereTheyCannotMoveTheAccount(String resource, boolean accepted) {
        assertThat(Specs.resourceProblems(resource))
                .isEqualTo(
                        accepted
                                ? List.of()
                                : List.of(
                                        "{{c}} has type: ARN, and its colons could change the account or the region here;"
                                                + " put it at the beginning of the text or behind the fifth colon of an"
                                                + " ARN, or use type: String"));
    }
}
