package dev.irsa.integration.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.TestMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs textlint with the rules of {@code src/integration-test/prose}. */
enum ProseLinter {
    /** The rules for pages: those for other text, and those for paragraphs in {@code pages}. */
    PAGES("text.js", true),
    /** The rules for other text that users read. */
    TEXT("text.js", false),
    /** The rules for comments, which allow longer sentences. */
    COMMENTS("comments.js", false);

    private static final Path RULES = Path.of("src", "integration-test", "prose");

    /** The number of passages on a temporary page. The time that textlint needs grows with the square of the length of a page. */
    private static final int PAGE = 200;

    private static final Pattern LENGTH = Pattern.compile("sentence length\\((\\d+)");

    private final String rules;
    private final boolean checksParagraphs;

    ProseLinter(String rules, boolean checksParagraphs) {
        this.rules = rules;
        this.checksParagraphs = checksParagraphs;
    }

    /** A sentence that breaks a rule. */
    record Violation(String where, String message) {
        @Override
        public String toString() {
            return where + ": " + message;
        }
    }

    /** Checks pages of Markdown. */
    List<Violation> pages(Collection<Path> pages) throws IOException {
        List<Violation> found = new ArrayList<>();
        for (JsonNode page : report(pages)) {
            Path file = Path.of("")
                    .toAbsolutePath()
                    .relativize(Path.of(page.get("filePath").asText()));
            for (JsonNode message : page.get("messages")) {
                found.add(new Violation(file + ":" + message.get("line").asInt(), text(message)));
            }
        }
        return found;
    }

    /** Checks passages of other files. Each is a paragraph of a temporary page. */
    List<Violation> passages(List<Passage> passages) throws IOException {
        Path folder = Files.createTempDirectory("prose-");
        Map<Path, List<Passage>> pages = new TreeMap<>();
        try {
            for (int from = 0; from < passages.size(); from += PAGE) {
                List<Passage> some = passages.subList(from, Math.min(from + PAGE, passages.size()));
                Path page = folder.resolve(from + ".md");
                pages.put(page, some);
                Files.writeString(
                        page,
                        String.join("\n\n", some.stream().map(Passage::text).toList()));
            }
            List<Violation> found = new ArrayList<>();
            for (JsonNode page : report(pages.keySet())) {
                List<Passage> some = Objects.requireNonNull(
                        pages.get(Path.of(page.get("filePath").asText())));
                for (JsonNode message : page.get("messages")) {
                    Passage passage = some.get((message.get("line").asInt() - 1) / 2);
                    found.add(new Violation(passage.where(), text(message) + " in: " + passage.text()));
                }
            }
            return found;
        } finally {
            for (Path page : pages.keySet()) {
                Files.deleteIfExists(page);
            }
            Files.delete(folder);
        }
    }

    /** Runs in the folder of the packages, since textlint looks for rules where it runs. */
    private JsonNode report(Collection<Path> files) throws IOException {
        Path packages = TestMachine.prosePackages();
        List<String> command = new ArrayList<>(List.of(
                packages.resolve("node_modules/.bin/textlint").toString(),
                "--config",
                RULES.resolve(rules).toAbsolutePath().toString(),
                "--format",
                "json"));
        if (checksParagraphs) {
            command.addAll(List.of(
                    "--rulesdir", RULES.resolve("pages").toAbsolutePath().toString()));
        }
        files.forEach(file -> command.add(file.toAbsolutePath().toString()));
        // It exits with 1 if a sentence breaks a rule, but also if it finds no rules.
        Command.Result result = new Command(command, Map.of(), packages).run("");
        if (!result.stdout().startsWith("[")) {
            throw new IllegalStateException("textlint did not check: " + result.stderr() + result.stdout());
        }
        return new ObjectMapper().readTree(result.stdout());
    }

    private static String text(JsonNode message) {
        String text = message.get("message").asText().replaceAll("\\s+", " ");
        // The rule reports characters, but is configured to count the gaps between words.
        Matcher length = LENGTH.matcher(text);
        return length.find() ? "sentence of " + (Integer.parseInt(length.group(1)) + 1) + " words" : text;
    }
}
