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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The workflows have no logic of their own: their steps are published actions and targets of the Makefile. */
class WorkflowsTest {
    private static final Path WORKFLOWS = Path.of(".github", "workflows");
    private static final Pattern CALL = Pattern.compile(
            "(?:sudo env JAVA_HOME=\"\\$JAVA_HOME\" PATH=\"\\$PATH\" )?make ([a-z-]+)(?: [A-Z_]+=\"[^\"]+\")*");
    private static final Pattern PINNED = Pattern.compile("\\./.*|[\\w/-]+@[0-9a-f]{40}");

    /**
     * What a checkout may name: the commit of the event, a commit that an earlier job checked out, or a full name. A branch
     * can have the name of a tag, and git prefers the branch where a name is not qualified.
     */
    private static final Pattern QUALIFIED =
            Pattern.compile("\\$\\{\\{ (?:github\\.sha|needs\\.[a-z]+\\.outputs\\.commit) }}|refs/(?:tags|heads)/.+");
    /** A reference that a workflow gets from its caller, which passes one of those above. */
    private static final String PASSED_ON = "${{ inputs.ref }}";

    static Stream<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void callsTargetsOfTheMakefile(Path file) throws IOException {
        List<String> targets = Files.readAllLines(Path.of("Makefile"));
        assertThat(texts(file, "run")).allSatisfy(run -> {
            Matcher call = CALL.matcher(run);
            assertThat(call.matches()).as(run).isTrue();
            assertThat(targets).as(run).anyMatch(line -> line.startsWith(call.group(1) + ":"));
        });
    }

    /** A tag may contain backquotes, and whoever may create a tag could otherwise sign what no commit contains. */
    @Test
    void recipesLeaveTheNameOfATagToTheEnvironment() throws IOException {
        assertThat(Files.readAllLines(Path.of("Makefile")))
                .contains("export VERSION REGISTRY DOWNLOADS SOURCE")
                .noneMatch(line -> line.matches(".*\"\\$\\((VERSION|REGISTRY|DOWNLOADS|SOURCE)\\).*"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void pinsActionsByCommit(Path file) throws IOException {
        assertThat(texts(file, "uses")).isNotEmpty().allMatch(PINNED.asMatchPredicate());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void checksOutOnlyCommitsAndQualifiedNames(Path file) throws IOException {
        assertThat(values(file, "with"))
                .extracting(with -> with.path("ref"))
                .filteredOn(JsonNode::isTextual)
                .extracting(JsonNode::asText)
                .allMatch(ref -> ref.equals(PASSED_ON) || QUALIFIED.matcher(ref).matches());
    }

    /** Without a reference, a checkout takes the commit of the event, which is not the one that a scheduled workflow releases. */
    @ParameterizedTest
    @ValueSource(strings = {"release.yaml", "rebuild.yaml"})
    void buildsAndPublishesOneCommit(String name) throws IOException {
        JsonNode jobs = parse(WORKFLOWS.resolve(name)).path("jobs");

        assertThat(jobs.path("parts").path("with").path("ref").asText()).matches(QUALIFIED);
        assertThat(List.of("assemble", "publish"))
                .allSatisfy(job -> assertThat(jobs.path(job).findValuesAsText("ref"))
                        .containsExactly("${{ needs.parts.outputs.commit }}"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void grantsOnlyReadAccessByDefault(Path file) throws IOException {
        assertThat(parse(file).path("permissions")).hasToString("{\"contents\":\"read\"}");
    }

    private static List<String> texts(Path file, String field) throws IOException {
        return values(file, field).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> values(Path file, String field) throws IOException {
        return parse(file).findValues(field);
    }

    private static JsonNode parse(Path file) throws IOException {
        return Serialization.unmarshal(Files.readString(file), JsonNode.class);
    }
}
