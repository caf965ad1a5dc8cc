package dev.irsa.kubectl;

import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.kubectl.diagnosis.CredentialFacts;
import dev.irsa.kubectl.diagnosis.Diagnosis;
import dev.irsa.kubectl.doctor.DoctorReport;
import dev.irsa.kubectl.doctor.DoctorRequest;
import dev.irsa.kubectl.doctor.RequestedAction;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.runtime.StartFailure;
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
            try (DiagnosisSources sources = DiagnosisSources.connect(client, options.aws, options.operator)) {
                return diagnose(sources, options.kubectl.namespace(client), requested, output);
            }
        });
    }

    private RequestedAction action(String text) {
        return RequestedAction.parse(text)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "--can " + text + " is not valid; use the form s3:GetObject=arn:aws:s3:::bucket/key"));
    }

    private int diagnose(DiagnosisSources sources, String namespace, List<RequestedAction> requested, Output output) {
        String name = DoctorSubject.name(subject);
        Optional<ObservedPod> pod = Optional.empty();
        if (DoctorSubject.isPod(subject)) {
            pod = sources.workloads().pod(namespace, name);
            if (pod.isEmpty()) {
                output.fail("pod " + namespace + "/" + name
                        + " not found; set --namespace, or use sa/NAME for a ServiceAccount");
                return StartFailure.ENVIRONMENT;
            }
        } else {
            requireResponse(sources.workloads(), namespace, name);
        }
        Optional<String> missing = pod.flatMap(this::missingContainer);
        if (missing.isPresent()) {
            output.fail(missing.get());
            return StartFailure.CONFIGURATION;
        }
        DoctorRequest request = new DoctorRequest(
                namespace,
                pod.map(ObservedPod::serviceAccount).orElse(name),
                pod,
                Optional.ofNullable(container),
                sources.eksClusterName(),
                requested);
        CredentialFacts facts = sources.collector(output::progress).collect(request);
        return report(prove ? sources.prove(facts) : facts, output);
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

    /** Returns that the pod has no such container; empty if it has. */
    private Optional<String> missingContainer(ObservedPod pod) {
        List<String> names = pod.containers().stream().map(Container::name).toList();
        return Optional.ofNullable(container)
                .filter(name -> !names.contains(name))
                .map(name ->
                        "pod " + pod.name() + " has no container " + name + "; it has: " + String.join(", ", names));
    }

    private int report(CredentialFacts facts, Output output) {
        DoctorReport report = DoctorReport.of(facts, Diagnosis.of(facts));
        options.print(output, report::format, () -> report);
        return report.cause().isEmpty() ? 0 : StartFailure.ENVIRONMENT;
    }
}
