package dev.irsa.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionPatternTest {
    @ParameterizedTest
    @CsvSource({
        "s3:GetObject,                     s3,               GetObject",
        "S3:get*,                          s3,               get*",
        "aws-marketplace:?iew*,            aws-marketplace,  ?iew*",
        "route53-recovery-cluster:*,       route53-recovery-cluster, *",
        "iam:**,                           iam,              **",
        "ec2:CreateRoute53Thing,           ec2,              CreateRoute53Thing",
    })
    void readsServiceAndNames(String text, String service, String names) {
        ActionPattern pattern = new ActionPattern(text);

        assertThat(pattern.service()).contains(service);
        assertThat(pattern.names()).isEqualTo(Glob.ignoringCase(names));
        assertThat(pattern.isEverything()).isFalse();
        assertThat(pattern).hasToString(text);
    }

    @Test
    void matchesEverythingAsSingleStar() {
        ActionPattern pattern = new ActionPattern("*");

        assertThat(pattern.isEverything()).isTrue();
        assertThat(pattern.service()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                   | is not an action; write service:Name, such as s3:GetObject, or a single *
            s3                   | is not an action; write service:Name, such as s3:GetObject, or a single *
            s3*                  | is not an action; write service:Name, such as s3:GetObject, or a single *
            **                   | is not an action; write service:Name, such as s3:GetObject, or a single *
            ?                    | is not an action; write service:Name, such as s3:GetObject, or a single *
            *?                   | is not an action; write service:Name, such as s3:GetObject, or a single *
            ' *'                 | is not an action; write service:Name, such as s3:GetObject, or a single *
            s3\uFF1AGetObject    | is not an action; write service:Name, such as s3:GetObject, or a single *
            *:*                  | has a wildcard in its service; write the full service, or a single *
            *:GetObject          | has a wildcard in its service; write the full service, or a single *
            s*:GetObject         | has a wildcard in its service; write the full service, or a single *
            s?:GetObject         | has a wildcard in its service; write the full service, or a single *
            s3:                  | has no action name after its colon; write one, or s3:* for all
            :GetObject           | has an invalid service before its colon; use letters, digits and hyphens
            ' s3:GetObject'      | has an invalid service before its colon; use letters, digits and hyphens
            s_3:GetObject        | has an invalid service before its colon; use letters, digits and hyphens
            \u212Ams:Decrypt     | has an invalid service before its colon; use letters, digits and hyphens
            \u0430pigateway:GET  | has an invalid service before its colon; use letters, digits and hyphens
            \u0131am:PassRole    | has an invalid service before its colon; use letters, digits and hyphens
            's3 :GetObject'      | has an invalid service before its colon; use letters, digits and hyphens
            s3:GetObject:x       | has an invalid action name; use letters, digits and the wildcards * and ?
            s3::GetObject        | has an invalid action name; use letters, digits and the wildcards * and ?
            's3:GetObject '      | has an invalid action name; use letters, digits and the wildcards * and ?
            s3:Get-Object        | has an invalid action name; use letters, digits and the wildcards * and ?
            s3:Get_Object        | has an invalid action name; use letters, digits and the wildcards * and ?
            s3:Get[A-Z]*         | has an invalid action name; use letters, digits and the wildcards * and ?
            s3:G\u0435tObject    | has an invalid action name; use letters, digits and the wildcards * and ?
            s3:\u212A*           | has an invalid action name; use letters, digits and the wildcards * and ?
            s3:L\u0131st*        | has an invalid action name; use letters, digits and the wildcards * and ?
            s3:Get\u0661         | has an invalid action name; use letters, digits and the wildcards * and ?
            s3:${aws:username}   | has a policy variable, which actions cannot have; write the full action
            ${aws:username}      | has a policy variable, which actions cannot have; write the full action
            """)
    void refusesAmbiguousPattern(String text, String problem) {
        assertThat(ActionPattern.problemOf(text)).contains("\"" + text + "\" " + problem);
        assertThatThrownBy(() -> new ActionPattern(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3:Get\n", "s3:Get\u0000", "\ns3:Get", "s3\n:Get", "*\n", "s3:*\r\n"})
    void refusesLineEndsAndControlCharacters(String text) {
        assertThat(ActionPattern.problemOf(text))
                .hasValueSatisfying(problem -> assertThat(problem).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void truncatesLongTextInMessage() {
        String text = "s3:" + "Get_".repeat(5_000);

        assertThat(ActionPattern.problemOf(text))
                .hasValueSatisfying(
                        problem -> assertThat(problem).hasSizeLessThan(200).startsWith("\"s3:Get_Get_"));
    }
}
