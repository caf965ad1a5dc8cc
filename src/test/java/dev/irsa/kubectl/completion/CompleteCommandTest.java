package dev.irsa.kubectl.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.OperatorMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Tests the commands of the program as kubectl completes and runs them. */
class CompleteCommandTest {
    private static final String PLUGIN = "kubectl irsa";

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void completesCommandsThatThePluginShows() {
        assertThat(plugin().execute("__complete", "")).isZero();

        assertThat(output.toString())
                .contains("check\tVerifies that the operator in a cluster works\n")
                .endsWith(":4\n");
        assertThat(output.toString()).doesNotContain("\nrun\t", "__");
    }

    @Test
    void readsFlagsOfTheCompletedLineAsWords() {
        assertThat(plugin().execute("__complete", "policy", "--help", "-V", "--format", "c"))
                .isZero();

        assertThat(output.toString()).isEqualTo("cloudformation\n:4\n");
    }

    @Test
    void completesWideOnlyWhereItAddsColumns() {
        assertThat(plugin().execute("__complete", "get", "-o", "w")).isZero();
        assertThat(plugin().execute("__complete", "plan", "-o", "w")).isZero();

        assertThat(output.toString()).isEqualTo("wide\n:4\n:4\n");
    }

    @Test
    void printsOnlyTheDirectiveForAnUnknownCommand() {
        assertThat(plugin().execute("__complete", "no-such", "--flag", "x")).isZero();

        assertThat(output.toString()).isEqualTo(":4\n");
        assertThat(errors.toString()).isEmpty();
    }

    @Test
    void helpNamesThePluginAndHidesItsInternalCommands() {
        assertThat(plugin().execute("--help")).isZero();

        assertThat(output.toString())
                .startsWith("Usage: kubectl irsa [-hV] COMMAND")
                .doesNotContain("irsa-operator", "  run", "__")
                .containsSubsequence("  get ", "  explain ", "  plan ", "  doctor ", "  check ", "  policy ");
    }

    @Test
    void errorsAreNotHiddenByTheHelp() {
        assertThat(plugin().execute("get", "-o", "xml")).isEqualTo(2);
        assertThat(plugin().execute("plan", "--no-such")).isEqualTo(1);
        assertThat(plugin().execute("explian")).isEqualTo(2);

        assertThat(errors.toString().lines())
                .containsSubsequence("See: kubectl irsa get --help", "error: Unknown option: '--no-such'")
                .anyMatch(line -> line.startsWith("error: ") && line.contains("[table, wide, json, yaml]"))
                .anyMatch(line -> line.startsWith("Did you mean: ") && line.contains("explain"))
                .noneMatch(line -> line.startsWith("Usage: "));
    }

    @Test
    void withoutACommandItPrintsTheHelp() {
        assertThat(plugin().execute()).isEqualTo(2);

        assertThat(errors.toString()).startsWith("Usage: kubectl irsa ");
    }

    @Test
    void errorsAndVersionNameThePlugin() {
        assertThat(plugin().execute("policy", "--no-such")).isEqualTo(2);
        assertThat(plugin().execute("--version")).isZero();

        assertThat(errors.toString().lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("kubectl irsa: "))
                .anyMatch(line -> line.endsWith("see: kubectl irsa policy --help"));
        assertThat(output.toString()).startsWith("kubectl irsa ");
    }

    @Test
    void helpOfTheOperatorShowsRun() {
        assertThat(program(Optional.empty()).execute("--help")).isZero();

        assertThat(output.toString())
                .startsWith("Usage: irsa-operator ")
                .contains("  run")
                .doesNotContain("__");
    }

    private CommandLine plugin() {
        return program(Optional.of(PLUGIN));
    }

    private CommandLine program(Optional<String> plugin) {
        return OperatorMain.commandLine(plugin)
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true));
    }
}
