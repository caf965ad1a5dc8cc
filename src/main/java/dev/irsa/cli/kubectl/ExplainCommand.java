package dev.irsa.cli.kubectl;

import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.config.SettingsOptions;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.diagnosis.CredentialFacts;
import dev.irsa.core.diagnosis.Diagnosis;
import dev.irsa.core.diagnosis.Evidence;
import dev.irsa.core.failure.FailureException;
import dev.irsa.kubernetes.ApiServerReads;
import dev.irsa.plugin.doctor.DoctorReport;
import dev.irsa.plugin.doctor.DoctorRequest;
import dev.irsa.plugin.explain.ExplainText;
import dev.irsa.plugin.explain.Explainer;
import dev.irsa.plugin.explain.Explanation;
import dev.irsa.plugin.output.Documents;
import dev.irsa.plugin.output.OutputFormat;
import dev.irsa.plugin.output.UserMessage;
import dev.irsa.plugin.plan.Manifests;
import dev.irsa.plugin.plan.PlanResult;
import dev.irsa.plugin.plan.PlannedResource;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Implements {@code kubectl irsa explain}, which shows the whole chain of one resource. */
@Command(
        name = "explain",
        description =
                "Explains one IamServiceAccount: which entitlement allows it, what its role is, and every link from"
                        + " there to the credentials of its pods. The first broken link is shown with the way out. The command"
                        + " reads only. What you have no permission to read is not checked.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no link is broken", "1:a link is broken", "2:the usage or the configuration is not valid"},
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private KubectlOptions options = new KubectlOptions();

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @ArgGroup(validate = false, heading = "%nFlags of the operator, to explain with other settings than it has:%n")
    private SettingsOptions overrides = new SettingsOptions();

    @Parameters(paramLabel = "NAME", description = "Name of the IamServiceAccount")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        Output output = new Output(command);
        try (KubernetesClient client = options.connect();
                DiagnosisSources sources = DiagnosisSources.connect(client, aws, operator)) {
            ApiServerReads cluster = new ApiServerReads(client);
            String namespace = options.namespace(client);
            Optional<IamServiceAccount> resource = cluster.resources(namespace).stream()
                    .filter(candidate -> candidate.getMetadata().getName().equals(name))
                    .findFirst();
            if (resource.isEmpty()) {
                output.fail("IamServiceAccount " + namespace + "/" + name
                        + " not found; for a ServiceAccount without one, run: kubectl irsa doctor sa/" + name);
                return StartFailure.ENVIRONMENT;
            }
            Explanation explained = explain(client, cluster, sources, resource.get(), output);
            output.print(
                    options.output == OutputFormat.table
                            ? ExplainText.of(explained, output.terminal())
                            : Documents.format(explained, options.output));
            return explained.firstBroken().isPresent() ? StartFailure.ENVIRONMENT : 0;
        } catch (StartFailure e) {
            output.fail(e.problem());
            return e.exitCode();
        } catch (FailureException e) {
            output.fail(UserMessage.of(e.failure()));
            return StartFailure.ENVIRONMENT;
        }
    }

    private Explanation explain(
            KubernetesClient client,
            ApiServerReads cluster,
            DiagnosisSources sources,
            IamServiceAccount resource,
            Output output) {
        DoctorRequest request = new DoctorRequest(
                resource.getMetadata().getNamespace(),
                Desired.serviceAccountName(name, resource.getSpec()),
                Optional.empty(),
                Optional.empty(),
                sources.eksClusterName(),
                List.of());
        CredentialFacts facts = sources.collector(output::progress).collect(request);
        Evidence<OperatorSettings> settings = settings(client);
        return new Explainer(settings, cluster)
                .explain(
                        resource,
                        settings.then(known -> plan(client, cluster, known, resource, output)),
                        DoctorReport.of(facts, Diagnosis.of(facts)));
    }

    private Evidence<OperatorSettings> settings(KubernetesClient client) {
        try {
            return Evidence.of(operator.read(client, overrides));
        } catch (StartFailure e) {
            return Evidence.unreadable(e.problem());
        }
    }

    private Evidence<PlannedResource> plan(
            KubernetesClient client,
            ApiServerReads cluster,
            OperatorSettings settings,
            IamServiceAccount resource,
            Output output) {
        List<String> warnings = new ArrayList<>();
        PlanResult result;
        try {
            result = new PlanSession(client, cluster, settings, aws, warnings::add)
                    .plan(Manifests.of(List.of(resource)), false, output::progress);
        } catch (FailureException e) {
            return Evidence.unreadable(UserMessage.of(e.failure()));
        }
        warnings.addAll(result.warnings());
        return result.comparedWithIam() && result.warnings().isEmpty()
                ? Evidence.of(result.resources().getFirst())
                : Evidence.unreadable(String.join("; ", warnings));
    }
}
