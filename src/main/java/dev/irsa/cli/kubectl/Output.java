package dev.irsa.cli.kubectl;

import dev.irsa.plugin.output.Terminal;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Prints results to standard output, and everything else to standard error. */
record Output(CommandSpec command) {
    /** Returns what standard output can show. */
    Terminal terminal() {
        return Terminal.of(isTerminal(), System.getenv());
    }

    void print(String text) {
        PrintWriter out = command.commandLine().getOut();
        out.print(text);
        out.flush();
    }

    /** Prints what the user should know. */
    void warn(String warning) {
        line("warning: " + warning);
    }

    /** Prints why the command failed. */
    void fail(String problem) {
        line("error: " + problem);
    }

    /** Prints a note, for example that there is nothing to show. */
    void note(String text) {
        line(text);
    }

    /** Shows on a terminal what the command is working on. The next line replaces it. */
    void progress(String subject) {
        if (terminal().colour()) {
            PrintWriter err = command.commandLine().getErr();
            err.print("\r\u001b[K" + subject + " ...\r");
            err.flush();
        }
    }

    private void line(String text) {
        PrintWriter err = command.commandLine().getErr();
        err.println((terminal().colour() ? "\r\u001b[K" : "") + text);
        err.flush();
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
