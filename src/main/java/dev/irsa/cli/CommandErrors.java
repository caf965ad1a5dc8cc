package dev.irsa.cli;

import dev.irsa.config.InvalidConfiguration;
import dev.irsa.runtime.StartFailure;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What is wrong with a command line, or with what is around it, told on the error stream: a line each. */
record CommandErrors(CommandSpec command) {
    /** Makes sense of a command's flags. */
    @FunctionalInterface
    interface Flags<C> {
        /** What they mean, or every mistake there is. */
        C read() throws InvalidConfiguration;
    }

    /** What a command does. */
    @FunctionalInterface
    interface Work<C> {
        /** Does it; answers the exit code. */
        int with(C config) throws StartFailure, InterruptedException;
    }

    /**
     * Has the work done when the flags make sense; answers the exit code.
     *
     * @param unknown flags that the command does not know: told with all other mistakes rather than by the parser before
     *     any of them
     */
    <C> int orDo(List<String> unknown, Flags<C> flags, Work<C> work) throws InterruptedException {
        unknown.forEach(flag -> of(flag + " is no flag of this command; see: " + command.qualifiedName() + " --help"));
        try {
            C config = flags.read();
            return unknown.isEmpty() ? work.with(config) : StartFailure.CONFIGURATION;
        } catch (InvalidConfiguration e) {
            of(e.problems());
            return StartFailure.CONFIGURATION;
        } catch (StartFailure e) {
            of(e.problem());
            return e.exitCode();
        }
    }

    void of(String problem) {
        command.commandLine().getErr().println("irsa-operator: " + problem);
    }

    void of(List<String> problems) {
        problems.forEach(this::of);
    }
}
