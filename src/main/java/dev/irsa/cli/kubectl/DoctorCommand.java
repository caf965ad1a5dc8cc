package dev.irsa.cli.kubectl;

import dev.irsa.aws.AwsClients;
import dev.irsa.aws.AwsDiagnosis;
import dev.irsa.aws.IamOidcProviders;
import dev.irsa.aws.StsTokenExchange;
import dev.irsa.core.diagnosis.CredentialFacts;
import dev.irsa.core.diagnosis.Diagnosis;
import dev.irsa.core.diagnosis.Evidence;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.kubernetes.KubernetesDiagnosis;
import dev.irsa.kubernetes.KubernetesTokenRequests;
import dev.irsa.kubernetes.KubernetesWorkloads;
import dev.irsa.kubernetes.PublicIssuer;
import dev.irsa.plugin.doctor.CredentialProver;
import dev.irsa.plugin.doctor.DoctorReads;
import dev.irsa.plugin.doctor.DoctorReads.AwsReads;
import dev.irsa.plugin.doctor.DoctorReport;
import dev.irsa.plugin.doctor.DoctorRequest;
import dev.irsa.plugin.doctor.DoctorText;
import dev.irsa.plugin.doctor.EvidenceCollector;
import dev.irsa.plugin.doctor.Reading;
import dev.irsa.plugin.doctor.RequestedAction;
import dev.irsa.plugin.output.Documents;
import dev.irsa.plugin.output.OutputFormat;
import dev.irsa.plugin.output.Terminal;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.WorkloadReads;
import dev.irsa.runtime.Clients;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private KubectlOptions options = new KubectlOptions();

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

    @Option(names = "--region", paramLabel = "REGION", description = "AWS region. Default: that of the environment")
    @Nullable
    private String region;

    @Option(
            names = "--eks-cluster-name",
            paramLabel = "NAME",
            description = "Name of the cluster in EKS, to read its Pod Identity associations. Default: from the kubeconfig")
    @Nullable
    private String eksClusterName;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        List<RequestedAction> requested = actions.stream().map(this::action).toList();
        try (KubernetesClient client = options.connect()) {
            return diagnose(client, requested);
        } catch (StartFailure e) {
            return fail(e.problem(), e.exitCode());
        } catch (FailureException e) {
            return fail(Reading.reason(e.failure()), StartFailure.ENVIRONMENT);
        }
    }

    private RequestedAction action(String text) {
        return RequestedAction.parse(text)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "--can " + text + " is not valid; use the form s3:GetObject=arn:aws:s3:::bucket/key"));
    }

    private int diagnose(KubernetesClient client, List<RequestedAction> requested) {
        WorkloadReads workloads = new KubernetesWorkloads(client);
        Optional<EksContext> eks = EksContext.of(client.getConfiguration());
        String namespace = options.namespace(client);
        Optional<ObservedPod> pod = Optional.empty();
        if (DoctorSubject.isPod(subject)) {
            pod = workloads.pod(namespace, DoctorSubject.name(subject));
            if (pod.isEmpty()) {
                return fail(
                        "pod " + namespace + "/" + DoctorSubject.name(subject)
                                + " not found; set --namespace, or use sa/NAME for a ServiceAccount",
                        StartFailure.ENVIRONMENT);
            }
        }
        if (pod.isPresent() && container != null) {
            List<String> names = pod.get().containers().stream().map(Container::name).toList();
            if (!names.contains(container)) {
                return fail(
                        "pod " + pod.get().name() + " has no container " + container + "; it has: "
                                + String.join(", ", names),
                        StartFailure.CONFIGURATION);
            }
        }
        DoctorRequest request = new DoctorRequest(
                namespace,
                pod.map(ObservedPod::serviceAccount).orElse(DoctorSubject.name(subject)),
                pod,
                Optional.ofNullable(container),
                Optional.ofNullable(eksClusterName).or(() -> eks.map(EksContext::name)),
                requested);
        Evidence<AwsClients> aws = aws(eks);
        try {
            return report(facts(client, workloads, aws, request));
        } finally {
            aws.known().ifPresent(AwsClients::close);
        }
    }

    /** The region of the kubeconfig is the last resort, because a user may have set another one on purpose. */
    private Evidence<AwsClients> aws(Optional<EksContext> eks) {
        try {
            return Evidence.of(Clients.aws(Optional.ofNullable(region), () -> {}));
        } catch (StartFailure e) {
            return eks.map(EksContext::region)
                    .filter(_ -> region == null)
                    .map(known -> inRegion(known))
                    .orElseGet(() -> Evidence.unreadable(e.problem()));
        }
    }

    private static Evidence<AwsClients> inRegion(String region) {
        try {
            return Evidence.of(Clients.aws(Optional.of(region), () -> {}));
        } catch (StartFailure e) {
            return Evidence.unreadable(e.problem());
        }
    }

    private CredentialFacts facts(
            KubernetesClient client, WorkloadReads workloads, Evidence<AwsClients> aws, DoctorRequest request) {
        DoctorReads reads = new DoctorReads(
                workloads,
                new KubernetesDiagnosis(client),
                new PublicIssuer(),
                aws.then(clients -> Evidence.of(new AwsReads(
                        new AwsDiagnosis(clients), new IamOidcProviders(clients.iam(), CallInterceptor.NONE)))));
        CredentialFacts facts = new EvidenceCollector(reads, InstantSource.system(), this::progress).collect(request);
        if (!prove) {
            return facts;
        }
        progress("exchanging a token");
        return new CredentialProver(
                        new KubernetesTokenRequests(client),
                        aws.then(clients -> Evidence.of(new StsTokenExchange(clients.sts()))))
                .prove(facts, Objects.requireNonNullElse(System.getProperty("user.name"), "unknown"));
    }

    private int report(CredentialFacts facts) {
        DoctorReport report = DoctorReport.of(facts, Diagnosis.of(facts));
        String text = options.output == OutputFormat.table
                ? DoctorText.format(report, terminal())
                : Documents.format(report, options.output);
        command.commandLine().getOut().print(text);
        command.commandLine().getOut().flush();
        return report.cause().isEmpty() ? 0 : StartFailure.ENVIRONMENT;
    }

    private static Terminal terminal() {
        return Terminal.of(System.console() != null && System.console().isTerminal(), System.getenv());
    }

    private void progress(String step) {
        if (terminal().interactive()) {
            command.commandLine().getErr().println(step + " ...");
        }
    }

    private int fail(String problem, int exitCode) {
        command.commandLine().getErr().println("kubectl irsa: " + problem);
        return exitCode;
    }
}
