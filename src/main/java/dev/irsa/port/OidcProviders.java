package dev.irsa.port;

import dev.irsa.core.failure.FailureException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The account's OIDC providers. Every method throws {@link FailureException} when IAM refuses or is away. */
public interface OidcProviders {
    /** The audiences of the provider of that ARN; empty when there is none. */
    Optional<Set<String>> audiences(String arn);

    /** The ARNs of all. */
    List<String> arns();

    /**
     * Makes one, without thumbprints: IAM finds them out.
     *
     * @param issuer a URL
     * @return its ARN
     */
    String create(String issuer, Set<String> audiences, Map<String, String> tags);

    /** Adds an audience; one that is there already is left as it is. */
    void addAudience(String arn, String audience);
}
