package dev.irsa.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @Test
    void returnsOneLine() {
        assertThat(PlainText.of(" a\r\n\tb\u0000\u0007c\u2028d\u2029\u0085e\n")).isEqualTo("a b c d e");
    }

    /** Such characters could disguise the rest of the line. */
    @Test
    void removesCharactersThatChangeTextDirection() {
        assertThat(PlainText.of("role \u202Eadmin\u2066 x\u2069\u202C")).isEqualTo("role  admin  x");
        assertThat(PlainText.of("role\u200Eadmin\u200Fx\u061Cy")).isEqualTo("role admin x y");
    }

    @Test
    void keepsLinesAndColorsOnlyWhereTheyAreAllowed() {
        String text = "\u001b[1ma\u001b[0m\n\tb\u001b[2Jc\u009b";

        assertThat(PlainText.lines(text)).isEqualTo(" [1ma [0m\n\tb [2Jc ");
        assertThat(PlainText.coloredLines(text)).isEqualTo("\u001b[1ma\u001b[0m\n\tb [2Jc ");
        assertThat(PlainText.coloredLines("\u001b[8mhidden\u001b[")).isEqualTo(" [8mhidden [");
    }

    @Test
    void escapesInJsonWhatATerminalWouldInterpret() {
        assertThat(PlainText.json("{\n  \"a\" : \"\u009b2J\u202Eb\"\n}"))
                .isEqualTo("{\n  \"a\" : \"\\u009b2J\\u202eb\"\n}");
    }

    @Test
    void keepsOrdinaryText() {
        String text = "role größe 😀 is not  ours" + Page.ROLE_CONFLICT.reference();

        assertThat(PlainText.of(text)).isEqualTo(text);
    }

    @Test
    void shortensTextToTheLimitOfEvents() {
        assertThat(PlainText.of("a".repeat(1024))).isEqualTo("a".repeat(1024));
        assertThat(PlainText.of("a".repeat(1025))).isEqualTo("a".repeat(1021) + "...");
        assertThat(PlainText.of("a".repeat(100_000))).isEqualTo("a".repeat(1021) + "...");
    }

    @Test
    void keepsThePageAtTheEndOfALongText() {
        String page = Page.ROLE_CONFLICT.reference();

        assertThat(PlainText.of("é".repeat(1000) + page))
                .endsWith("é..." + page)
                .satisfies(cut -> assertThat(utf8Length(cut)).isBetween(1021, 1024));
        assertThat(PlainText.of("a".repeat(1024 - page.length()) + page)).endsWith("a" + page);
        assertThat(PlainText.of("a".repeat(1024) + "; see https://example.com/" + "b".repeat(1024)))
                .endsWith("aaa...");
    }

    /** Kubernetes counts the bytes of a note, not its characters. */
    @ParameterizedTest
    @ValueSource(strings = {"é", "→", "😀", "a😀", "aa😀", "aaa😀"})
    void countsBytesAndKeepsCharactersWhole(String letters) {
        String cut = PlainText.of(letters.repeat(1000));

        assertThat(utf8Length(cut)).isBetween(1020, 1024);
        assertThat(cut).endsWith("...");
        assertThat(letters.repeat(1000)).startsWith(cut.substring(0, cut.length() - 3));
    }

    @Property
    void everyTextFitsIntoAnEvent(@ForAll @StringLength(max = 6000) String text) {
        String plain = PlainText.of(text);

        assertThat(utf8Length(plain)).isLessThanOrEqualTo(1024);
        assertThat(plain.codePoints()).noneMatch(Character::isISOControl);
        assertThat(PlainText.of(plain)).isEqualTo(plain);
    }

    /** Fails if the text contains half a character. */
    private static int utf8Length(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(java.nio.CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw new AssertionError("half a character", e);
        }
    }

    @Test
    void keepsLineWhole() {
        String text = "a".repeat(2 * PlainText.MAX);

        assertThat(PlainText.line(text)).isEqualTo(text);
        assertThat(PlainText.line("a\nb\u202Ec ~")).isEqualTo("a b c ~");
    }
}
