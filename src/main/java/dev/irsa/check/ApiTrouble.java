package dev.irsa.check;

import dev.irsa.kubernetes.ServerWords;
import dev.irsa.kubernetes.StartChecks;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What the API server's answer to the check means. */
final class ApiTrouble {
    private ApiTrouble() {}

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
