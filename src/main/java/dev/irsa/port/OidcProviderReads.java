package dev.irsa.port;

import dev.irsa.core.failure.FailureException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the OIDC providers of the account. Every method throws {@link FailureException} when IAM rejects the call or is
 * unavailable.
 */
public interface OidcProviderReads {
    /** Returns the audiences of a provider; empty when the provider does not exist. */
    Optional<Set<String>> audiences(String arn);

    /** Returns the ARNs of all providers. */
    List<String> arns();
}
