package dev.irsa;

import dev.irsa.cli.CheckCommand;
import dev.irsa.cli.PolicyCommand;
import dev.irsa.cli.RunCommand;
import dev.irsa.cli.kubectl.GetCommand;
import dev.irsa.cli.kubectl.PlanCommand;
import dev.irsa.core.failure.RootCause;
import dev.irsa.runtime.StartFailure;
import java.util.Objects;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** The entry point of the program. */
@Command(
        name = "irsa-operator",
        description = "Manages AWS IAM roles for Kubernetes ServiceAccounts.",
        subcommands = {
            RunCommand.class, PolicyCommand.class, CheckCommand.class, GetCommand.class, PlanCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = OperatorMain.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class OperatorMain {
    private OperatorMain() {}

    /**
     * Runs the command. The exit code is 1 if the environment does not allow it to work, and 2 if the configuration is
     * invalid. After a signal, the command shuts down gracefully. The JVM then exits with 128 plus the number of the
     * signal, such as 143 for SIGTERM, regardless of the code returned here.
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new OperatorMain())
                .setExecutionExceptionHandler(OperatorMain::reportUnexpected)
                .execute(args));
    }

    /** Reports an unexpected exception in one line; the log has the stack trace at level DEBUG. */
    private static int reportUnexpected(Exception thrown, CommandLine command, ParseResult parsed) {
        String problem = RootCause.of(thrown).replaceAll("\\s+", " ");
        command.getErr().println("irsa-operator: " + problem + "; set IRSA_LOG_LEVEL=DEBUG to log the stack trace");
        LoggerFactory.getLogger(OperatorMain.class).debug("exiting after an unexpected exception", thrown);
        return StartFailure.ENVIRONMENT;
    }

    /** Returns the version in the manifest of the jar. */
    public static String version() {
        return Objects.requireNonNullElse(
                OperatorMain.class.getPackage().getImplementationVersion(), "(not from its jar)");
    }

    /** Prints the version for {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"irsa-operator " + version()};
        }
    }
}
