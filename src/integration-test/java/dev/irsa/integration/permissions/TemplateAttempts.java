package dev.irsa.integration.permissions;

import dev.irsa.fixtures.permissions.Attempt;
import dev.irsa.fixtures.permissions.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The requests of {@code templates/attempts.txt}: what the policies of the templates allow and deny. */
final class TemplateAttempts {
    private static final Path FILE = Path.of("src", "integration-test", "resources", "templates", "attempts.txt");

    private TemplateAttempts() {}

    static List<Attempt> allowed() {
        return withDecision("allow");
    }

    static List<Attempt> denied() {
        return withDecision("deny");
    }

    private static List<Attempt> withDecision(String decision) {
        try (Stream<String> lines = Files.lines(FILE)) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" +[|] ", -1)))
                    .filter(fields -> fields.getFirst().equals(decision))
                    .flatMap(TemplateAttempts::attempts)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    /** Returns an attempt for each action of a line. */
    private static Stream<Attempt> attempts(List<String> fields) {
        String template = fields.get(1);
        String resource = fields.get(3);
        TreeMap<String, Object> context = new TreeMap<>();
        if (fields.size() > 4) {
            for (String entry : fields.get(4).split("; ", -1)) {
                int equals = entry.indexOf('=');
                context.put(entry.substring(0, equals), value(entry.substring(equals + 1)));
            }
        }
        return Stream.of(fields.get(2).split(" ", -1))
                .map(action -> new Attempt(
                        String.join(" ", template, action, resource, context.toString()),
                        Sample.OPERATOR,
                        Set.of(template),
                        resourcePolicy(template),
                        action,
                        resource,
                        context));
    }

    private static Object value(String text) {
        return text.startsWith("[")
                ? List.of(text.substring(1, text.length() - 1).split(",", -1))
                : text;
    }

    /** A KMS key decides by its own policy, which lets the account decide. */
    private static String resourcePolicy(String template) {
        return template.startsWith("kms-") ? PolicyTemplatesIT.KEY_POLICY : "";
    }
}
