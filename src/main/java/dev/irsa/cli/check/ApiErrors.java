package dev.irsa.cli.check;

import dev.irsa.kubernetes.ApiServerMessage;
import dev.irsa.kubernetes.ClusterRequirements;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What the API server's answer to the check means. */
final class ApiErrors {
    private ApiErrors() {}

    /** The problem and the way out. */
    static String told(String what, KubernetesClientException thrown) {
        if (thrown.getCode() <= 0) {
            return "the API server does not answer: " + ApiServerMessage.of(thrown) + "; see: kubectl cluster-info";
        }
        if (thrown.getCode() == 404) {
            return isAboutNamespace(thrown)
                    ? what + ": " + ApiServerMessage.of(thrown) + "; create the namespace, or give another --namespace"
                    : ClusterRequirements.notInstalled("iamserviceaccounts.irsa.dev");
        }
        return what + ": " + ApiServerMessage.of(thrown);
    }

    private static boolean isAboutNamespace(KubernetesClientException thrown) {
        return Optional.ofNullable(thrown.getStatus())
                .map(status -> status.getDetails())
                .map(details -> "namespaces".equals(details.getKind()))
                .orElse(false);
    }
}
