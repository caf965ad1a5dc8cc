package dev.irsa.kubectl.diagnosis;

import dev.irsa.core.observed.ObservedPod;
import dev.irsa.core.observed.ObservedPod.Container;
import dev.irsa.core.observed.PodIdentityWebhook;
import dev.irsa.kubectl.diagnosis.ClusterFacts.WebhookFacts;
import java.util.SortedSet;

/** Checks whether the EKS pod identity webhook changes the pod. */
final class WebhookChecks {
    private static final String SKIP = PodIdentityWebhook.SKIP_LABEL;

    private WebhookChecks() {}

    static Result webhookIsMissing(CredentialFacts facts) {
        if (PodChecks.isInjected(facts)) {
            return Result.ok("it changed the pod");
        }
        Result missing = Result.failed(
                "no MutatingWebhookConfiguration of the pod identity webhook exists",
                "EKS includes the webhook: open a support case; elsewhere, install amazon-eks-pod-identity-webhook");
        return facts.cluster().webhook().check(found -> {
            if (found.isPresent()) {
                return Result.ok("MutatingWebhookConfiguration " + found.get().configuration() + ", failurePolicy "
                        + found.get().failurePolicy());
            }
            return PodChecks.configuresIrsaItself(facts)
                    ? Result.warning("it does not exist; the pod sets its role and token itself", "")
                    : missing;
        });
    }

    static Result podSkipsWebhook(CredentialFacts facts, ObservedPod pod) {
        boolean skips = pod.labels().containsKey(SKIP);
        if (skips && PodChecks.isInjected(facts)) {
            return Result.ok("it has the label " + SKIP + ", but the webhook changed it before");
        }
        return !skips
                ? Result.ok("no label " + SKIP)
                : Result.failed(
                        "the pod has the label " + SKIP, "remove the label from its template; then " + facts.restart());
    }

    static Result webhookDoesNotSelectPod(CredentialFacts facts) {
        if (PodChecks.isInjected(facts)) {
            return Result.notApplicable();
        }
        return facts.cluster()
                .webhook()
                .check(found -> found.map(webhook -> selection(facts, webhook)).orElseGet(Result::notApplicable));
    }

    private static Result selection(CredentialFacts facts, WebhookFacts webhook) {
        boolean selectsPod =
                facts.pod().map(pod -> webhook.pods().selects(pod.labels())).orElse(true);
        if (!selectsPod) {
            return Result.failed(
                    "the objectSelector of the webhook does not match the labels of the pod",
                    see(webhook) + "; change the labels of the pod's template or the selector");
        }
        if (webhook.namespaces().equals(WebhookFacts.EVERYTHING)) {
            return Result.ok("it selects every namespace");
        }
        return facts.cluster()
                .namespaceLabels()
                .check(labels -> webhook.namespaces().selects(labels)
                        ? Result.ok("it selects the namespace")
                        : Result.failed(
                                "the namespaceSelector of the webhook does not match namespace "
                                        + facts.subject().namespace(),
                                see(webhook) + "; change the labels of the namespace or the selector"));
    }

    private static String see(WebhookFacts webhook) {
        return "see: kubectl get mutatingwebhookconfiguration " + webhook.configuration() + " -o yaml";
    }

    static Result containerIsSkipped(CredentialFacts facts, Container examined) {
        SortedSet<String> skipped = facts.pod().orElseThrow().skippedContainers();
        String container = examined.name();
        if (!skipped.contains(container)) {
            return Result.ok(skipped.isEmpty() ? "no container is" : "only " + String.join(", ", skipped));
        }
        return Result.failed(
                "the annotation " + PodIdentityWebhook.SKIP_CONTAINERS + " excludes container " + container,
                "remove it from the annotation in the pod's template; then " + facts.restart());
    }
}
