package dev.irsa.integration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassagesTest {
    @Test
    void blankLinesSeparateParagraphs() {
        assertThat(Passages.of("file:1", "one two three\nfour\n\nfive six seven"))
                .containsExactly(new Passage("file:1", "one two three four"), new Passage("file:1", "five six seven"));
    }

    @Test
    void placeholdersBecomeWords() {
        assertThat(Passages.of("file:1", "role %s of {} is under <path> of ${name}"))
                .containsExactly(new Passage("file:1", "role X of X is under X of X"));
    }

    @Test
    void semicolonsSeparatePartsOfMessages() {
        assertThat(Passages.ofMessage("file:1", "role X not found; create it"))
                .containsExactly(new Passage("file:1", "role X not found. create it"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Version\": \"2012-10-17\"}",
                "[a-z0-9]+(?:-[a-z0-9]+)+",
                "one word",
                "/irsa/a/ --b=c d/e f=g h:i"
            })
    void dropsTextThatIsNotEnglish(String text) {
        assertThat(Passages.of("file:1", text)).isEmpty();
    }
}
