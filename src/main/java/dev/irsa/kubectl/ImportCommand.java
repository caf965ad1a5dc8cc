package dev.irsa.kubectl;

import dev.irsa.config.SettingsOptions;
import dev.irsa.core.text.Documentation;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsSource;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.imports.ImportDocument;
import dev.irsa.kubectl.imports.ImportPlan;
import dev.irsa.kubectl.imports.ImportStatus;
import dev.irsa.kubectl.imports.ImportText;
import dev.irsa.kubectl.imports.ManifestFolder;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.kubernetes.ResourceResumes;
import dev.irsa.kubectl.output.OutputFormat;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Implements {@code kubectl irsa import}, which writes manifests for roles that other tools created. */
@Command(
        name = "import",
        description = {
            "Writes IamServiceAccounts that equal the IAM roles that other tools created, and shows what their adoption"
                    + " changes. It reads the role annotations of the ServiceAccounts, and the roles.",
            "It changes nothing, except with --offer and --offer-from, which tag roles, and --resume, which resumes resources."
                    + " See " + Documentation.HOME_ADDRESS + "migrate/README.md"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the roles were read, even if some are refused; with --status, all roles are adopted",
            "1:some could not be read, offered, or resumed; with --status, some are not adopted yet",
            "2:the usage or the configuration is not valid; with --status, something could not be read"
        },
        exitCodeOnExecutionException = StartFailure.CONFIGURATION,
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
    /** How many resources are resumed at once, unless the user says otherwise. */
    private static final int GROUP = 50;

    private static final Duration POLL = Duration.ofSeconds(2);

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private SettingsOptions overrides = new SettingsOptions("plan");

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Import the roles of all namespaces")
    private boolean allNamespaces;

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

    @Mixin
    private ImportModes modes = new ImportModes();

    @Override
    public Integer call() throws InterruptedException {
        modes.require();
        if (modes.status) {
            return options.run(this::run, StartFailure.CONFIGURATION);
        }
        return options.run(modes.resume == null ? this::run : this::resume);
    }

    private int resume(KubernetesClient client, Output output) throws StartFailure, InterruptedException {
        String namespace = options.namespace(client);
        ManifestDirectory directory =
                ManifestDirectory.read("--resume", Objects.requireNonNull(modes.resume), namespace);
        return new ResumeWaves(
                        new WaveFiles(directory, namespace),
                        new KubernetesWorkloads(client),
                        new ResourceResumes(client),
                        output,
                        new ResumeWaves.Pace(
                                Objects.requireNonNullElse(modes.limit, GROUP),
                                modes.wait ? Optional.of(modes.timeout) : Optional.empty(),
                                POLL,
                                modes.approvesChanges))
                .run();
    }

    private int run(KubernetesClient client, Output output) throws StartFailure {
        if (modes.folder != null) {
            ImportFolder.requireEmpty(modes.folder);
        }
        Optional<ManifestDirectory> directory = modes.directory(options.namespace(client));
        OperatorSettings settings = options.operator.read(client, overrides);
        options.operator.requireCluster(client, settings);
        Optional<String> namespace = directory.isPresent()
                ? directory.get().namespace()
                : allNamespaces ? Optional.empty() : Optional.of(options.namespace(client));
        ToolFiles files = ToolFiles.read(eksctl, terraform);
        ApiServerReads cluster = new ApiServerReads(client);
        IamAccounts accounts = new IamAccounts(cluster::accounts);
        try (AccountReaders readers = new AccountReaders(options.aws, EksContext.of(settings), Optional.of(settings))) {
            AwsSource source = AwsSource.connect(readers, settings, accounts, output::warn);
            if (source.aws().isEmpty()) {
                throw new StartFailure(
                        StartFailure.ENVIRONMENT, "roles cannot be imported without AWS; see the warning above");
            }
            files.requireCluster(
                    readers.eksClusterName().orElse(settings.identity().name()));
            PlanSession session = new PlanSession(client, cluster, settings, readers, output::warn);
            ImportSession imports =
                    new ImportSession(session, accounts, new KubernetesWorkloads(client), namespace, output);
            if (modes.status) {
                return status(new StatusReader(imports, settings.identity()).read(source, directory), output);
            }
            RoleOffering offering = new RoleOffering(settings.identity(), readers, output, modes.confirmed);
            ImportCluster live = imports.cluster();
            if (directory.isPresent()) {
                return new OfferFrom(
                                imports.plan(source, live, directory.get()),
                                new OfferCheck(live.resourcesByKey(), "the file", "apply the file"),
                                settings.identity(),
                                offering,
                                output)
                        .offer(Objects.requireNonNullElse(modes.limit, Integer.MAX_VALUE));
            }
            ImportPlan plan = imports.plan(source, live, candidates -> files.addTo(candidates, settings.identity()));
            return modes.offers.isEmpty()
                    ? show(plan, output)
                    : new NamedOffers(
                                    plan,
                                    new OfferCheck(
                                            live.resourcesByKey(),
                                            "the one that this import writes",
                                            "apply that one, or pass --offer-from" + " with the folder of its file"),
                                    offering,
                                    output)
                            .offer(modes.offers);
        }
    }

    private int status(ImportStatus status, Output output) {
        status.notRead().forEach(account -> output.fail(account.reason()));
        options.print(output, status::text, () -> status);
        if (status.resources().isEmpty()) {
            output.note("No IamServiceAccount adopts a role"
                    + (allNamespaces ? "." : "; use -A for all namespaces, or --from for a folder."));
        }
        return status.exitCode();
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
        if (modes.folder != null && !plan.accounts().isEmpty()) {
            int files = ImportFolder.write(modes.folder, ManifestFolder.of(plan));
            output.note("Wrote " + files + " files to " + modes.folder + "; read " + modes.folder.resolve("HANDOVER.md")
                    + " next.");
        }
        return exitCode;
    }
}
