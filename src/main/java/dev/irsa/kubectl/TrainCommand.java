package dev.irsa.kubectl;

import dev.irsa.core.text.PlainText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Runs the commands that standard input lists, one in each line, in this JVM. An ahead-of-time cache is trained by one
 * process, but has to contain the classes of every command.
 */
@Command(name = "__train", hidden = true)
public final class TrainCommand implements Callable<Integer> {
    private final Supplier<CommandLine> program;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /** @param program makes a parser of all commands */
    public TrainCommand(Supplier<CommandLine> program) {
        this.program = program;
    }

    /** Stops at the first command that ends with another exit code than the one before it. */
    @Override
    public Integer call() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line : lines.lines().toList()) {
            int space = line.indexOf(' ');
            // A space at the end is followed by an empty word, which completion needs.
            int exitCode = program.get().execute(line.substring(space + 1).split(" ", -1));
            if (exitCode != Integer.parseInt(line.substring(0, space))) {
                command.commandLine().getErr().println(PlainText.line("'" + line + "' ended with " + exitCode));
                return 1;
            }
        }
        return 0;
    }
}
