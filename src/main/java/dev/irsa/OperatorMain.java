package dev.irsa;

import dev.irsa.cli.CheckCommand;
import dev.irsa.cli.PolicyCommand;
import dev.irsa.cli.RunCommand;
import dev.irsa.core.failure.RootCause;
import dev.irsa.runtime.StartFailure;
import java.util.Objects;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** The program. */
@Command(
        name = "irsa-operator",
        description = "Gives Kubernetes ServiceAccounts their AWS IAM roles.",
        subcommands = {RunCommand.class, PolicyCommand.class, CheckCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = OperatorMain.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class OperatorMain {
    private OperatorMain() {}

    /**
     * Runs it; the exit code is 1 for what lacks around it or 2 for a wrong configuration. Told to stop by a signal, it
     * stops in good order, and the JVM then ends with 128 and the signal's number, whatever we return: 143 for SIGTERM.
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new OperatorMain())
                .setExecutionExceptionHandler(OperatorMain::complain)
                .execute(args));
    }

    /** What nobody has foreseen is told in a sentence all the same; the trace is in the log at debug. */
    private static int complain(Exception thrown, CommandLine command, ParseResult parsed) {
        String problem = RootCause.of(thrown).replaceAll("\\s+", " ");
        command.getErr().println("irsa-operator: " + problem + "; IRSA_LOG_LEVEL=DEBUG shows where");
        LoggerFactory.getLogger(OperatorMain.class).debug("ended by a defect", thrown);
        return StartFailure.ENVIRONMENT;
    }

    /** That of the jar. */
    public static String version() {
        return Objects.requireNonNullElse(
                OperatorMain.class.getPackage().getImplementationVersion(), "(not from its jar)");
    }

    /** What {@code --version} tells. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"irsa-operator " + version()};
        }
    }
}
