package dev.irsa.kubernetes;

import dev.irsa.core.diagnosis.ClusterFacts.WebhookFacts;
import dev.irsa.core.diagnosis.LabelSelector;
import dev.irsa.core.diagnosis.LabelSelector.Requirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Extracts from the configuration of the webhook which pods it changes. */
final class WebhookView {
    private WebhookView() {}

    /** Returns empty for a configuration without a webhook, which changes no pod. */
    static Optional<WebhookFacts> of(MutatingWebhookConfiguration configuration) {
        return configuration.getWebhooks().stream().findFirst().map(WebhookView::of);
    }

    private static WebhookFacts of(MutatingWebhook webhook) {
        return new WebhookFacts(
                // The default of the API server.
                Objects.requireNonNullElse(webhook.getFailurePolicy(), "Fail"),
                selector(webhook.getNamespaceSelector()),
                selector(webhook.getObjectSelector()));
    }

    private static LabelSelector selector(io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector) {
        if (selector == null) {
            return LabelSelector.EVERYTHING;
        }
        return new LabelSelector(
                new TreeMap<>(Objects.requireNonNullElse(selector.getMatchLabels(), Map.of())),
                selector.getMatchExpressions().stream()
                        .map(WebhookView::requirement)
                        .toList());
    }

    private static Requirement requirement(LabelSelectorRequirement requirement) {
        return new Requirement(
                requirement.getKey(),
                requirement.getOperator(),
                Objects.requireNonNullElse(requirement.getValues(), List.of()));
    }
}
