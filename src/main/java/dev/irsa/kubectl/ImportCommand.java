package dev.irsa.kubectl;

import dev.irsa.config.SettingsOptions;
import dev.irsa.core.text.Documentation;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsSource;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.imports.ImportDocument;
import dev.irsa.kubectl.imports.ImportPlan;
import dev.irsa.kubectl.imports.ImportText;
import dev.irsa.kubectl.imports.ManifestFolder;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Implements {@code kubectl irsa import}, which writes manifests for roles that other tools created. */
@Command(
        name = "import",
        description = {
            "Writes IamServiceAccounts that equal the IAM roles that other tools created, and shows what their adoption"
                    + " changes. It reads the role annotations of the ServiceAccounts, and the roles.",
            "It changes nothing, except with --offer, which tags the named roles. See " + Documentation.HOME_ADDRESS
                    + "migrate/README.md"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the roles were read, even if some are refused",
            "1:some could not be read, or a role could not be offered",
            "2:the usage or the configuration is not valid"
        },
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private SettingsOptions overrides = new SettingsOptions("plan");

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Import the roles of all namespaces")
    private boolean allNamespaces;

    @Option(
            names = {"-d", "--output-dir"},
            paramLabel = "FOLDER",
            description = "Write the manifests and HANDOVER.md to this folder, which must be empty or not exist."
                    + " Default: only show what would be written")
    @Nullable
    private Path folder;

    @Option(
            names = "--from-eksctl",
            paramLabel = "FILE",
            description = "Also import what a ClusterConfig of eksctl declares. Repeatable")
    private List<Path> eksctl = new ArrayList<>();

    @Option(
            names = "--from-terraform-state",
            paramLabel = "FILE",
            description = "Also import the roles in the output of terraform state pull, and write their addresses to"
                    + " HANDOVER.md. Repeatable")
    private List<Path> terraform = new ArrayList<>();

    @Option(
            names = "--offer",
            paramLabel = "ROLE",
            description = "Offer the role of this name or ARN to its resource: set its tag irsa.dev/adoptable-by, and"
                    + " nothing else. Repeatable. The role must be one that can be imported")
    private List<String> offers = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--yes", description = "With --offer: do not ask for confirmation")
    private boolean confirmed;

    @Override
    public Integer call() throws InterruptedException {
        return options.run(this::show);
    }

    private int show(KubernetesClient client, Output output) throws StartFailure {
        if (!offers.isEmpty()) {
            requireOfferAlone();
        }
        if (folder != null) {
            ImportFolder.requireEmpty(folder);
        }
        OperatorSettings settings = options.operator.read(client, overrides);
        Optional<String> namespace = allNamespaces ? Optional.empty() : Optional.of(options.namespace(client));
        ToolFiles files = ToolFiles.read(eksctl, terraform);
        ApiServerReads cluster = new ApiServerReads(client);
        IamAccounts accounts = new IamAccounts(cluster::accounts);
        try (AccountReaders readers = new AccountReaders(options.aws, EksContext.of(settings), Optional.of(settings))) {
            AwsSource source = AwsSource.connect(readers, settings, accounts, output::warn);
            if (source.aws().isEmpty()) {
                output.fail("roles cannot be imported without AWS; see the warning above");
                return StartFailure.ENVIRONMENT;
            }
            files.requireCluster(
                    readers.eksClusterName().orElse(settings.identity().name()));
            PlanSession session = new PlanSession(client, cluster, settings, readers, output::warn);
            ImportPlan plan = new ImportSession(session, accounts, new KubernetesWorkloads(client), namespace, output)
                    .plan(source, candidates -> files.addTo(candidates, settings.identity()));
            return offers.isEmpty()
                    ? show(plan, output)
                    : new RoleOffering(plan, settings.identity(), output, confirmed).offer(offers, readers);
        }
    }

    /** With other settings than those of the operator, a role would be offered to a resource that cannot adopt it. */
    private void requireOfferAlone() {
        boolean overridden = command.argGroups().stream()
                .flatMap(group -> group.allOptionsNested().stream())
                .anyMatch(command.commandLine().getParseResult()::hasMatchedOption);
        if (overridden || folder != null || options.format != OutputFormat.table) {
            throw new ParameterException(
                    command.commandLine(),
                    "--offer cannot be combined with --output, --output-dir, or flags of the operator");
        }
    }

    private int show(ImportPlan plan, Output output) throws StartFailure {
        plan.notRead().forEach(account -> output.fail(account.reason()));
        int exitCode = plan.notRead().isEmpty() ? 0 : StartFailure.ENVIRONMENT;
        if (plan.accounts().isEmpty()) {
            output.note("No ServiceAccount has a role of another tool"
                    + (allNamespaces ? "." : "; use -A for all namespaces."));
            if (options.format == OutputFormat.table) {
                return exitCode;
            }
        }
        options.print(output, terminal -> ImportText.of(plan, terminal), () -> ImportDocument.of(plan));
        plan.warnings().forEach(output::warn);
        if (folder != null && !plan.accounts().isEmpty()) {
            int files = ImportFolder.write(folder, ManifestFolder.of(plan));
            output.note(
                    "Wrote " + files + " files to " + folder + "; read " + folder.resolve("HANDOVER.md") + " next.");
        }
        return exitCode;
    }
}
