package dev.irsa.kubectl.kubernetes;

import dev.irsa.api.v1beta1.NamespaceSelector;
import dev.irsa.api.v1beta1.NamespaceSelector.LabelRequirement;
import dev.irsa.api.v1beta1.NamespaceSelector.LabelRequirement.Operator;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.kubectl.diagnosis.ClusterFacts.WebhookFacts;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ServiceReference;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes the EKS pod identity webhook, and extracts from its configuration which pods it changes.
 *
 * <p>Sources of the names: the configuration in an EKS cluster; deploy/mutatingwebhook.yaml of amazon-eks-pod-identity-webhook,
 * which the charts and HyperShift follow; bindata of OpenShift's cloud-credential-operator. OpenShift configures the webhooks of
 * other clouds under the same name, with another path.
 */
final class WebhookView {
    private static final Set<String> NAMES = Set.of(
            "iam-for-pods.amazonaws.com", "pod-identity-webhook.amazonaws.com", "pod-identity-webhook.aws.mutate.io");

    private static final String PATH = "/mutate";

    private WebhookView() {}

    /** Returns empty if the configuration is not of this webhook, or changes no pods. */
    static Optional<WebhookFacts> of(MutatingWebhookConfiguration configuration) {
        String name = configuration.getMetadata().getName();
        return configuration.getWebhooks().stream()
                .filter(webhook -> changesPods(webhook) && isPodIdentity(name, webhook))
                .findFirst()
                .map(webhook -> of(name, webhook));
    }

    private static boolean changesPods(MutatingWebhook webhook) {
        return webhook.getRules().stream()
                .anyMatch(rule -> matches(rule.getOperations(), "CREATE")
                        && matches(rule.getApiGroups(), "")
                        && matches(rule.getResources(), "pods"));
    }

    private static boolean matches(List<String> values, String value) {
        return values.contains(value) || values.contains("*");
    }

    /** Of a webhook with a name of its own, the path and the name of the configuration or of the service decide. */
    private static boolean isPodIdentity(String configuration, MutatingWebhook webhook) {
        if (NAMES.contains(String.valueOf(webhook.getName()))) {
            return true;
        }
        Optional<WebhookClientConfig> client = Optional.ofNullable(webhook.getClientConfig());
        Optional<ServiceReference> service = client.map(WebhookClientConfig::getService);
        Optional<String> path = service.map(ServiceReference::getPath)
                .or(() -> client.map(WebhookClientConfig::getUrl).map(url -> url.replaceFirst("^https://[^/]*", "")));
        boolean named = configuration.equals(PodIdentityWebhook.CONFIGURATION)
                || service.map(ServiceReference::getName)
                        .filter(name -> name.endsWith(PodIdentityWebhook.CONFIGURATION))
                        .isPresent();
        return named && path.filter(PATH::equals).isPresent();
    }

    private static WebhookFacts of(String configuration, MutatingWebhook webhook) {
        return new WebhookFacts(
                configuration,
                // The default of the API server.
                Objects.requireNonNullElse(webhook.getFailurePolicy(), "Fail"),
                selector(webhook.getNamespaceSelector()),
                selector(webhook.getObjectSelector()));
    }

    private static NamespaceSelector selector(@Nullable LabelSelector selector) {
        return selector == null
                ? WebhookFacts.EVERYTHING
                : new NamespaceSelector(
                        selector.getMatchLabels(),
                        selector.getMatchExpressions().stream()
                                .map(WebhookView::requirement)
                                .toList());
    }

    /** No labels meet a requirement with an operator that this program does not know. */
    private static LabelRequirement requirement(LabelSelectorRequirement requirement) {
        return Stream.of(Operator.values())
                .filter(known -> known.name().equals(requirement.getOperator()))
                .findFirst()
                .map(known -> new LabelRequirement(requirement.getKey(), known, requirement.getValues()))
                .orElseGet(() -> new LabelRequirement(requirement.getKey(), Operator.In, List.of()));
    }
}
