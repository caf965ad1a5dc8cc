package dev.irsa.cli.check;

import dev.irsa.kubernetes.ApiServerMessage;
import dev.irsa.kubernetes.KubernetesRequirements;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Describes failed requests of the check to the API server. */
final class ApiErrors {
    private ApiErrors() {}

    /** Returns the problem and what to do. */
    static String message(String what, KubernetesClientException thrown) {
        if (thrown.getCode() <= 0) {
            return "the API server does not respond: " + ApiServerMessage.of(thrown) + "; see: kubectl cluster-info";
        }
        if (thrown.getCode() == 404) {
            return isAboutNamespace(thrown)
                    ? what + ": " + ApiServerMessage.of(thrown) + "; create the namespace or set another --namespace"
                    : KubernetesRequirements.notInstalled("iamserviceaccounts.irsa.dev");
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
