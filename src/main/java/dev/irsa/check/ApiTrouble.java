package dev.irsa.check;

import dev.irsa.kubernetes.ServerWords;
import dev.irsa.kubernetes.StartChecks;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What the API server's answer to the check means. */
final class ApiTrouble {
    private ApiTrouble() {}

    /** Whether it may be otherwise a moment later. */
    static boolean mayPass(KubernetesClientException thrown) {
        return thrown.getCode() <= 0 || thrown.getCode() == 429 || thrown.getCode() >= 500;
    }

    /** The problem and the way out. */
    static String told(String what, KubernetesClientException thrown) {
        if (thrown.getCode() <= 0) {
            return "the API server does not answer: " + ServerWords.of(thrown) + "; see: kubectl cluster-info";
        }
        if (thrown.getCode() == 404) {
            return isAboutNamespace(thrown)
                    ? what + ": " + ServerWords.of(thrown) + "; create the namespace, or give another --namespace"
                    : StartChecks.notInstalled("iamserviceaccounts.irsa.dev");
        }
        return what + ": " + ServerWords.of(thrown);
    }

    private static boolean isAboutNamespace(KubernetesClientException thrown) {
        return Optional.ofNullable(thrown.getStatus())
                .map(status -> status.getDetails())
                .map(details -> "namespaces".equals(details.getKind()))
                .orElse(false);
    }
}
