package dev.irsa.kubectl;

import dev.irsa.kubectl.aws.AwsDiagnosis;
import dev.irsa.kubectl.aws.StsTokenExchange;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.diagnosis.CredentialFacts;
import dev.irsa.kubectl.diagnosis.CredentialFacts.Subject;
import dev.irsa.kubectl.diagnosis.Diagnosis;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.doctor.CredentialProver;
import dev.irsa.kubectl.doctor.DoctorReport;
import dev.irsa.kubectl.doctor.DoctorRequest;
import dev.irsa.kubectl.doctor.DoctorRequest.RequestedAction;
import dev.irsa.kubectl.doctor.EvidenceCollector;
import dev.irsa.kubectl.kubernetes.KubernetesDiagnosis;
import dev.irsa.kubectl.kubernetes.KubernetesTokenRequests;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.kubernetes.PublicIssuer;
import dev.irsa.runtime.StartFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a diagnosis reads from.
 *
 * @param aws the clients, or why there are none
 * @param eksClusterName the name of the cluster in EKS; empty if it is not known
 */
record DiagnosisSources(KubernetesClient client, Evidence<AwsReads> aws, Optional<String> eksClusterName)
        implements AutoCloseable {
    /**
     * Connects to AWS, without a call. The region of the kubeconfig is the last resort.
     *
     * @throws StartFailure if the file with the settings of the operator cannot be read
     */
    static DiagnosisSources connect(KubernetesClient client, ReadOptions options) throws StartFailure {
        Optional<EksContext> eks = options.operator
                .find(client, _ -> {})
                .flatMap(EksContext::of)
                .or(() -> EksContext.of(client.getConfiguration()));
        Optional<String> name = options.aws.eksClusterName().or(() -> eks.map(EksContext::name));
        return new DiagnosisSources(client, AwsReads.open(options.aws, eks), name);
    }

    /**
     * Collects the evidence and examines every cause.
     *
     * @param proves whether to request a token and exchange it for credentials; otherwise, no change is made
     */
    DoctorReport diagnose(Subject subject, List<RequestedAction> actions, boolean proves, Consumer<String> progress) {
        CredentialFacts facts = new EvidenceCollector(
                        new KubernetesWorkloads(client),
                        new KubernetesDiagnosis(client),
                        new PublicIssuer()::published,
                        aws.then(reads -> Evidence.of(
                                new EvidenceCollector.Aws(new AwsDiagnosis(reads.clients()), reads.providers()))),
                        InstantSource.system(),
                        progress)
                .collect(new DoctorRequest(subject, eksClusterName, actions));
        CredentialFacts all = proves ? prove(facts) : facts;
        return DoctorReport.of(all, Diagnosis.of(all));
    }

    private CredentialFacts prove(CredentialFacts facts) {
        return new CredentialProver(
                        new KubernetesTokenRequests(client),
                        aws.then(reads ->
                                Evidence.of(new StsTokenExchange(reads.clients().sts()))))
                .prove(facts, Objects.requireNonNullElse(System.getProperty("user.name"), "unknown"));
    }

    @Override
    public void close() {
        aws.known().ifPresent(AwsReads::close);
    }
}
