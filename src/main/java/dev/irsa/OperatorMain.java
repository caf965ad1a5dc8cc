package dev.irsa;

import dev.irsa.cli.CheckCommand;
import dev.irsa.cli.LogLevel;
import dev.irsa.cli.PolicyCommand;
import dev.irsa.cli.PublishIssuerCommand;
import dev.irsa.cli.RunCommand;
import dev.irsa.config.ProgramVersion;
import dev.irsa.core.failure.RootCause;
import dev.irsa.core.text.PlainText;
import dev.irsa.kubectl.DoctorCommand;
import dev.irsa.kubectl.ExplainCommand;
import dev.irsa.kubectl.GetCommand;
import dev.irsa.kubectl.ImportCommand;
import dev.irsa.kubectl.PlanCommand;
import dev.irsa.kubectl.ReportCommand;
import dev.irsa.kubectl.TrainCommand;
import dev.irsa.kubectl.UnusedCommand;
import dev.irsa.kubectl.UsageErrors;
import dev.irsa.kubectl.WarmUp;
import dev.irsa.kubectl.WhatCanCommand;
import dev.irsa.kubectl.WhoCanCommand;
import dev.irsa.kubectl.completion.CompleteCommand;
import dev.irsa.runtime.StartFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The entry point of the program. */
@Command(
        name = "irsa-operator",
        description = "Manages AWS IAM roles for Kubernetes ServiceAccounts.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND")
public final class OperatorMain {
    /** The system property that the launcher of the plugin sets to what the user types: {@code kubectl irsa}. */
    private static final String PROGRAM = "irsa.program";

    /** @param command its class, or an instance */
    private record Subcommand(String name, Object command) {}

    private static final List<Subcommand> OF_OPERATOR = List.of(
            new Subcommand("run", RunCommand.class),
            new Subcommand("policy", PolicyCommand.class),
            new Subcommand("check", CheckCommand.class),
            new Subcommand("publish-issuer", PublishIssuerCommand.class));

    /** In the order of its help. It has all commands of the operator too. */
    private static final List<Subcommand> OF_PLUGIN = List.of(
            new Subcommand("get", GetCommand.class),
            new Subcommand("explain", ExplainCommand.class),
            new Subcommand("plan", PlanCommand.class),
            new Subcommand("doctor", DoctorCommand.class),
            new Subcommand("who-can", WhoCanCommand.class),
            new Subcommand("what-can", WhatCanCommand.class),
            new Subcommand("unused", UnusedCommand.class),
            new Subcommand("report", ReportCommand.class),
            new Subcommand("import", ImportCommand.class),
            new Subcommand("check", CheckCommand.class),
            new Subcommand("policy", PolicyCommand.class),
            new Subcommand("publish-issuer", PublishIssuerCommand.class),
            new Subcommand("run", RunCommand.class));

    private OperatorMain() {}

    /**
     * Runs the command. The exit code is 1 if the environment does not allow it to work, and 2 if the configuration is
     * invalid. After a signal, the command shuts down gracefully. The JVM then exits with 128 plus the number of the
     * signal, such as 143 for SIGTERM, regardless of the code returned here.
     */
    public static void main(String[] args) {
        Optional<String> plugin = Optional.ofNullable(System.getProperty(PROGRAM));
        if (plugin.isPresent() && args.length > 0 && !args[0].startsWith("-")) {
            WarmUp.start();
        }
        CommandLine command = commandLine(plugin, args).setExecutionExceptionHandler(OperatorMain::reportUnexpected);
        Optional<String> invalidLevel = LogLevel.problem();
        if (invalidLevel.isPresent()) {
            command.getErr().println(PlainText.line(plugin.orElse("irsa-operator") + ": " + invalidLevel.get()));
            System.exit(StartFailure.CONFIGURATION);
        }
        System.exit(command.execute(args));
    }

    /** Returns a parser that knows only the subcommand that the arguments name. The others take time to prepare. */
    private static CommandLine commandLine(Optional<String> plugin, String[] args) {
        List<Subcommand> named = (plugin.isEmpty() ? OF_OPERATOR : OF_PLUGIN)
                .stream()
                        .filter(subcommand ->
                                args.length > 0 && subcommand.name().equals(args[0]))
                        .toList();
        return named.isEmpty() ? commandLine(plugin) : commandLine(plugin, named);
    }

    /**
     * Returns the parser of the arguments.
     *
     * @param plugin the command of which the program is a plugin, as the user types it; empty: it is the operator
     */
    public static CommandLine commandLine(Optional<String> plugin) {
        return commandLine(
                plugin,
                plugin.isEmpty()
                        ? OF_OPERATOR
                        : Stream.concat(OF_PLUGIN.stream(), overAll(plugin)).toList());
    }

    /** Returns the commands of the plugin that need all others. */
    private static Stream<Subcommand> overAll(Optional<String> plugin) {
        return Stream.of(
                new Subcommand("__complete", CompleteCommand.class),
                new Subcommand("__train", new TrainCommand(() -> commandLine(plugin))));
    }

    private static CommandLine commandLine(Optional<String> plugin, List<Subcommand> subcommands) {
        CommandLine program = new CommandLine(new OperatorMain());
        subcommands.forEach(subcommand -> program.addSubcommand(subcommand.name(), subcommand.command()));
        plugin.ifPresent(name -> {
            program.setCommandName(name);
            program.setParameterExceptionHandler(new UsageErrors());
            program.getCommandSpec()
                    .usageMessage()
                    .description("Shows, plans and explains the AWS IAM roles of Kubernetes ServiceAccounts.");
            Optional.ofNullable(program.getSubcommands().get("run"))
                    .ifPresent(run -> run.getCommandSpec().usageMessage().hidden(true));
        });
        return program;
    }

    /** Reports an unexpected exception in one line; the log has the stack trace at level DEBUG. */
    private static int reportUnexpected(Exception thrown, CommandLine command, ParseResult parsed) {
        String problem = RootCause.of(thrown).replaceAll("\\s+", " ");
        String program = command.getCommandSpec().root().name();
        command.getErr()
                .println(
                        PlainText.line(program + ": " + problem + "; set IRSA_LOG_LEVEL=DEBUG to log the stack trace"));
        LoggerFactory.getLogger(OperatorMain.class).debug("exiting after an unexpected exception", thrown);
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
