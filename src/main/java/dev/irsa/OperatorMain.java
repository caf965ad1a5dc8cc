package dev.irsa;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program. */
@Command(
        name = "irsa-operator",
        description = "Gives Kubernetes ServiceAccounts their AWS IAM roles.",
        subcommands = RunCommand.class,
        mixinStandardHelpOptions = true,
        versionProvider = OperatorMain.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class OperatorMain {
    private OperatorMain() {}

    /** Runs it; the exit code is 0, 1 for what lacks around it, or 2 for a wrong configuration. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new OperatorMain()).execute(args));
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = OperatorMain.class.getPackage().getImplementationVersion();
            return new String[] {"irsa-operator " + (version == null ? "(not from its jar)" : version)};
        }
    }
}
