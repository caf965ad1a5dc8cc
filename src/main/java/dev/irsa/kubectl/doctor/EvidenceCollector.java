package dev.irsa.kubectl.doctor;

import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.PodIdentityAgent;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.kubectl.diagnosis.AwsFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AccountFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AgentFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import dev.irsa.kubectl.diagnosis.CredentialFacts;
import dev.irsa.kubectl.diagnosis.CredentialFacts.Subject;
import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.diagnosis.IssuerFacts;
import dev.irsa.kubectl.diagnosis.IssuerFacts.Published;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.output.UserMessage;
import dev.irsa.kubectl.port.AwsDiagnosisReads;
import dev.irsa.kubectl.port.DiagnosisReads;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.kubectl.port.WorkloadReads.Workload;
import dev.irsa.port.OidcProviderReads;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Collects the evidence for a diagnosis. It reads only.
 *
 * @param issuer returns what the URL of an issuer returns to AWS; without a response, nothing is known about what AWS gets
 * @param aws how to ask AWS
 * @param progress receives what is read
 */
public record EvidenceCollector(
        WorkloadReads workloads,
        DiagnosisReads cluster,
        Function<String, Evidence<Published>> issuer,
        Accounts aws,
        InstantSource clock,
        Consumer<String> progress) {
    public record Aws(AwsDiagnosisReads diagnosis, OidcProviderReads providers) {}

    /** The AWS accounts that the user can ask. */
    public interface Accounts {
        /** Returns how to ask the account of the cluster, or why it cannot be asked and what to do. */
        Evidence<Aws> home();

        /** Returns how to ask an account, or why that is not possible. */
        Evidence<Aws> in(String id);

        /** Returns the id of the account of a role, or why it is not known. */
        Evidence<String> id(RoleInOtherAccount role);
    }

    /** Reads everything that the checks need, except for the proof. */
    public CredentialFacts collect(DoctorRequest request) {
        Subject subject = request.subject();
        progress.accept("reading the cluster");
        ClusterFacts facts = facts(subject);
        Evidence<String> url = read(cluster::issuer);
        progress.accept("reading the public documents of the issuer");
        IssuerFacts issuerFacts = new IssuerFacts(url, read(cluster::signingKeys), url.then(issuer));
        progress.accept("reading AWS");
        AwsFacts awsFacts = new AwsEvidence(aws, request)
                .collect(
                        url,
                        ownRole(subject, facts),
                        facts.resource().known().flatMap(found -> found).flatMap(ResourceFacts::elsewhere));
        return new CredentialFacts(clock.instant(), subject, facts, issuerFacts, awsFacts, Optional.empty());
    }

    /**
     * Returns the role of the annotation, or else the one that the container names. Returns empty if the container uses EKS Pod
     * Identity, where only the association names a role.
     */
    private static Optional<String> ownRole(Subject subject, ClusterFacts facts) {
        if (subject.container().filter(PodIdentityAgent::serves).isPresent()) {
            return Optional.empty();
        }
        return facts.account()
                .known()
                .flatMap(found -> found)
                .map(AccountFacts::annotations)
                .map(annotations -> annotations.get(DesiredServiceAccount.ROLE_ARN))
                .filter(role -> !role.isEmpty())
                .or(() -> subject.container()
                        .map(ObservedPod.Container::environment)
                        .map(environment -> environment.get(PodIdentityWebhook.ROLE_ARN)));
    }

    private ClusterFacts facts(Subject subject) {
        String namespace = subject.namespace();
        return new ClusterFacts(
                read(() -> cluster.resource(namespace, subject.serviceAccount())),
                read(() -> cluster.serviceAccount(namespace, subject.serviceAccount())),
                read(() -> accountsWithRole(namespace)),
                read(cluster::webhook),
                read(() -> cluster.namespaceLabels(namespace)),
                agent(subject.pod().flatMap(ObservedPod::node)),
                read(cluster::minorVersion));
    }

    private List<String> accountsWithRole(String namespace) {
        return workloads.serviceAccounts(Optional.of(namespace)).stream()
                .filter(account -> account.annotations().containsKey(DesiredServiceAccount.ROLE_ARN))
                .map(Workload::name)
                .sorted()
                .toList();
    }

    private Evidence<AgentFacts> agent(Optional<String> node) {
        return read(cluster::isAgentInstalled)
                .then(installed -> Evidence.of(new AgentFacts(
                        installed,
                        node.map(name -> read(() -> cluster.isAgentReady(name)))
                                .orElseGet(() -> Evidence.unreadable("the pod is not scheduled")))));
    }

    /** Makes a read. A failure becomes evidence that is missing, with its reason. */
    public static <T> Evidence<T> read(Supplier<T> read) {
        try {
            return Evidence.of(read.get());
        } catch (FailureException e) {
            return Evidence.unreadable(UserMessage.of(e.failure()));
        }
    }
}
