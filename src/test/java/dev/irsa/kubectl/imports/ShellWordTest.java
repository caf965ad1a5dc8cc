package dev.irsa.kubectl.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellWordTest {
    @Test
    void keepsPlainNames() {
        assertThat(ShellWord.of("arn:aws:iam::111122223333:role/a_b+c=d,e.f@g-h"))
                .isEqualTo("arn:aws:iam::111122223333:role/a_b+c=d,e.f@g-h");
    }

    @Test
    void quotesWhatTheShellWouldChange() {
        assertThat(ShellWord.of("")).isEqualTo("''");
        assertThat(ShellWord.of("a b")).isEqualTo("'a b'");
        assertThat(ShellWord.of("it's")).isEqualTo("'it'\\''s'");
        assertThat(ShellWord.of("$(id)`id`;&|<>*?~#!")).isEqualTo("'$(id)`id`;&|<>*?~#!'");
        assertThat(ShellWord.of("module.x[\"a\"].aws_iam_role.this[0]"))
                .isEqualTo("'module.x[\"a\"].aws_iam_role.this[0]'");
    }

    @Test
    void showsInvisibleCharactersOnOneLine() {
        assertThat(ShellWord.of("a\n```\nid 'x' \\")).isEqualTo("$'a\\u000a```\\u000aid \\'x\\' \\\\'");
        assertThat(ShellWord.of("a\u202Eb")).isEqualTo("$'a\\u202eb'");
    }

    @Test
    void joinsOptionWithValueThatLooksLikeAnOption() {
        assertThat(ShellWord.option("--role-name", "invoices")).isEqualTo("--role-name invoices");
        assertThat(ShellWord.option("--role-name", "--debug")).isEqualTo("--role-name=--debug");
    }
}
