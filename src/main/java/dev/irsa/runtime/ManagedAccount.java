package dev.irsa.runtime;

import dev.irsa.controller.InFlightWork;
import dev.irsa.port.AccountPorts;
import dev.irsa.port.ActivityListener;
import dev.irsa.port.Cluster;
import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.port.OperatorEvents;
import dev.irsa.port.PodIdentitySource;
import dev.irsa.port.Requeuer;
import dev.irsa.port.Timing;
import dev.irsa.reconcile.AccountGuard;
import dev.irsa.reconcile.IamServiceAccountReconciler;
import dev.irsa.reconcile.ReconcilePorts;
import dev.irsa.reconcile.ReconcileSettings;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.boundary.BoundaryMonitor;
import dev.irsa.reconcile.identity.OidcProviderMonitor;
import dev.irsa.sweep.AssociationSweep;
import dev.irsa.sweep.SweepPorts;
import dev.irsa.sweep.SweepScheduler;
import dev.irsa.sweep.SweepSettings;

/**
 * What the operator does in one AWS account: it monitors the OIDC provider and the boundaries, reconciles resources, and sweeps all roles. Nothing
 * in it starts a thread or knows the framework.
 */
public record ManagedAccount(
        EntitlementAuthorizer authorizer,
        OidcProviderMonitor provider,
        BoundaryMonitor boundaries,
        IamServiceAccountReconciler reconciler,
        SweepScheduler sweeper) {
    /**
     * What all accounts share.
     *
     * @param events records what concerns no single resource
     * @param activity receives what the operator did
     */
    public record Shared(
            Cluster cluster,
            PodIdentitySource podIdentity,
            OperatorEvents events,
            ActivityListener activity,
            Requeuer requeuer,
            Timing timing) {}

    /**
     * Wires an account.
     *
     * @param running tracks the writes of the monitor and of the sweep, which may not be interrupted
     */
    public static ManagedAccount wire(
            AccountGuard guard,
            AccountPorts ports,
            EntitlementAuthorizer authorizer,
            Shared shared,
            ReconcileSettings reconcile,
            SweepSettings sweep,
            InFlightWork running) {
        ClusterIdentitySource identities = guard.identities();
        // The writes of a reconcile are tracked as part of it.
        AccountPorts tracked = new TrackedWrites(running).of(ports);
        Timing timing = shared.timing();
        OidcProviderMonitor provider = new OidcProviderMonitor(
                identities,
                tracked.providers(),
                shared.events(),
                shared.requeuer()::requeueAll,
                reconcile,
                sweep.interval(),
                timing.random().get());
        BoundaryMonitor boundaries =
                new BoundaryMonitor(ports.policies(), shared.requeuer()::requeueAll, timing.clock());
        IamServiceAccountReconciler reconciler = new IamServiceAccountReconciler(
                new ReconcilePorts(
                        guard,
                        provider::state,
                        ports.roles(),
                        ports.associations(),
                        shared.podIdentity()::current,
                        shared.cluster(),
                        boundaries),
                authorizer,
                reconcile,
                shared.requeuer()::requeue,
                timing);
        SweepPorts sweepPorts = new SweepPorts(
                identities, tracked, shared.cluster(), shared.events(), shared.activity(), shared.requeuer(), timing);
        SweepScheduler sweeper = new SweepScheduler(
                sweepPorts,
                reconciler.roleSweepListener(),
                new AssociationSweep(
                        sweepPorts, reconciler.associationSweepListener(), sweep, shared.podIdentity()::isAvailable),
                sweep);
        return new ManagedAccount(authorizer, provider, boundaries, reconciler, sweeper);
    }
}
