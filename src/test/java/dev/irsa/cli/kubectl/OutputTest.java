package dev.irsa.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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

    @Test
    void progressFitsIntoOneLine() {
        output("2", Map.of("TERM", "xterm", "COLUMNS", "40")).progress("p".repeat(100));

        assertThat(err.toString()).isEqualTo("\r\u001b[K" + "p".repeat(37) + "...");
    }

    @Test
    void showsNoProgressWithoutTheLauncherOrOnDumbTerminals() {
        Output.of(command(), Optional.empty(), XTERM).progress("reading");
        output("12", Map.of("TERM", "dumb")).progress("reading");

        assertThat(err.toString()).isEmpty();
    }

    private Output output(String terminals, Map<String, String> environment) {
        return Output.of(command(), Optional.of(terminals), environment);
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
