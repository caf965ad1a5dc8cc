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
import java.util.stream.Stream;

/** Runs textlint with the rules of {@code src/integration-test/prose}. */
enum ProseLinter {
    /** For text that users read. */
    TEXT("text.cjs"),
    /** For comments in the code, whose sentences may be somewhat longer. */
    COMMENTS("comments.cjs");

    private static final Path RULES = Path.of("src", "integration-test", "prose");

    private final String rules;

    ProseLinter(String rules) {
        this.rules = rules;
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
        Path page = Files.createTempFile("prose-", ".md");
        try {
            Files.writeString(
                    page,
                    String.join("\n\n", passages.stream().map(Passage::text).toList()));
            List<Violation> found = new ArrayList<>();
            for (JsonNode message : report(List.of(page)).get(0).get("messages")) {
                Passage passage = passages.get((message.get("line").asInt() - 1) / 2);
                found.add(new Violation(passage.where(), text(message) + " in: " + passage.text()));
            }
            return found;
        } finally {
            Files.delete(page);
        }
    }

    private JsonNode report(Collection<Path> files) throws IOException {
        Path packages = TestMachine.prosePackages().resolve("node_modules");
        Stream<String> options = Stream.of(
                packages.resolve(".bin").resolve("textlint").toString(),
                "--rules-base-directory",
                packages.toString(),
                "--config",
                RULES.resolve(rules).toString(),
                "--format",
                "json");
        List<String> words =
                Stream.concat(options, files.stream().map(Path::toString)).toList();
        // It ends with 1 when a sentence breaks a rule, and with 2 when it could not check.
        Command.Result result = new Command(words, Map.of()).run("");
        return new ObjectMapper()
                .readTree(
                        result.exitCode() == 1
                                ? result.stdout()
                                : result.orThrow().stdout());
    }

    private static String text(JsonNode message) {
        return message.get("message").asText().replaceAll("\\s+", " ");
    }
}
