package dev.irsa.integration.docs;

import dev.irsa.fixtures.docs.DocumentationPages;
import dev.irsa.integration.docs.ProseLinter.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The English of the project: pages, messages and comments. */
public final class Prose {
    private Prose() {}

    /** Prints each sentence that breaks a rule, and how long the pages are; exits with 1 if there is such a sentence. */
    public static void main(String[] args) throws IOException {
        List<Violation> found = new ArrayList<>(pages());
        found.addAll(messages());
        found.addAll(comments());
        found.forEach(IO::println);
        IO.println(PageFigures.read());
        if (!found.isEmpty()) {
            System.exit(1);
        }
    }

    /**
     * Checks all Markdown but the reference. The reference is generated from {@code crds}, which {@link #messages} checks, and
     * it quotes rules in CEL that would count as sentences.
     */
    static List<Violation> pages() throws IOException {
        Path golden = Path.of("src", "test", "resources", "golden", "README.md");
        Path reference = Path.of("docs", "reference.md");
        return ProseLinter.PAGES.pages(Stream.concat(DocumentationPages.all(), Stream.of(golden))
                .filter(page -> !page.equals(reference))
                .toList());
    }

    /** Checks what the operator prints, the descriptions of its resources and alerts, and the comments on settings. */
    static List<Violation> messages() throws IOException {
        List<Passage> passages = new ArrayList<>(JavaMessages.of(files(Path.of("src", "main"), ".java")));
        for (Path file : files(Path.of("crds"), ".yaml")) {
            passages.addAll(YamlProse.texts(file));
        }
        for (String alerts : List.of("alerts.yaml", "alerts-unused-roles.yaml")) {
            passages.addAll(YamlProse.texts(Path.of("deploy", "charts", "irsa-operator", "files", alerts)));
        }
        for (Path file : files(Path.of("deploy"), ".yaml")) {
            passages.addAll(YamlProse.comments(file));
        }
        return ProseLinter.TEXT.passages(passages);
    }

    /** Checks the Javadoc and the comments of the operator. */
    static List<Violation> comments() throws IOException {
        List<Passage> passages = new ArrayList<>();
        for (Path source : files(Path.of("src", "main"), ".java")) {
            passages.addAll(JavaComments.of(source));
        }
        return ProseLinter.COMMENTS.passages(passages);
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending) && !Files.isSymbolicLink(file))
                    .sorted()
                    .toList();
        }
    }
}
