package dev.irsa.kubectl;

import dev.irsa.kubectl.access.UnusedAccess;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.get.UnusedPeriod;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.runtime.StartFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Implements {@code kubectl irsa unused}, which lists what roles allow and have not used. */
@Command(
        name = "unused",
        description = {
            "Lists the services and actions that the roles of ServiceAccounts allow and have not used, and prints smaller policies. It"
                    + " waits for a job of IAM about each role. The command changes nothing.",
            "IAM shows a use up to four hours late, counts denied attempts, and does not track every action. What it does not track stays"
                    + " in the policies, as long as its service is used."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the answer is complete, even if there is nothing unused",
            "1:something could not be read",
            "2:the usage or the configuration is not valid"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kubectl irsa unused invoices -n payments", "  kubectl irsa unused -A --period 180d -o json"},
        mixinStandardHelpOptions = true)
public final class UnusedCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name of a ServiceAccount. Default: all of the namespace")
    @Nullable
    private String name;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Ask about the ServiceAccounts of all namespaces")
    private boolean allNamespaces;

    @Option(
            names = "--period",
            paramLabel = "PERIOD",
            converter = UnusedPeriod.Converter.class,
            description = "How long something must be unused, such as 30d. Default: ${DEFAULT-VALUE}",
            defaultValue = "90d")
    @SuppressWarnings("NullAway.Init")
    private UnusedPeriod period;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (allNamespaces && name != null) {
            options.output().fail("a name cannot be combined with -A; use -n");
            return StartFailure.CONFIGURATION;
        }
        return options.run(new EachCluster<>(this::read, this::show, StartFailure::exitCode)::one);
    }

    private ClusterAccess read(Cluster cluster) throws StartFailure, InterruptedException {
        Scope scope = new Scope(
                allNamespaces ? Optional.empty() : Optional.of(options.namespace(cluster.client())),
                Optional.ofNullable(name));
        return new AccessReader(options).read(cluster, scope);
    }

    private int show(ClusterResults<ClusterAccess> cluster, Output output) throws InterruptedException {
        UnusedAccess unused = UnusedReader.read(cluster, output, period.start(Instant.now()));
        if (!unused.items().isEmpty() || options.format != OutputFormat.table) {
            options.print(output, unused::format, () -> unused);
        } else if (unused.notRead().isEmpty()) {
            output.note("No unused access found.");
        }
        if (options.format == OutputFormat.table) {
            unused.tooYoung()
                    .forEach(role ->
                            output.note("Left out, because it was created less than " + period + " ago: " + role));
            output.note(UnusedPeriod.NOTE + " It does not track every action, and counts denied"
                    + " attempts as uses. What was granted within the period looks unused.");
        }
        unused.notRead().forEach(missing -> output.fail("the answer is not complete: " + missing.reason()));
        return unused.notRead().isEmpty() ? 0 : StartFailure.ENVIRONMENT;
    }
}
