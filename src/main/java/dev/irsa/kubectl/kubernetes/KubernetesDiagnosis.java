package dev.irsa.kubectl.kubernetes;

import static dev.irsa.kubectl.kubernetes.ApiServerReads.read;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.api.v1beta1.IamServiceAccountStatus;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.issuer.DiscoveryDocument;
import dev.irsa.core.issuer.JsonWebKeys;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.kubectl.diagnosis.ClusterFacts.AccountFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts;
import dev.irsa.kubectl.diagnosis.ClusterFacts.ResourceFacts.Problem;
import dev.irsa.kubectl.diagnosis.ClusterFacts.WebhookFacts;
import dev.irsa.kubectl.diagnosis.IssuerFacts.ClusterKeys;
import dev.irsa.kubectl.diagnosis.RoleInOtherAccount;
import dev.irsa.kubectl.port.DiagnosisReads;
import dev.irsa.kubernetes.ApiExceptionTranslator;
import dev.irsa.kubernetes.ServiceAccountView;
import dev.irsa.port.ClusterReads;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads from the API server what decides about the credentials of a pod. */
public record KubernetesDiagnosis(KubernetesClient client) implements DiagnosisReads {
    private static final String WEBHOOKS = "mutatingwebhookconfigurations.admissionregistration.k8s.io";

    /** If several resources name one ServiceAccount, only one of them can be Ready. */
    private static final Comparator<ResourceFacts> READY_FIRST =
            Comparator.comparing(found -> found.problem().isPresent());

    @Override
    public Optional<AccountFacts> serviceAccount(String namespace, String name) {
        return read(
                "get serviceaccounts",
                () -> Optional.ofNullable(client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName(name)
                                .get())
                        .map(KubernetesDiagnosis::account));
    }

    private static AccountFacts account(ServiceAccount account) {
        ObjectMeta metadata = account.getMetadata();
        return new AccountFacts(
                ServiceAccountView.annotations(metadata),
                metadata.getManagedFields().stream()
                        .filter(entry -> ServiceAccountView.owns(entry, DesiredServiceAccount.ROLE_ARN))
                        .map(ManagedFieldsEntry::getTime)
                        .filter(Objects::nonNull)
                        .map(Instant::parse)
                        .max(Comparator.naturalOrder()));
    }

    @Override
    public Optional<ResourceFacts> resource(String namespace, String serviceAccount) {
        return read("list iamserviceaccounts.irsa.dev", () -> {
            try {
                return ClusterReads.claimants(
                                client.resources(IamServiceAccount.class)
                                        .inNamespace(namespace)
                                        .list()
                                        .getItems(),
                                serviceAccount)
                        .stream()
                        .map(KubernetesDiagnosis::resource)
                        .min(READY_FIRST);
            } catch (KubernetesClientException e) {
                if (e.getCode() == 404) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static ResourceFacts resource(IamServiceAccount resource) {
        Optional<Problem> problem = resource.ready()
                .map(ready -> ready.status().equals("True") ? Optional.<Problem>empty() : Optional.of(problem(ready)))
                .orElse(Optional.of(
                        new Problem(false, "the operator has not reported on it; verify that the operator runs")));
        Optional<IamServiceAccountStatus> managing =
                Optional.ofNullable(resource.getStatus()).filter(status -> status.role() != null);
        return new ResourceFacts(
                resource.getMetadata().getName(),
                problem,
                managing.map(IamServiceAccountStatus::role).map(role -> role.id()),
                managing.map(IamServiceAccountStatus::roleARN),
                RoleInOtherAccount.of(resource));
    }

    /** A newer operator may report a reason that this version does not know. */
    private static Problem problem(Condition ready) {
        boolean isFinal = Arrays.stream(Reason.values())
                .filter(reason -> reason.stalled() || reason == Reason.DeletionBlocked)
                .anyMatch(reason -> reason.name().equals(ready.reason()));
        return new Problem(isFinal, ready.reason() + ": " + ready.message());
    }

    @Override
    public Optional<WebhookFacts> webhook() {
        var configurations = client.admissionRegistration().v1().mutatingWebhookConfigurations();
        Optional<WebhookFacts> usual = read(
                "get " + WEBHOOKS + "/" + PodIdentityWebhook.CONFIGURATION,
                () -> Optional.ofNullable(configurations
                                .withName(PodIdentityWebhook.CONFIGURATION)
                                .get())
                        .flatMap(WebhookView::of));
        // Charts choose the name of the configuration.
        return usual.or(() -> read(
                "list " + WEBHOOKS,
                () -> configurations.list().getItems().stream()
                        .map(WebhookView::of)
                        .flatMap(Optional::stream)
                        .findFirst()));
    }

    @Override
    public SortedMap<String, String> namespaceLabels(String namespace) {
        return read(
                "get namespaces",
                () -> Optional.ofNullable(
                                client.namespaces().withName(namespace).get())
                        .map(found -> found.getMetadata().getLabels())
                        .map(TreeMap::new)
                        .orElseGet(TreeMap::new));
    }

    @Override
    public boolean isAgentInstalled() {
        return new AgentReader(client).isInstalled();
    }

    @Override
    public boolean isAgentReady(String node) {
        return new AgentReader(client).isReadyOn(node);
    }

    /** Some distributions add a suffix, as in {@code 21+}. */
    @Override
    public int minorVersion() {
        String minor = read(
                "get /version", () -> client.getKubernetesVersion().getMinor().replaceAll("\\D.*", ""));
        if (minor.isEmpty()) {
            throw new FailureException(ApiExceptionTranslator.changed("the API server returned no version"));
        }
        return Integer.parseInt(minor);
    }

    @Override
    public String issuer() {
        return DiscoveryFields.string(document(DiscoveryDocument.PATH), "issuer")
                .orElseThrow(() -> unreadable(DiscoveryDocument.PATH));
    }

    @Override
    public ClusterKeys signingKeys() {
        try {
            JsonWebKeys keys = JsonWebKeys.parse(document(DiscoveryDocument.KEYS_PATH));
            return new ClusterKeys(keys.usable().keySet(), keys.unusable());
        } catch (IllegalArgumentException e) {
            throw unreadable(DiscoveryDocument.KEYS_PATH);
        }
    }

    private String document(String path) {
        return read(
                "get " + path + " (ClusterRole system:service-account-issuer-discovery)",
                () -> Objects.requireNonNullElse(client.raw(path), ""));
    }

    private static FailureException unreadable(String path) {
        return new FailureException(new Failure.Passing(
                Reason.KubernetesUnavailable, "the API server returned no readable document for " + path));
    }
}
