package dev.irsa.kubectl.diagnosis;

import java.util.Optional;

/**
 * What AWS shows.
 *
 * @param association the EKS Pod Identity association of the ServiceAccount; empty if there is none
 * @param provider the OIDC provider of the issuer in the account of the role
 * @param roleArn the role whose credentials the pod should get; empty if there is none
 * @param role empty if IAM has no role of that name
 */
public record AwsFacts(
        Evidence<Optional<AssociationFacts>> association,
        Evidence<ProviderFacts> provider,
        Optional<String> roleArn,
        Evidence<Optional<RoleFacts>> role) {}
