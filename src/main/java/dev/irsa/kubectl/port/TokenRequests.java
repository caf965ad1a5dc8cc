package dev.irsa.kubectl.port;

import dev.irsa.core.failure.FailureException;

/**
 * Requests tokens of ServiceAccounts. This is no read, because the bearer of such a token acts as the ServiceAccount until it
 * expires.
 */
@FunctionalInterface
public interface TokenRequests {
    /**
     * Returns a token that expires in ten minutes.
     *
     * @throws FailureException when the API server rejects the call
     */
    WebIdentityToken request(String namespace, String serviceAccount, String audience);
}
