package dev.irsa.integration.kubelet;

import io.fabric8.kubernetes.api.model.Pod;

/** Resolves fields of the downward API. */
final class DownwardApi {
    private DownwardApi() {}

    static String field(Pod pod, String path) {
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
            default -> throw new IllegalArgumentException("this kubelet does not know " + path);
        };
    }
}
