package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.config.ProgramVersion;
import dev.irsa.config.SettingsOptions;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.plan.AffectedResources;
import dev.irsa.kubectl.plan.InvalidFile;
import dev.irsa.kubectl.plan.ManifestParser;
import dev.irsa.kubectl.plan.Manifests;
import dev.irsa.kubectl.plan.PlanResult;
import dev.irsa.kubectl.plan.PlanText;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Implements {@code kubectl irsa plan}, which shows what the operator would do. */
@Command(
        name = "plan",
        description = {
            "Shows what the operator would do for the IamServiceAccounts in files, or in the cluster, and changes"
                    + " nothing. The plan is made by the operator's own reconcile."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the plan can be carried out",
            "1:a user has to act before every resource and IamAccount can be Ready, or no plan could be made",
            "2:with --detailed-exitcode, there are changes and no such problem"
        },
        exitCodeOnInvalidInput = PlanResult.REFUSED,
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {
    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private SettingsOptions overrides = new SettingsOptions("plan");

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            description =
                    "File or folder with manifests; - reads standard input. Repeatable. IamAccounts are planned too, and"
                            + " entitlements, Namespaces and ServiceAccounts are taken into account. Default: the"
                            + " IamServiceAccounts in the cluster")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-R", "--recursive"},
            description = "Read the folders inside of a folder too")
    private boolean recursive;

    @Option(names = "--delete", description = "Show what the deletion of the resources would do")
    private boolean delete;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Without --filename: the resources of all namespaces")
    private boolean allNamespaces;

    @Option(names = "--detailed-exitcode", description = "Exit with 2 if there are changes")
    private boolean detailed;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        if (allNamespaces && !files.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--all-namespaces applies only to resources in the cluster; leave it out with --filename, and use"
                            + " --namespace for manifests that name no namespace");
        }
        return options.run(this::show, PlanResult.REFUSED);
    }

    private int show(KubernetesClient client, Output output) throws StartFailure {
        PlanResult result;
        try {
            result = plan(client, output);
        } catch (InvalidFile e) {
            output.fail(String.valueOf(e.getMessage()));
            return PlanResult.REFUSED;
        }
        options.print(output, terminal -> PlanText.of(result, terminal), () -> result);
        result.warnings().forEach(output::warn);
        return result.exitCode(detailed);
    }

    private PlanResult plan(KubernetesClient client, Output output) throws StartFailure, InvalidFile {
        OperatorSettings settings = options.operator.read(client, overrides);
        String version = ProgramVersion.current();
        if (!settings.version().equals(version)) {
            output.warn("the operator has version " + settings.version() + ", and this command has version " + version
                    + "; their plans may differ");
        }
        if (settings.dryRun()) {
            output.warn("the operator runs with --dry-run and makes no changes");
        }
        ManifestParser parser = new ManifestParser(options.namespace(client));
        ManifestFiles.read(files, recursive, System.in, parser);
        ApiServerReads cluster = new ApiServerReads(client);
        Manifests manifests = files.isEmpty() ? Manifests.of(resources(client, cluster)) : parser.manifests();
        if (!files.isEmpty() && !delete) {
            manifests =
                    manifests.with(others(new AffectedResources(cluster, manifests, output::warn), cluster, output));
        }
        try (AccountReaders readers = new AccountReaders(options.aws, EksContext.of(settings), Optional.of(settings))) {
            return new PlanSession(client, cluster, settings, readers, output::warn)
                    .plan(manifests, delete, output::progress);
        }
    }

    private static List<IamServiceAccount> others(AffectedResources affected, ApiServerReads cluster, Output output) {
        return UserMessage.unlessFailed(
                        "resources of the cluster that the files affect, but do not contain, are not planned",
                        () -> affected.find(cluster::allResources),
                        output::warn)
                .orElse(List.of());
    }

    private List<IamServiceAccount> resources(KubernetesClient client, ApiServerReads cluster) {
        return allNamespaces ? cluster.allResources() : cluster.resources(options.namespace(client));
    }
}
