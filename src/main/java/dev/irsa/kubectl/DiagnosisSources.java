package dev.irsa.kubectl;

import dev.irsa.kubectl.aws.AwsDiagnosis;
import dev.irsa.kubectl.aws.StsTokenExchange;
import dev.irsa.kubectl.connection.AccountReaders;
import dev.irsa.kubectl.connection.AwsReads;
import dev.irsa.kubectl.connection.EksContext;
import dev.irsa.kubectl.connection.IamAccounts;
import dev.irsa.kubectl.diagnosis.CredentialFacts;
import dev.irsa.kubectl.diagnosis.CredentialFacts.Subject;
import dev.irsa.kubectl.diagnosis.Diagnosis;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.doctor.CredentialProver;
import dev.irsa.kubectl.doctor.DoctorReport;
import dev.irsa.kubectl.doctor.DoctorRequest;
import dev.irsa.kubectl.doctor.DoctorRequest.RequestedAction;
import dev.irsa.kubectl.doctor.EvidenceCollector;
import dev.irsa.kubectl.doctor.EvidenceCollector.Aws;
import dev.irsa.kubectl.kubernetes.ApiServerReads;
import dev.irsa.kubectl.kubernetes.KubernetesDiagnosis;
import dev.irsa.kubectl.kubernetes.KubernetesTokenRequests;
import dev.irsa.kubectl.kubernetes.KubernetesWorkloads;
import dev.irsa.kubectl.kubernetes.PublicIssuer;
import dev.irsa.port.OperatorSettings;
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
 * @param readers of the AWS accounts
 * @param accounts say which account the role of a resource is in
 */
record DiagnosisSources(KubernetesClient client, AccountReaders readers, IamAccounts accounts)
        implements AutoCloseable {
    /**
     * Connects to AWS, without a call. The region of the kubeconfig is the last resort.
     *
     * @throws StartFailure if the file with the settings of the operator cannot be read
     */
    static DiagnosisSources connect(KubernetesClient client, ReadOptions options) throws StartFailure {
        Optional<OperatorSettings> settings = options.operator.find(client, _ -> {});
        Optional<EksContext> eks = settings.flatMap(EksContext::of).or(() -> EksContext.of(client.getConfiguration()));
        return new DiagnosisSources(
                client,
                new AccountReaders(options.aws, eks, settings),
                new IamAccounts(new ApiServerReads(client)::accounts));
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
                        new ReadableAccounts(readers, accounts),
                        InstantSource.system(),
                        progress)
                .collect(new DoctorRequest(subject, readers.eksClusterName(), actions));
        CredentialFacts all = proves ? prove(facts) : facts;
        return DoctorReport.of(all, Diagnosis.of(all));
    }

    private CredentialFacts prove(CredentialFacts facts) {
        return new CredentialProver(
                        new KubernetesTokenRequests(client),
                        readers.any()
                                .then(reads -> Evidence.of(
                                        new StsTokenExchange(reads.clients().sts()))))
                .prove(facts, Objects.requireNonNullElse(System.getProperty("user.name"), "unknown"));
    }

    /** The accounts as a diagnosis reads them. */
    private record ReadableAccounts(AccountReaders readers, IamAccounts accounts)
            implements EvidenceCollector.Accounts {
        @Override
        public Evidence<Aws> home() {
            return readers.home().then(ReadableAccounts::aws);
        }

        @Override
        public Evidence<Aws> in(String id) {
            return readers.in(id).then(ReadableAccounts::aws);
        }

        @Override
        public Evidence<String> id(RoleInOtherAccount role) {
            return accounts.id(role);
        }

        private static Evidence<Aws> aws(AwsReads reads) {
            return Evidence.of(new Aws(new AwsDiagnosis(reads.clients(), reads.caller()), reads.providers()));
        }
    }

    @Override
    public void close() {
        readers.close();
    }
}
