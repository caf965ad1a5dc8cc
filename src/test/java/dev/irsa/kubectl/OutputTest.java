package dev.irsa.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.text.Documentation;
import dev.irsa.core.text.Page;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class OutputTest {
    private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color", "NO_COLOR", "1");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void judgesStandardOutputAndStandardErrorSeparately() {
        Output onlyOut = output("1", Map.of("TERM", "xterm"));
        onlyOut.progress("reading");
        onlyOut.warn("slow");

        assertThat(onlyOut.terminal().colour()).isTrue();
        assertThat(err.toString()).isEqualTo("warning: slow\n");
        assertThat(output("2", Map.of("TERM", "xterm")).terminal().colour()).isFalse();
    }

    @Test
    void resultReplacesProgressAlsoWithoutColors() {
        Output output = output("2", XTERM);
        output.progress("reading the cluster");
        output.print("result\n");
        output.warn("slow");

        assertThat(err.toString()).isEqualTo("\r\u001b[Kreading the cluster ...\r\u001b[Kwarning: slow\n");
        assertThat(out.toString()).isEqualTo("result\n");
    }

    /** Clears the line, conceals what follows, sets the title of the window, and the same with characters of one byte. */
    private static final String HOSTILE = "a\r\u001b[Kb\u001b[8mc\u001b]0;t\u0007d\u009b2Je\u202Ef\u007f";

    @Test
    void printsNoControlSequenceOfOthers() {
        for (Map<String, String> environment : List.of(XTERM, Map.of("TERM", "xterm"), Map.of("TERM", "dumb"))) {
            Output output = output("1", environment);
            output.print("name " + HOSTILE + "\n");
            output.warn(HOSTILE + environment);
            output.note(HOSTILE);
            output.fail(HOSTILE + "\nerror: forged");
        }
        output("2", Map.of("TERM", "xterm")).progress(HOSTILE);

        String own = "\r\u001b[K";
        assertThat(out.toString() + err.toString().replace(own, ""))
                .matches("(?s)[^\\p{Cntrl}\\x80-\\x9f\\u202E\\n]*" + "(?:\\n[^\\p{Cntrl}\\x80-\\x9f\\u202E\\n]*)*");
        assertThat(err.toString().lines()).noneMatch(line -> line.startsWith("error: forged"));
    }

    @Test
    void namesThePagesWhereTheOperatorPublishesThem() {
        Output output = output("", Map.of());
        output.print("a" + Page.CONDITIONS.reference());
        output.warn("b" + Page.ADOPTION.reference());

        assertThat(out.toString()).isEqualTo("a; see https://docs.example.com/conditions.md");
        assertThat(err.toString())
                .isEqualTo(
                        "warning: b; see https://docs.example.com/ownership.md#adopt-a-role" + System.lineSeparator());
    }

    @Test
    void keepsItsOwnColors() {
        Output output = output("1", Map.of("TERM", "xterm"));
        output.print(output.terminal().bold("a") + output.terminal().red("b") + "\n");

        assertThat(out.toString()).isEqualTo("\u001b[1ma\u001b[0m\u001b[31mb\u001b[0m\n");
    }

    @Test
    void progressFitsIntoOneLine() {
        output("2", Map.of("TERM", "xterm", "COLUMNS", "40")).progress("p".repeat(100));

        assertThat(err.toString()).isEqualTo("\r\u001b[K" + "p".repeat(37) + "...");
    }

    @Test
    void showsNoProgressWithoutTheLauncherOrOnDumbTerminals() {
        Output.of(command(), Optional.empty(), XTERM, () -> Documentation.HOME).progress("reading");
        output("12", Map.of("TERM", "dumb")).progress("reading");

        assertThat(err.toString()).isEmpty();
    }

    private Output output(String terminals, Map<String, String> environment) {
        return Output.of(
                command(), Optional.of(terminals), environment, () -> new Documentation("https://docs.example.com/"));
    }

    private CommandLine.Model.CommandSpec command() {
        @Command
        class Any {}
        return new CommandLine(new Any())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .getCommandSpec();
    }
}
