package dev.irsa.reconcile;

import dev.irsa.api.v1alpha1.TokenSpec;
import java.time.Duration;
import java.util.Set;

/**
 * How the reconcile behaves.
 *
 * @param dryRun plan everything, write nothing but status
 * @param consistencyWindow how long IAM may take to show a write everywhere
 * @param slowestRetry the longest pause before a failure that needs a person is tried again
 * @param atOnce resources that may have calls made to AWS at the same time
 * @param audiences those that a resource may name, and the OIDC provider is given
 * @param createsProvider whether the OIDC provider is made, and given the audiences that it lacks
 */
public record ReconcileSettings(
        boolean dryRun,
        Duration consistencyWindow,
        Duration slowestRetry,
        int atOnce,
        Set<String> audiences,
        boolean createsProvider) {
    /** What holds when nothing is said. */
    public static final ReconcileSettings DEFAULT = new ReconcileSettings(
            false, Duration.ofSeconds(60), Duration.ofMinutes(5), 48, Set.of(TokenSpec.DEFAULT_AUDIENCE), false);
}
