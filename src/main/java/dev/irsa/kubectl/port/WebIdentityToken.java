package dev.irsa.kubectl.port;

import dev.irsa.core.failure.FailureException;
import dev.irsa.kubectl.diagnosis.Proof;

/** A token of a ServiceAccount. It is never part of a text. */
public final class WebIdentityToken {
    private final String secret;

    /**
     * Requests tokens of ServiceAccounts. This is no read, because the bearer of such a token acts as the ServiceAccount until it
     * expires.
     */
    @FunctionalInterface
    public interface Requests {
        /**
         * Returns a token that expires in ten minutes.
         *
         * @throws FailureException when the API server rejects the call
         */
        WebIdentityToken request(String namespace, String serviceAccount, String audience);
    }

    /** Exchanges a token of a ServiceAccount for credentials of a role, as AWS SDKs do in a pod. */
    @FunctionalInterface
    public interface Exchange {
        /**
         * Returns whether AWS issues the credentials, and whose they are. The credentials are dropped.
         *
         * @param sessionName appears in CloudTrail
         */
        Proof exchange(WebIdentityToken token, String roleArn, String sessionName);
    }

    public WebIdentityToken(String secret) {
        this.secret = secret;
    }

    /** Returns the token, to send it to AWS. */
    public String secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "WebIdentityToken";
    }
}
