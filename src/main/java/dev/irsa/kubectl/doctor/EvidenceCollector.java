package dev.irsa.kubectl.doctor;

import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.PodIdentityAgent;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AccountFacts;
import dev.irsa.kubectl.diagnosis.AwsFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AgentFacts;
import dev.irsa.kubectl.diagnosis.CredentialFacts;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.IssuerFacts;
import dev.irsa.kubectl.diagnosis.Proof;
import dev.irsa.kubectl.port.DiagnosisReads;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Collects the evidence for a diagnosis. It reads only. */
public final class EvidenceCollector {
    private final DoctorReads reads;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /**
     * Reads from these.
     *
     * @param progress receives what is read
     */
    public EvidenceCollector(DoctorReads reads, InstantSource clock, Consumer<String> progress) {
        this.reads = reads;
        this.clock = clock;
        this.progress = progress;
    }

    /** Reads everything that the checks need, except for the proof. */
    public CredentialFacts collect(DoctorRequest request) {
        progress.accept("reading the cluster");
        ClusterFacts cluster = cluster(request);
        Evidence<String> url = Reading.of(reads.cluster()::issuer);
        progress.accept("reading the public documents of the issuer");
        IssuerFacts issuer =
                new IssuerFacts(url, Reading.of(reads.cluster()::signingKeys), url.then(reads.issuer()::published));
        progress.accept("reading AWS");
        AwsEvidence aws = new AwsEvidence(reads.aws(), request);
        AwsFacts awsFacts = aws.collect(url, ownRole(request, cluster));
        return new CredentialFacts(
                clock.instant(),
                request.namespace(),
                request.serviceAccount(),
                request.pod(),
                request.examined(),
                cluster,
                issuer,
                awsFacts,
                Optional.<Proof>empty(),
                aws.simulate(awsFacts.roleArn()));
    }

    /**
     * Returns the role of the annotation, or else the one that the container names. Returns empty if the container uses EKS Pod
     * Identity, where only the association names a role.
     */
    private static Optional<String> ownRole(DoctorRequest request, ClusterFacts cluster) {
        if (request.examined().filter(PodIdentityAgent::serves).isPresent()) {
            return Optional.empty();
        }
        return cluster.account()
                .known()
                .flatMap(found -> found)
                .map(AccountFacts::annotations)
                .map(annotations -> annotations.get(DesiredServiceAccount.ROLE_ARN))
                .filter(role -> !role.isEmpty())
                .or(() -> request.examined()
                        .map(ObservedPod.Container::environment)
                        .map(environment -> environment.get(PodIdentityWebhook.ROLE_ARN)));
    }

    private ClusterFacts cluster(DoctorRequest request) {
        DiagnosisReads from = reads.cluster();
        String namespace = request.namespace();
        return new ClusterFacts(
                Reading.of(() -> from.resource(namespace, request.serviceAccount())),
                Reading.of(() -> from.serviceAccount(namespace, request.serviceAccount())),
                Reading.of(() -> accountsWithRole(namespace)),
                Reading.of(from::webhook),
                Reading.of(() -> from.namespaceLabels(namespace)),
                agent(request.pod().flatMap(ObservedPod::node)),
                Reading.of(from::minorVersion));
    }

    private List<String> accountsWithRole(String namespace) {
        return reads.workloads().serviceAccounts(Optional.of(namespace)).stream()
                .filter(account -> account.annotations().containsKey(DesiredServiceAccount.ROLE_ARN))
                .map(Workload::name)
                .sorted()
                .toList();
    }

    private Evidence<AgentFacts> agent(Optional<String> node) {
        return Reading.of(reads.cluster()::isAgentInstalled)
                .then(installed -> Evidence.of(new AgentFacts(
                        installed,
                        node.map(name -> Reading.of(() -> reads.cluster().isAgentReady(name)))
                                .orElseGet(() -> Evidence.unreadable("the pod is not scheduled")))));
    }
}
