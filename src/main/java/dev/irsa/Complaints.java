package dev.irsa;

import dev.irsa.config.InvalidConfiguration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What is wrong with a command line, told on the error stream: a line each. */
record Complaints(CommandSpec command) {
    void of(String problem) {
        command.commandLine().getErr().println("irsa-operator: " + problem);
    }

    void of(List<String> problems) {
        problems.forEach(this::of);
    }

    /** All that is wrong with the flags; answers the exit code. */
    int of(List<String> unknown, InvalidConfiguration invalid) {
        ofUnknown(unknown);
        of(invalid.problems());
        return StartFailure.CONFIGURATION;
    }

    /** Flags that the command does not know, told with all other mistakes rather than by the parser before any of them. */
    void ofUnknown(List<String> flags) {
        flags.forEach(flag -> of(flag + " is no flag of this command; see: " + command.qualifiedName() + " --help"));
    }
}
