package dev.irsa.port;

import dev.irsa.core.failure.FailureException;
import java.util.Map;
import java.util.Set;

/**
 * Reads and changes the OIDC providers of the account. Every method throws {@link FailureException} when IAM rejects
 * the call or is unavailable.
 */
public interface OidcProviders extends OidcProviderReads {
    /**
     * Creates a provider without thumbprints, which IAM determines itself.
     *
     * @param issuer the issuer as a URL
     * @return the ARN of the provider
     */
    String create(String issuer, Set<String> audiences, Map<String, String> tags);

    /** Adds an audience; does nothing if the provider already has it. */
    void addAudience(String arn, String audience);
}
