package dev.irsa.config;

import dev.irsa.port.OperatorSettings;
import java.time.Duration;
import java.util.Set;

/**
 * Which resources the operator reconciles, and how.
 *
 * @param namespaces that it watches; empty: all
 * @param dryRun whether it writes only status and events
 * @param slowestRetry longest delay between retries of a failure that needs user action
 */
public record ReconcileConfig(Set<String> namespaces, boolean dryRun, Duration slowestRetry) {
    static final Flag WATCH_NAMESPACE = Flag.of("--watch-namespace", "NAMESPACE")
            .repeatable()
            .help("Namespace to watch. Repeatable. Default: all")
            .setting("Namespaces that the operator watches", OperatorSettings::namespaces);

    static final Flag DRY_RUN = Flag.of("--dry-run", "true|false")
            .trueIfGiven()
            .orElse("false")
            .help("Plan all changes but write only status and events. The operator writes no finalizer and deletes"
                    + " nothing. Default: ${DEFAULT-VALUE}");

    static final Flag SLOWEST_RETRY = Flag.of("--slowest-retry", "DURATION")
            .orElse("5m")
            .help("Longest delay between retries of a failure that needs user action. Default: ${DEFAULT-VALUE}");

    static ReconcileConfig read(FlagReader flags) {
        return new ReconcileConfig(
                flags.valuesMatching(WATCH_NAMESPACE, FlagReader.LABEL, FlagReader.LABEL_RULE),
                flags.trueOrFalse(DRY_RUN),
                flags.positiveDuration(SLOWEST_RETRY));
    }

    /** Returns whether the operator watches the namespace. */
    public boolean watches(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
