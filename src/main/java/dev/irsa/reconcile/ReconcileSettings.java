package dev.irsa.reconcile;

import dev.irsa.core.text.Documentation;
import java.time.Duration;
import java.util.Set;

/**
 * Settings of the reconcile.
 *
 * @param dryRun whether everything is planned and nothing but statuses is written
 * @param consistencyWindow how long IAM may take to show a write everywhere
 * @param slowestRetry the longest pause before a failure that needs a user is retried
 * @param atOnce how many resources may call AWS at the same time
 * @param audiences the audiences that a resource may name, and that the OIDC provider gets
 * @param createsProvider whether the operator creates the OIDC provider and adds missing audiences
 * @param tagSpread the time over which a change of the tags of all roles is spread
 * @param documentation that messages refer to
 */
public record ReconcileSettings(
        boolean dryRun,
        Duration consistencyWindow,
        Duration slowestRetry,
        int atOnce,
        Set<String> audiences,
        boolean createsProvider,
        Duration tagSpread,
        Documentation documentation) {
    /** Returns the same settings, but with this decision on the OIDC provider. */
    public ReconcileSettings creatingProvider(boolean creates) {
        return new ReconcileSettings(
                dryRun, consistencyWindow, slowestRetry, atOnce, audiences, creates, tagSpread, documentation);
    }

    /** Creates settings that spread a change of the tags of all roles over ten minutes, and refer to the project's own pages. */
    public ReconcileSettings(
            boolean dryRun,
            Duration consistencyWindow,
            Duration slowestRetry,
            int atOnce,
            Set<String> audiences,
            boolean createsProvider) {
        this(
                dryRun,
                consistencyWindow,
                slowestRetry,
                atOnce,
                audiences,
                createsProvider,
                Duration.ofMinutes(10),
                Documentation.HOME);
    }
}
