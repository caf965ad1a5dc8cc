package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.docs.DocumentationPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that each class and path that the guides for contributors name exists. */
class GuideNamesTest {
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
    /** A name of two words or more, perhaps with a member: {@code DesiredRole} or {@code OperatorRuntime.work}. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z]+[a-z0-9]*)+)(?:\\.\\w+)?`");

    private static final Pattern PATH = Pattern.compile("`((?:src|docs|deploy|crds)/[\\w./-]+)`");
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    /** Words of Kubernetes and AWS. */
    private static final Set<String> OTHERS = Set.of("ServiceAccount", "NoSuchEntity", "StringEquals", "ClusterRole");

    @ParameterizedTest
    @ValueSource(strings = {"CONTRIBUTING.md", "docs/architecture.md"})
    void classesExist(String page) throws IOException {
        Set<String> known = new TreeSet<>(OTHERS);
        Arrays.stream(Reason.values()).map(Enum::name).forEach(known::add);
        known.addAll(declared());

        assertThat(names(CLASS, DocumentationPages.read(Path.of(page))))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONTRIBUTING.md", "docs/architecture.md"})
    void pathsExist(String page) {
        assertThat(names(PATH, DocumentationPages.read(Path.of(page))))
                .allSatisfy(path -> assertThat(Path.of(path)).exists());
    }

    @Test
    void readsNamesInBackticks() {
        String page =
                "`DesiredRole`, `OperatorRuntime.work`, `docs/faq.md`, `make`, PlainWord\n```sh\n`NotRead`\n```\n";

        assertThat(names(CLASS, page)).containsExactly("DesiredRole", "OperatorRuntime");
        assertThat(names(PATH, page)).containsExactly("docs/faq.md");
    }

    private static List<String> names(Pattern pattern, String page) {
        return pattern.matcher(FENCED.matcher(page).replaceAll(""))
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    private static Set<String> declared() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                DECLARED.matcher(Files.readString(file)).results().forEach(name -> names.add(name.group(1)));
            }
        }
        return names;
    }
}
