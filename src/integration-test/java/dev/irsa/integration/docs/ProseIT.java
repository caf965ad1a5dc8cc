package dev.irsa.integration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.docs.ProseLinter.Violation;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks the English of pages, messages and comments with textlint. */
class ProseIT {
    private static final List<String> REJECTED = List.of(
            "the role is as specified and ServiceAccount X points at it",
            "which is believed once IAM has said so for a while; nothing needs to be done",
            "AWS does not take the operator's credentials",
            "AWS asks to slow down",
            "this replica ends, for another to work",
            "pods that run already need a restart",
            "One works, the others stand by. Default: this is the only one.",
            "Works until it is told to stop.",
            "A deletion asks nobody.",
            "What becomes of the role… Delete: it goes",
            "A cloud that has a word in every write",
            "The behaviour of the operator is recognised by its colour.",
            "Whoever has the rights may read one two three four five six seven eight nine ten eleven twelve thirteen.");

    private static final List<String> ACCEPTED = List.of(
            "role is up to date; ServiceAccount X is annotated",
            "waiting to rule out a stale IAM read; no action needed",
            "AWS rejected the operator's credentials",
            "AWS is throttling IAM calls",
            "exiting so that another replica can lead",
            "restart running pods to pick this up",
            "Enable leader election. Default: false",
            "Runs the operator.",
            "Deletions bypass entitlement checks.",
            "What happens to the role… Delete: it is deleted",
            "Decorator that intercepts writes");

    @Test
    void pagesFollowStyleRules() throws IOException {
        assertThat(Prose.pages()).isEmpty();
    }

    @Test
    void messagesFollowStyleRules() throws IOException {
        assertThat(Prose.messages()).isEmpty();
    }

    @Test
    void commentsFollowStyleRules() throws IOException {
        assertThat(Prose.comments()).isEmpty();
    }

    @Test
    void rejectsUnusualEnglish() throws IOException {
        assertThat(ProseLinter.TEXT.passages(numbered(REJECTED)))
                .extracting(Violation::where)
                .containsAll(numbered(REJECTED).stream().map(Passage::where).toList());
    }

    @Test
    void acceptsStandardEnglish() throws IOException {
        assertThat(ProseLinter.TEXT.passages(numbered(ACCEPTED))).isEmpty();
    }

    @Test
    void rejectsSentenceOfMoreThan25Words() throws IOException {
        String sentence = "word ".repeat(24);

        assertThat(ProseLinter.TEXT.passages(numbered(List.of(sentence + "end. Short one.", sentence + "and end."))))
                .extracting(Violation::where)
                .containsExactly("1");
    }

    private static List<Passage> numbered(List<String> sentences) {
        return IntStream.range(0, sentences.size())
                .mapToObj(i -> new Passage(String.valueOf(i), sentences.get(i)))
                .toList();
    }
}
