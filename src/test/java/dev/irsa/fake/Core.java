package dev.irsa.fake;

import dev.irsa.drift.Sightings;
import dev.irsa.drift.SweepPorts;
import dev.irsa.drift.SweepReport;
import dev.irsa.drift.SweepSettings;
import dev.irsa.drift.Sweeper;
import dev.irsa.port.Changes;
import dev.irsa.port.Cloud;
import dev.irsa.port.Cluster;
import dev.irsa.port.Identities;
import dev.irsa.port.Limits;
import dev.irsa.port.OidcProviders;
import dev.irsa.port.OperatorEvents;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.RoleListing;
import dev.irsa.reconcile.Guardrails;
import dev.irsa.reconcile.IamServiceAccountReconciler;
import dev.irsa.reconcile.ProviderWatch;
import dev.irsa.reconcile.Settings;
import dev.irsa.reconcile.Signal;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The operator's own parts of one process, wired as they are under the framework, over any outside. */
public record Core(ProviderWatch provider, IamServiceAccountReconciler reconciler, Sweeper sweeper) {
    /** Those that users may name, beside those of the settings. */
    static final Set<String> AUDIENCES = Set.of("sts.amazonaws.com", "other", "vault.example.com");

    /**
     * What is outside of the process.
     *
     * @param sightings between the sweep and the reconcile, as it comes
     */
    public record Outside(
            Identities identities,
            OidcProviders providers,
            Cloud cloud,
            RoleListing listing,
            Cluster cluster,
            Limits limits,
            OperatorEvents events,
            Changes changes,
            UnaryOperator<Sightings> sightings) {}

    /** Who is called. */
    public record Callbacks(Consumer<ResourceRef> wake, Runnable wakeAll, Consumer<SweepReport> report) {}

    /** A new process, which remembers nothing. */
    public static Core of(
            Outside outside,
            Callbacks callbacks,
            Settings settings,
            SweepSettings sweeps,
            InstantSource clock,
            long seed) {
        ProviderWatch provider = new ProviderWatch(
                outside.identities(),
                outside.providers(),
                outside.events(),
                callbacks.wakeAll(),
                settings,
                sweeps.interval(),
                new Random(seed));
        Set<String> audiences = new TreeSet<>(AUDIENCES);
        audiences.addAll(settings.audiences());
        IamServiceAccountReconciler reconciler = new IamServiceAccountReconciler(
                outside.identities(),
                provider::state,
                outside.cloud(),
                outside.cluster(),
                new Guardrails(outside.limits(), audiences, new Signal(), callbacks.wake()),
                settings,
                callbacks.wake(),
                clock,
                clock,
                new Random(seed));
        Sweeper sweeper = new Sweeper(
                new SweepPorts(
                        outside.identities(),
                        outside.listing(),
                        outside.cloud(),
                        outside.cluster(),
                        outside.events(),
                        outside.changes()),
                outside.sightings().apply(reconciler.sightings()),
                callbacks.wake(),
                callbacks.report(),
                sweeps,
                clock,
                new Random(seed));
        return new Core(provider, reconciler, sweeper);
    }
}
