package dev.irsa.integration.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.irsa.integration.docs.ProseLinter.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            "Everybody else is refused.",
            "No resource is stored in the old version any more.",
            "The name is that of the cluster, as the operator has it.",
            "The feature which does not availability.",
            "Two operators write at once. The two would not coordinate.",
            "Decides which permissions the resources get that use the template.",
            "Each tag is replaced with its digest of that moment.",
            "The names are reserved, in upper and lower case.",
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
            "Decorator that intercepts writes",
            "Whoever edits a template controls every role that uses it.",
            "The names are reserved, regardless of case.",
            "The operator does not mention any more users.");

    private static final String SHORT = "The role stays. ";
    private static final String LONG =
            "Because the role stays in the account, its policies count in the quota of the namespace. ";

    @TempDir
    private Path folder;

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

    @Test
    void rejectsChoppyParagraphsOfPages() throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.md"),
                String.join(
                        "\n",
                        "# Heading",
                        SHORT.repeat(3),
                        "",
                        SHORT.repeat(4),
                        "",
                        "- " + SHORT.repeat(2) + "[A link](page.md) to it. Version 1.2.3 of `irsa.dev` follows.",
                        "",
                        SHORT + LONG.repeat(3)));

        assertThat(ProseLinter.PAGES.pages(List.of(page)))
                .extracting(found -> found.where().replaceAll(".*:", ""), Violation::message)
                .containsExactly(
                        tuple("4", "choppy: 4 sentences of 3.0 words on average; join what belongs together"),
                        tuple("6", "choppy: 4 sentences of 3.8 words on average; join what belongs together"));
        assertThat(ProseLinter.TEXT.pages(List.of(page))).isEmpty();
    }

    private static List<Passage> numbered(List<String> sentences) {
        return IntStream.range(0, sentences.size())
                .mapToObj(i -> new Passage(String.valueOf(i), sentences.get(i)))
                .toList();
    }
}
