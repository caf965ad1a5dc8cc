package dev.irsa.kubectl.get;

import java.util.Optional;

/**
 * An EKS Pod Identity association of a ServiceAccount.
 *
 * @param roleArn empty if it could not be read
 */
public record KnownAssociation(String id, Optional<String> roleArn) {}
