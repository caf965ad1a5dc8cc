package dev.irsa.kubectl.diagnosis;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The OIDC provider of an issuer.
 *
 * @param arn of the provider, or the ARN that it would have
 * @param audiences the audiences that it accepts; empty if it does not exist
 * @param nearMisses other providers that users may mistake for it
 */
public record ProviderFacts(String arn, Optional<Set<String>> audiences, List<String> nearMisses) {
    public ProviderFacts {
        audiences = audiences.map(TreeSet::new).map(Collections::unmodifiableSet);
        nearMisses = List.copyOf(nearMisses);
    }
}
