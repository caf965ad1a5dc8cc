package dev.irsa.integration.docs;

import dev.irsa.fixtures.docs.DocumentationPages;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How long the documentation and its sentences are.
 *
 * @param words of the README and of docs/, with tables and code, as {@code wc -w} counts them
 * @param sentence the mean number of words of a sentence, without tables and code
 */
record PageFigures(long words, double sentence) {
    private static final Path README = Path.of("README.md");

    private static final Pattern NO_PROSE =
            Pattern.compile("(?s:```.*?```|<!--.*?-->)|<[^>]*>|(?m:^ *[|#].*$)|(?<=])\\([^)]*\\)");

    private static final Pattern PARAGRAPH = Pattern.compile("\\n\\s*\\n|\\n\\s*(?:-|\\d+\\.) ");

    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?:])\\s+(?=[A-Z`\\[*])");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** What is shorter is a label. */
    private static final int SHORTEST_SENTENCE = 3;

    static PageFigures read() {
        List<String> texts = DocumentationPages.all()
                .filter(page -> page.equals(README) || page.startsWith("docs"))
                .map(DocumentationPages::read)
                .toList();
        return new PageFigures(
                texts.stream().mapToLong(PageFigures::words).sum(),
                texts.stream()
                        .map(text -> NO_PROSE.matcher(text).replaceAll(""))
                        .flatMap(PARAGRAPH::splitAsStream)
                        .flatMap(SENTENCE::splitAsStream)
                        .map(PageFigures::words)
                        .filter(words -> words >= SHORTEST_SENTENCE)
                        .collect(Collectors.averagingLong(words -> words)));
    }

    private static long words(String text) {
        return SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).count();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "README and docs/: %,d words, %.1f in a sentence", words, sentence);
    }
}
