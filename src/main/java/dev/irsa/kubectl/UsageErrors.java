package dev.irsa.kubectl;

import dev.irsa.core.text.PlainText;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports what is wrong with a command line in a few lines. The whole help would hide it. */
public final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException thrown, String[] arguments) {
        CommandLine commandLine = thrown.getCommandLine();
        CommandSpec command = commandLine.getCommandSpec();
        PrintWriter err = commandLine.getErr();
        if (!(thrown instanceof UnmatchedArgumentException)
                && !command.subcommands().isEmpty()) {
            commandLine.usage(err);
        } else {
            err.println(PlainText.lines("error: " + thrown.getMessage()));
            UnmatchedArgumentException.printSuggestions(thrown, err);
            err.println("See: " + command.qualifiedName() + " --help");
        }
        return command.exitCodeOnInvalidInput();
    }
}
