package dev.irsa.kubectl;

import dev.irsa.core.text.Documentation;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.output.Terminal;
import java.io.Console;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Prints results to standard output, and everything else to standard error. What it prints contains text of others, such as
 * names, tags and error messages. No control character of them reaches the terminal. Several threads may use it.
 */
final class Output {
    /** Moves to the beginning of the line and deletes it. */
    private static final String CLEAR = "\r\u001b[K";

    private final CommandSpec command;
    private final Terminal terminal;
    private final Terminal errors;
    private final Supplier<Documentation> documentation;
    /** Begins each line about a cluster; empty if the command reads only one. */
    private final String prefix;

    private final Lines lines;

    /** What was printed, which the outputs for several clusters share. */
    private static final class Lines {
        private final Set<String> warned = new HashSet<>();
        private boolean showProgress;
        private String lastStep = "";
    }

    /**
     * Prints to the streams of a command.
     *
     * @param terminal what standard output can show
     * @param errors what standard error can show
     * @param documentation that messages name
     */
    Output(CommandSpec command, Terminal terminal, Terminal errors, Supplier<Documentation> documentation) {
        this(command, terminal, errors, documentation, "", new Lines());
    }

    private Output(
            CommandSpec command,
            Terminal terminal,
            Terminal errors,
            Supplier<Documentation> documentation,
            String prefix,
            Lines lines) {
        this.command = command;
        this.terminal = terminal;
        this.errors = errors;
        this.documentation = documentation;
        this.prefix = prefix;
        this.lines = lines;
    }

    /**
     * Prints to the streams of a command.
     *
     * @param terminals the file descriptors that are terminals, as the launcher of the plugin sees them; empty without the
     *     launcher: Java can judge only standard input and output together
     * @param documentation that messages name
     */
    static Output of(
            CommandSpec command,
            Optional<String> terminals,
            Map<String, String> environment,
            Supplier<Documentation> documentation) {
        boolean out = terminals.map(descriptors -> descriptors.contains("1")).orElseGet(Output::isConsole);
        boolean err = terminals.map(descriptors -> descriptors.contains("2")).orElse(false);
        return new Output(command, Terminal.of(out, environment), Terminal.of(err, environment), documentation);
    }

    /** Returns the output for a cluster, whose warnings, errors, and notes begin with its name; this one if the name is empty. */
    Output of(String cluster) {
        return cluster.isEmpty() ? this : new Output(command, terminal, errors, documentation, cluster + ": ", lines);
    }

    /** Returns what standard output can show. */
    Terminal terminal() {
        return terminal;
    }

    void print(String text) {
        synchronized (lines) {
            clear();
            String linked = documentation.get().in(text);
            PrintWriter out = command.commandLine().getOut();
            out.print(terminal.colour() ? PlainText.coloredLines(linked) : PlainText.lines(linked));
            out.flush();
        }
    }

    /** Prints what the user should know, once. */
    void warn(String warning) {
        synchronized (lines) {
            if (lines.warned.add(prefix + warning)) {
                line("warning: " + prefix + warning);
            }
        }
    }

    void fail(String problem) {
        line("error: " + prefix + problem);
    }

    /** Prints a note, for example that there is nothing to show. */
    void note(String text) {
        line(prefix + text);
    }

    /** Shows on a terminal what the command is working on. The next line replaces it. */
    void progress(String subject) {
        if (errors.interactive()) {
            synchronized (lines) {
                PrintWriter err = command.commandLine().getErr();
                err.print(CLEAR + errors.cut(PlainText.line(prefix + subject) + " ..."));
                err.flush();
                lines.showProgress = true;
            }
        }
    }

    /** Shows how far the command is: as progress on a terminal, and as a line elsewhere, unless it is the same as before. */
    void step(String text) {
        if (errors.interactive()) {
            progress(text);
            return;
        }
        synchronized (lines) {
            if (!text.equals(lines.lastStep)) {
                lines.lastStep = text;
                line(text);
            }
        }
    }

    private void line(String text) {
        synchronized (lines) {
            clear();
            PrintWriter err = command.commandLine().getErr();
            err.println(PlainText.line(documentation.get().in(text)));
            err.flush();
        }
    }

    private void clear() {
        if (lines.showProgress) {
            PrintWriter err = command.commandLine().getErr();
            err.print(CLEAR);
            err.flush();
            lines.showProgress = false;
        }
    }

    private static boolean isConsole() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
