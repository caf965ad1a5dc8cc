package dev.irsa.kubectl;

import dev.irsa.aws.AwsClients;
import dev.irsa.aws.IamOidcProviders;
import dev.irsa.kubectl.aws.AwsDiagnosis;
import dev.irsa.kubectl.aws.StsTokenExchange;
import dev.irsa.kubectl.connection.AwsOptions;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.diagnosis.CredentialFacts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.doctor.CredentialProver;
import dev.irsa.kubectl.doctor.EvidenceCollector;
import dev.irsa.kubectl.doctor.EvidenceCollector.AwsReads;
import dev.irsa.kubectl.kubernetes.KubernetesDiagnosis;
import dev.irsa.kubectl.kubernetes.KubernetesTokenRequests;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.kubernetes.PublicIssuer;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.port.CallInterceptor;
import dev.irsa.runtime.AwsConnection;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a diagnosis reads from.
 *
 * @param aws the clients, or why there are none
 * @param eksClusterName the name of the cluster in EKS; empty if it is not known
 */
record DiagnosisSources(KubernetesClient client, Evidence<AwsClients> aws, Optional<String> eksClusterName)
        implements AutoCloseable {
    /**
     * Connects to AWS, without a call. The region of the kubeconfig is the last resort.
     *
     * @throws StartFailure if the file with the settings of the operator cannot be read
     */
    static DiagnosisSources connect(KubernetesClient client, AwsOptions options, OperatorOptions operator)
            throws StartFailure {
        Optional<EksContext> eks = operator.find(client, _ -> {})
                .flatMap(EksContext::of)
                .or(() -> EksContext.of(client.getConfiguration()));
        Optional<String> name = options.eksClusterName().or(() -> eks.map(EksContext::name));
        return new DiagnosisSources(client, clients(options, eks.map(EksContext::region)), name);
    }

    private static Evidence<AwsClients> clients(AwsOptions options, Optional<String> fallback) {
        if (options.noAws()) {
            return Evidence.unreadable("--no-aws is set");
        }
        try {
            return Evidence.of(AwsConnection.ofUser(options.region(), fallback));
        } catch (StartFailure e) {
            return Evidence.unreadable(e.problem());
        }
    }

    WorkloadReads workloads() {
        return new KubernetesWorkloads(client);
    }

    /** Returns what collects the evidence. It makes no change. */
    EvidenceCollector collector(Consumer<String> progress) {
        return new EvidenceCollector(
                workloads(),
                new KubernetesDiagnosis(client),
                new PublicIssuer()::published,
                aws.then(clients -> Evidence.of(new AwsReads(
                        new AwsDiagnosis(clients), new IamOidcProviders(clients.iam(), CallInterceptor.NONE)))),
                InstantSource.system(),
                progress);
    }

    /** Requests a token, exchanges it for credentials, and adds the result to the facts. */
    CredentialFacts prove(CredentialFacts facts) {
        return new CredentialProver(
                        new KubernetesTokenRequests(client),
                        aws.then(clients -> Evidence.of(new StsTokenExchange(clients.sts()))))
                .prove(facts, Objects.requireNonNullElse(System.getProperty("user.name"), "unknown"));
    }

    @Override
    public void close() {
        aws.known().ifPresent(AwsClients::close);
    }
}
