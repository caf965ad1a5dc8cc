package dev.irsa.cli;

import dev.irsa.config.InvalidConfiguration;
import dev.irsa.core.text.PlainText;
import dev.irsa.runtime.StartFailure;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Prints problems with the command line or the environment to the error stream, one line each. */
record CommandErrors(CommandSpec command) {
    @FunctionalInterface
    interface Flags<C> {
        /** Returns the configuration, or throws with all problems. */
        C read() throws InvalidConfiguration;
    }

    @FunctionalInterface
    interface Work<C> {
        /** Runs the command and returns the exit code. */
        int run(C config) throws StartFailure, InterruptedException;
    }

    /**
     * Runs the work if the flags are valid. Otherwise, prints the problems. Returns the exit code.
     *
     * @param unknown flags that the command does not know; reported with all other problems, because the parser would
     *     report them alone
     */
    <C> int runOrReport(List<String> unknown, Flags<C> flags, Work<C> work) throws InterruptedException {
        unknown.forEach(
                flag -> report(flag + " is not a flag of this command; see: " + command.qualifiedName() + " --help"));
        try {
            C config = flags.read();
            return unknown.isEmpty() ? work.run(config) : StartFailure.CONFIGURATION;
        } catch (InvalidConfiguration e) {
            report(e.problems());
            return StartFailure.CONFIGURATION;
        } catch (StartFailure e) {
            report(e.problem());
            return e.exitCode();
        }
    }

    void report(String problem) {
        command.commandLine().getErr().println(PlainText.line(command.root().name() + ": " + problem));
    }

    void report(List<String> problems) {
        problems.forEach(this::report);
    }
}
