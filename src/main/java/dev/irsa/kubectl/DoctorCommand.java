package dev.irsa.kubectl;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.kubectl.diagnosis.CredentialFacts.Subject;
import dev.irsa.kubectl.doctor.DoctorReport;
import dev.irsa.kubectl.doctor.DoctorRequest.RequestedAction;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Implements {@code kubectl irsa doctor}, which finds out why a pod does not get its AWS credentials. */
@Command(
        name = "doctor",
        description = "Finds out why a pod does not get its AWS credentials. The command checks every link of the chain"
                + " from the ServiceAccount to the role, and reads only, except with --prove. It works without the"
                + " operator. What you have no permission to read is not checked.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no check failed", "1:a check failed", "2:the usage or the configuration is not valid"},
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private static final Set<String> SERVICE_ACCOUNT = Set.of("sa", "serviceaccount", "serviceaccounts");

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Parameters(paramLabel = "POD|sa/NAME", description = "The pod, or the ServiceAccount, to examine")
    @SuppressWarnings("NullAway.Init")
    private String subject;

    @Option(
            names = {"-c", "--container"},
            paramLabel = "NAME",
            description = "Container of the pod. Default: the first one")
    @Nullable
    private String container;

    @Option(
            names = "--prove",
            description = "Request a token of the ServiceAccount, exchange it for credentials of the role, and ask AWS"
                    + " whose they are. Neither is shown or stored. For IRSA only")
    private boolean prove;

    @Option(
            names = "--can",
            paramLabel = "ACTION[=ARN]",
            description = "Simulate whether the policies of the role allow an action, such as"
                    + " s3:GetObject=arn:aws:s3:::bucket/key. Repeatable")
    private List<String> actions = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        List<RequestedAction> requested = actions.stream().map(this::action).toList();
        return options.run((client, output) -> {
            try (DiagnosisSources sources = DiagnosisSources.connect(client, options)) {
                return diagnose(client, sources, requested, output);
            }
        });
    }

    private RequestedAction action(String text) {
        return RequestedAction.parse(text)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "--can " + text + " is not valid; use the form s3:GetObject=arn:aws:s3:::bucket/key"));
    }

    private int diagnose(
            KubernetesClient client, DiagnosisSources sources, List<RequestedAction> requested, Output output) {
        String namespace = options.namespace(client);
        KubernetesWorkloads workloads = new KubernetesWorkloads(client);
        // As kubectl does: NAME, or TYPE/NAME.
        int slash = subject.indexOf('/');
        String name = subject.substring(slash + 1);
        Optional<ObservedPod> pod = Optional.empty();
        if (slash < 0 || !SERVICE_ACCOUNT.contains(subject.substring(0, slash))) {
            pod = workloads.pod(namespace, name);
            if (pod.isEmpty()) {
                output.fail(
                        "pod " + namespace + "/" + name
                                + " not found; set --namespace, name a pod (kubectl get pods), or use sa/NAME for a ServiceAccount");
                return StartFailure.ENVIRONMENT;
            }
        } else {
            requireResponse(workloads, namespace, name);
        }
        List<Container> containers = pod.map(ObservedPod::containers).orElse(List.of());
        Optional<Container> examined = containers.stream()
                .filter(candidate -> container == null || candidate.name().equals(container))
                .findFirst();
        if (pod.isPresent() && container != null && examined.isEmpty()) {
            output.fail("pod " + name + " has no container " + container + "; it has: "
                    + containers.stream().map(Container::name).collect(Collectors.joining(", ")));
            return StartFailure.CONFIGURATION;
        }
        Subject examinedSubject =
                new Subject(namespace, pod.map(ObservedPod::serviceAccount).orElse(name), pod, examined);
        DoctorReport report = sources.diagnose(examinedSubject, requested, prove, output::progress);
        options.print(output, report::format, () -> report);
        return report.cause().isEmpty() ? 0 : StartFailure.ENVIRONMENT;
    }

    /** Fails if the API server cannot be read at all. If only a permission is missing, the rest can be checked. */
    private static void requireResponse(WorkloadReads workloads, String namespace, String serviceAccount) {
        try {
            Optional<WorkloadReads.Workload> _ = workloads.serviceAccount(namespace, serviceAccount);
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.AccessDenied)) {
                throw e;
            }
        }
    }
}
