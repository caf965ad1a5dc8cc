package dev.irsa.kubectl;

import dev.irsa.kubectl.access.AccessInventory;
import dev.irsa.kubectl.get.ClusterResults;
import dev.irsa.kubectl.get.Scope;
import dev.irsa.kubectl.report.AccessReport;
import dev.irsa.kubectl.report.Comparison;
import dev.irsa.kubectl.report.Flag;
import dev.irsa.kubectl.report.ReportBuilder;
import dev.irsa.kubectl.report.ReportFormat;
import dev.irsa.runtime.StartFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Implements {@code kubectl irsa report}, which writes who can use which roles to a page, and what they allow. */
@Command(
        name = "report",
        description = {
            "Writes a page that shows which ServiceAccounts can use which AWS roles, and what the roles allow. It also shows when the"
                    + " roles were last used, and flags what a reviewer should look at.",
            "The page is one file that loads nothing. The command changes nothing in the cluster or in AWS."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:no role has a flag that --fail-on names",
            "1:a role has one",
            "2:the usage is not valid, or something could not be read or written"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubectl irsa report --output access.html -A",
            "  kubectl irsa report -o access.html -o access.json -A --compare last-week.json",
            "  kubectl irsa report -o csv -A > access.csv",
            "  kubectl irsa report -o access.html -A --fail-on privilege-escalation --fail-on wide-trust"
        },
        exitCodeOnExecutionException = StartFailure.CONFIGURATION,
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description =
                    "File with the extension .html, .json, or .csv; or json or csv for standard output. Repeat it for several")
    private List<Path> outputs = List.of();

    @Option(
            names = "--fail-on",
            paramLabel = "FLAG",
            description =
                    "End with exit code 1 if a role has this flag: ${COMPLETION-CANDIDATES}. Repeat it for several")
    private List<Flag> failOn = List.of();

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Earlier report in JSON; show what changed since then")
    @Nullable
    private Path earlier;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Report on the ServiceAccounts of all namespaces. Default: that of -n")
    private boolean allNamespaces;

    @Mixin
    private ConnectionOptions options = new ConnectionOptions();

    @Mixin
    private ContextOptions contexts = new ContextOptions();

    private Optional<AccessReport> before = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        return contexts.runIfValid(
                invalid().or(this::unusableFile),
                options,
                new EachCluster<>(this::read, this::report, _ -> StartFailure.CONFIGURATION));
    }

    /** Looks at the files before a cluster is read, which takes a while. */
    private Optional<String> unusableFile() {
        try {
            for (Path path : outputs) {
                if (!isStandardOutput(path)) {
                    ReportFiles.requireReplaceable(path, format(path));
                }
            }
            before = earlier == null ? Optional.empty() : Optional.of(ReportFiles.read(earlier));
            return Optional.empty();
        } catch (StartFailure e) {
            return Optional.of(e.problem());
        }
    }

    private Optional<String> invalid() {
        Optional<Path> unknown = outputs.stream()
                .filter(path -> !isStandardOutput(path)
                        && ReportFormat.ofFile(path.toString()).isEmpty())
                .findFirst();
        if (unknown.isPresent()) {
            return Optional.of("--output " + unknown.get()
                    + " has no known format; end the name of the file with .html, .json, or .csv, or use json or csv");
        }
        if (outputs.stream().filter(ReportCommand::isStandardOutput).count() > 1) {
            return Optional.of("--output names standard output twice; write one of the reports to a file");
        }
        return earlier != null && outputs.contains(Path.of("csv"))
                ? Optional.of(
                        "--compare cannot be combined with --output csv, which has no place for changes; use json or a file")
                : Optional.empty();
    }

    private static boolean isStandardOutput(Path path) {
        return path.equals(Path.of("json")) || path.equals(Path.of("csv"));
    }

    private static ReportFormat format(Path path) {
        return ReportFormat.ofFile(path.toString()).orElseGet(() -> ReportFormat.valueOf(path.toString()));
    }

    private ClusterAccess read(Cluster cluster) throws StartFailure, InterruptedException {
        Optional<String> namespace =
                allNamespaces ? Optional.empty() : Optional.of(options.namespace(cluster.client()));
        return new AccessReader(options).read(cluster, new Scope(namespace, Optional.empty()));
    }

    private int report(ClusterResults<ClusterAccess> clusters, Output output)
            throws StartFailure, InterruptedException {
        if (clusters.read().isEmpty()) {
            return StartFailure.CONFIGURATION;
        }
        ClusterResults<AccessReport> reports = reports(clusters, output);
        AccessReport report = sinceEarlier(AccessReport.of(reports), output);
        for (Path path : outputs) {
            if (ReportFiles.isSame(path, earlier) && report.incompleteness().isPresent()) {
                output.warn(path + " is not replaced, because this report is not complete");
                continue;
            }
            write(path, format(path).format(report, options.operator.documentation()), report, output);
        }
        if (report.changes() != null && outputs.stream().noneMatch(ReportCommand::isStandardOutput)) {
            output.print(report.changes().format());
        }
        List<String> raised = report.raised(failOn);
        raised.forEach(output::fail);
        AccessInventory.incompleteness("report", reports.notReadOfRead(AccessReport::notRead))
                .ifPresent(output::fail);
        if (report.incompleteness().isPresent()) {
            return StartFailure.CONFIGURATION;
        }
        return raised.isEmpty() ? 0 : StartFailure.ENVIRONMENT;
    }

    private static ClusterResults<AccessReport> reports(ClusterResults<ClusterAccess> clusters, Output output)
            throws InterruptedException {
        Instant now = Instant.now();
        return GrantReader.read(clusters, output, GrantReader.Further.NONE)
                .map(sources -> new ReportBuilder(sources, now).report());
    }

    private AccessReport sinceEarlier(AccessReport report, Output output) throws StartFailure {
        if (before.isEmpty()) {
            return report;
        }
        Optional<String> obstacle = Comparison.obstacle(before.get(), report);
        if (obstacle.isPresent()) {
            String several = report.clusters() == null ? "" : "s";
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "--compare " + earlier + " cannot be compared: " + obstacle.get()
                            + "; name a report of the same cluster" + several + " and the same namespaces");
        }
        if (before.get().incompleteness().isPresent()) {
            output.warn("the earlier report is not complete, so that changes may be missing or wrong");
        }
        return report.since(before.get());
    }

    private static void write(Path path, String text, AccessReport report, Output output) throws StartFailure {
        if (isStandardOutput(path)) {
            output.print(text);
        } else {
            ReportFiles.write(path, text);
            output.note("Wrote " + path + " with " + report.roles().size()
                    + (report.roles().size() == 1 ? " role" : " roles")
                    + (report.clusters() == null
                            ? ""
                            : " of " + clusters(report.clusters().size()))
                    + (report.namespace() == null
                            ? ""
                            : " of namespace " + report.namespace() + "; use -A for all namespaces"));
        }
    }

    private static String clusters(int count) {
        return count == 1 ? "1 cluster" : count + " clusters";
    }
}
