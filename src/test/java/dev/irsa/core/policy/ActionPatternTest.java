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
    void isAServiceAndAGlobOfNames(String text, String service, String names) {
        ActionPattern pattern = new ActionPattern(text);

        assertThat(pattern.service()).contains(service);
        assertThat(pattern.names()).isEqualTo(Glob.ignoringCase(names));
        assertThat(pattern.isEverything()).isFalse();
        assertThat(pattern).hasToString(text);
    }

    @Test
    void isEverythingAsALoneStar() {
        ActionPattern pattern = new ActionPattern("*");

        assertThat(pattern.isEverything()).isTrue();
        assertThat(pattern.service()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                   | is no action; write service:Name, such as s3:GetObject, or a lone *
            s3                   | is no action; write service:Name, such as s3:GetObject, or a lone *
            s3*                  | is no action; write service:Name, such as s3:GetObject, or a lone *
            **                   | is no action; write service:Name, such as s3:GetObject, or a lone *
            ?                    | is no action; write service:Name, such as s3:GetObject, or a lone *
            *?                   | is no action; write service:Name, such as s3:GetObject, or a lone *
            ' *'                 | is no action; write service:Name, such as s3:GetObject, or a lone *
            s3\uFF1AGetObject    | is no action; write service:Name, such as s3:GetObject, or a lone *
            *:*                  | has a wildcard in its service; write the service out, or a lone *
            *:GetObject          | has a wildcard in its service; write the service out, or a lone *
            s*:GetObject         | has a wildcard in its service; write the service out, or a lone *
            s?:GetObject         | has a wildcard in its service; write the service out, or a lone *
            s3:                  | names no action behind its colon; write one, or s3:* for all
            :GetObject           | has no service before its colon that IAM could know: letters, digits and hyphens
            ' s3:GetObject'      | has no service before its colon that IAM could know: letters, digits and hyphens
            s_3:GetObject        | has no service before its colon that IAM could know: letters, digits and hyphens
            \u212Ams:Decrypt     | has no service before its colon that IAM could know: letters, digits and hyphens
            \u0430pigateway:GET  | has no service before its colon that IAM could know: letters, digits and hyphens
            \u0131am:PassRole    | has no service before its colon that IAM could know: letters, digits and hyphens
            's3 :GetObject'      | has no service before its colon that IAM could know: letters, digits and hyphens
            s3:GetObject:x       | names no action that IAM could know: letters, digits and the wildcards * and ?
            s3::GetObject        | names no action that IAM could know: letters, digits and the wildcards * and ?
            's3:GetObject '      | names no action that IAM could know: letters, digits and the wildcards * and ?
            s3:Get-Object        | names no action that IAM could know: letters, digits and the wildcards * and ?
            s3:Get_Object        | names no action that IAM could know: letters, digits and the wildcards * and ?
            s3:Get[A-Z]*         | names no action that IAM could know: letters, digits and the wildcards * and ?
            s3:G\u0435tObject    | names no action that IAM could know: letters, digits and the wildcards * and ?
            s3:\u212A*           | names no action that IAM could know: letters, digits and the wildcards * and ?
            s3:L\u0131st*        | names no action that IAM could know: letters, digits and the wildcards * and ?
            s3:Get\u0661         | names no action that IAM could know: letters, digits and the wildcards * and ?
            s3:${aws:username}   | holds a policy variable, which actions cannot; write the action out
            ${aws:username}      | holds a policy variable, which actions cannot; write the action out
            """)
    void refusesWhatIamMightReadOtherwise(String text, String problem) {
        assertThat(ActionPattern.problemOf(text)).contains("\"" + text + "\" " + problem);
        assertThatThrownBy(() -> new ActionPattern(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3:Get\n", "s3:Get\u0000", "\ns3:Get", "s3\n:Get", "*\n", "s3:*\r\n"})
    void refusesEndsOfLinesAndControlCharacters(String text) {
        assertThat(ActionPattern.problemOf(text))
                .hasValueSatisfying(problem -> assertThat(problem).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void showsNoMoreOfALongTextThanItTakes() {
        String text = "s3:" + "Get_".repeat(5_000);

        assertThat(ActionPattern.problemOf(text))
                .hasValueSatisfying(
                        problem -> assertThat(problem).hasSizeLessThan(200).startsWith("\"s3:Get_Get_"));
    }
}
