package dev.irsa.kubectl.port;

import dev.irsa.kubectl.diagnosis.Proof;

/** Exchanges a token of a ServiceAccount for credentials of a role, as AWS SDKs do in a pod. */
@FunctionalInterface
public interface TokenExchange {
    /**
     * Returns whether AWS issues the credentials, and whose they are. The credentials are dropped.
     *
     * @param sessionName appears in CloudTrail
     */
    Proof exchange(WebIdentityToken token, String roleArn, String sessionName);
}
