package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows have no logic of their own: their steps are published actions and targets of the Makefile. */
class WorkflowsTest {
    private static final Pattern CALL = Pattern.compile(
            "(?:sudo env JAVA_HOME=\"\\$JAVA_HOME\" PATH=\"\\$PATH\" )?make ([a-z-]+)(?: [A-Z]+=\"[^\"]+\")*");
    private static final Pattern PINNED = Pattern.compile("\\./.*|[\\w/-]+@[0-9a-f]{40}");

    static Stream<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(".github", "workflows"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void callsTargetsOfTheMakefile(Path file) throws IOException {
        List<String> targets = Files.readAllLines(Path.of("Makefile"));
        assertThat(values(file, "run")).allSatisfy(run -> {
            Matcher call = CALL.matcher(run);
            assertThat(call.matches()).as(run).isTrue();
            assertThat(targets).as(run).anyMatch(line -> line.startsWith(call.group(1) + ":"));
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void pinsActionsByCommit(Path file) throws IOException {
        assertThat(values(file, "uses")).isNotEmpty().allMatch(PINNED.asMatchPredicate());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void grantsOnlyReadAccessByDefault(Path file) throws IOException {
        assertThat(parse(file).path("permissions")).hasToString("{\"contents\":\"read\"}");
    }

    private static List<String> values(Path file, String field) throws IOException {
        return parse(file).findValues(field).stream().map(JsonNode::asText).toList();
    }

    private static JsonNode parse(Path file) throws IOException {
        return Serialization.unmarshal(Files.readString(file), JsonNode.class);
    }
}
