package dev.irsa.kubectl;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.config.SettingsOptions;
import dev.irsa.core.desired.Desired;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.diagnosis.CredentialFacts.Subject;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.doctor.DoctorReport;
import dev.irsa.kubectl.doctor.EvidenceCollector;
import dev.irsa.kubectl.explain.Explainer;
import dev.irsa.kubectl.explain.Explanation;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.plan.Manifests;
import dev.irsa.kubectl.plan.PlannedResource;
import dev.irsa.port.ManagedPolicyReads;
import dev.irsa.port.OperatorSettings;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Implements {@code kubectl irsa explain}, which shows the whole chain of one resource. */
@Command(
        name = "explain",
        description =
                "Explains one IamServiceAccount: which entitlement allows it, what its role is, and every link from"
                        + " there to the credentials of its pods. The first broken link is shown with what to do. The command"
                        + " reads only. What you have no permission to read is not checked.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no link is broken", "1:a link is broken", "2:the usage or the configuration is not valid"},
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private SettingsOptions overrides = new SettingsOptions("explain");

    @Parameters(paramLabel = "NAME", description = "Name of the IamServiceAccount")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Override
    public Integer call() throws InterruptedException {
        return options.run(this::explain);
    }

    private int explain(KubernetesClient client, Output output) throws StartFailure {
        try (DiagnosisSources sources = DiagnosisSources.connect(client, options)) {
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
            options.print(output, explained::format, () -> explained);
            return explained.firstBroken().isPresent() ? StartFailure.ENVIRONMENT : 0;
        }
    }

    private Explanation explain(
            KubernetesClient client,
            ApiServerReads cluster,
            DiagnosisSources sources,
            IamServiceAccount resource,
            Output output) {
        Subject subject = new Subject(
                resource.getMetadata().getNamespace(),
                Desired.serviceAccountNames(name, resource.getSpec()).getFirst(),
                Optional.empty(),
                Optional.empty());
        DoctorReport diagnosis = sources.diagnose(subject, List.of(), false, output::progress);
        Evidence<OperatorSettings> settings = settings(client);
        Evidence<PlannedResource> planned =
                settings.then(known -> plan(client, cluster, known, sources.readers(), resource, output));
        Evidence<OperatorSettings> inAccount = settings.then(known -> RoleInOtherAccount.of(resource)
                .map(role -> EvidenceCollector.read(() -> sources.accounts().settings(role, known))
                        .then(there -> there))
                .orElseGet(() -> Evidence.of(known)));
        return new Explainer(inAccount, cluster, known -> policies(sources, known))
                .explain(resource, planned, diagnosis);
    }

    private static Evidence<ManagedPolicyReads> policies(DiagnosisSources sources, OperatorSettings settings) {
        return sources.readers().in(settings.identity().account().id()).then(reads -> Evidence.of(reads.policies()));
    }

    private Evidence<OperatorSettings> settings(KubernetesClient client) {
        try {
            return Evidence.of(options.operator.read(client, overrides));
        } catch (StartFailure e) {
            return Evidence.unreadable(e.problem());
        }
    }

    private Evidence<PlannedResource> plan(
            KubernetesClient client,
            ApiServerReads cluster,
            OperatorSettings settings,
            AccountReaders readers,
            IamServiceAccount resource,
            Output output) {
        List<String> warnings = new ArrayList<>();
        PlanSession session = new PlanSession(client, cluster, settings, readers, warnings::add);
        return EvidenceCollector.read(() -> session.plan(Manifests.of(List.of(resource)), false, output::progress))
                .then(result -> {
                    warnings.addAll(result.warnings());
                    return result.comparedWithIam() && result.warnings().isEmpty()
                            ? Evidence.of(result.resources().getFirst())
                            : Evidence.unreadable(String.join("; ", warnings));
                });
    }
}
