package dev.irsa.runtime;

import dev.irsa.config.DeliveryConfig;
import dev.irsa.config.OperatorConfig;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.port.NamespacedName;
import dev.irsa.port.OperatorSettings;
import dev.irsa.reconcile.ReconcileSettings;
import dev.irsa.sweep.SweepSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The settings of an {@link OperatorRuntime}.
 *
 * @param reconcile settings of the reconcile
 * @param sweep settings of drift detection
 * @param delivery how pods obtain credentials
 * @param namespaces the watched namespaces; empty: all
 * @param ownDeployment the Deployment that gets the Events that concern no single resource; empty: no such Events
 * @param settingsFile to which the settings are written; empty: none
 * @param published what tools may know about the operator of this cluster
 */
public record RuntimeSettings(
        ReconcileSettings reconcile,
        SweepSettings sweep,
        DeliveryConfig delivery,
        Set<String> namespaces,
        Optional<NamespacedName> ownDeployment,
        Optional<Path> settingsFile,
        Function<ClusterIdentity, OperatorSettings> published) {
    /** Derives the settings from the flags. */
    public static RuntimeSettings of(OperatorConfig config, String version) {
        return new RuntimeSettings(
                new ReconcileSettings(
                        config.reconcile().dryRun(),
                        config.aws().consistencyWindow(),
                        config.reconcile().slowestRetry(),
                        // With more, each call of a new resource would wait behind the calls of thousands of others.
                        config.aws().maxInFlight(),
                        config.cluster().audiences(),
                        config.cluster().createsProvider(),
                        config.sweep().interval(),
                        config.process().documentation()),
                new SweepSettings(
                        config.sweep().interval(),
                        config.sweep().fallbackInterval(),
                        config.delivery().associationInterval(),
                        config.removesOrphans(),
                        config.reconcile()::watches),
                config.delivery(),
                config.reconcile().namespaces(),
                config.process().ownDeployment(),
                config.process().settingsFile(),
                identity -> new OperatorSettings(
                        version,
                        identity,
                        config.cluster().audiences(),
                        config.reconcile().namespaces(),
                        config.reconcile().dryRun(),
                        config.delivery().assumeAgent(),
                        config.process().documentation()));
    }
}
