package dev.irsa.reconcile;

import dev.irsa.port.Cluster;
import dev.irsa.reconcile.association.AssociationCleanup;
import dev.irsa.reconcile.association.AssociationObserver;
import dev.irsa.reconcile.association.AssociationReader;
import dev.irsa.reconcile.association.AssociationWriter;
import dev.irsa.reconcile.association.DeliveryObserver;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.external.ExternalRoleDeletion;
import dev.irsa.reconcile.external.ExternalRoleObserver;
import dev.irsa.reconcile.external.ExternalRoleReconciler;
import dev.irsa.reconcile.managed.AbandonedRoleDeletion;
import dev.irsa.reconcile.managed.ConfigurationRollout;
import dev.irsa.reconcile.managed.FrozenRoleReconciler;
import dev.irsa.reconcile.managed.ManagedRoleDeletion;
import dev.irsa.reconcile.managed.ManagedRoleReconciler;
import dev.irsa.reconcile.managed.PlanExecutor;
import dev.irsa.reconcile.managed.ResourceObserver;
import dev.irsa.reconcile.managed.RoleConvergence;
import dev.irsa.reconcile.managed.Turn;
import dev.irsa.reconcile.memory.ResourceMemoryStore;
import dev.irsa.reconcile.role.BoundaryRemark;
import dev.irsa.reconcile.role.RecentRoleWrites;
import dev.irsa.reconcile.role.RoleCleanup;
import dev.irsa.reconcile.role.RoleDeleter;
import dev.irsa.reconcile.role.RoleInspector;
import dev.irsa.reconcile.role.RoleObserver;
import dev.irsa.reconcile.role.RoleProgress;
import dev.irsa.reconcile.role.RoleReader;
import dev.irsa.reconcile.role.RoleRetention;
import dev.irsa.reconcile.role.RoleWriter;
import dev.irsa.reconcile.role.TrustReduction;
import dev.irsa.reconcile.run.FinalizerGuard;
import dev.irsa.reconcile.scheduling.ReconcileConcurrencyLimiter;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRelease;
import dev.irsa.reconcile.serviceaccount.ServiceAccountRemoval;
import dev.irsa.reconcile.serviceaccount.SharedServiceAccountResolver;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The two ways to reconcile a resource. This is where their parts are put together. */
record Reconcilers(NormalReconciler normal, DeletionReconciler deletion) {
    static Reconcilers wire(
            ReconcilePorts ports,
            EntitlementAuthorizer authorizer,
            ReconcileSettings settings,
            ResourceMemoryStore memories,
            ReconcileConcurrencyLimiter limiter,
            InstantSource clock,
            RandomGenerator random) {
        Cluster cluster = ports.cluster();
        FinalizerGuard finalizers = new FinalizerGuard(cluster, ports.accounts().identities(), clock);

        RecentRoleWrites roles = new RecentRoleWrites(ports.roles(), settings.consistencyWindow(), clock);
        RoleReader roleReader = new RoleReader(roles, clock);
        RoleWriter roleWriter = new RoleWriter(roles, roleReader, clock);
        RoleObserver roleObserver = new RoleObserver(roles, roleReader, memories, clock);
        RoleInspector roleInspector = new RoleInspector(roles, roleReader, memories, clock);

        AssociationReader associationReader = new AssociationReader(ports.associations());
        AssociationWriter associationWriter = new AssociationWriter(ports.associations(), associationReader, clock);
        AssociationCleanup associationCleanup = new AssociationCleanup(associationReader, associationWriter, clock);
        DeliveryObserver deliveries =
                new DeliveryObserver(cluster, new AssociationObserver(associationReader), ports.podIdentity(), clock);

        SharedServiceAccountResolver serviceAccounts = new SharedServiceAccountResolver(cluster);
        ServiceAccountRemoval removal =
                new ServiceAccountRemoval(cluster, finalizers, serviceAccounts, associationCleanup);
        ServiceAccountRelease release = new ServiceAccountRelease(cluster, serviceAccounts);

        Turn turn = new Turn(new ConfigurationRollout(settings.tagSpread(), clock, random), limiter);
        RoleConvergence convergence = new RoleConvergence(
                ports.accounts(),
                authorizer,
                new ResourceObserver(roleObserver, deliveries, ports.provider()),
                new PlanExecutor(finalizers, roleWriter, associationWriter, cluster, clock),
                removal,
                new RoleProgress(clock),
                clock);
        NormalReconciler normal = new NormalReconciler(
                finalizers,
                new Preconditions(authorizer, ports.provider(), serviceAccounts),
                new ManagedRoleReconciler(
                        roleObserver, deliveries, turn, convergence, new BoundaryRemark(ports.policies()), cluster),
                new FrozenRoleReconciler(
                        roleObserver,
                        deliveries,
                        turn,
                        removal,
                        new TrustReduction(ports.roles(), roleWriter, finalizers, clock),
                        cluster),
                new ExternalRoleReconciler(
                        new ExternalRoleObserver(ports.roles(), limiter, clock, random), finalizers, cluster, clock),
                authorizer.existingRoles());
        RoleCleanup roleCleanup = new RoleCleanup(
                roleInspector,
                associationCleanup,
                new RoleDeleter(roles, roleWriter, clock),
                authorizer,
                finalizers,
                clock);
        DeletionReconciler deletion = new DeletionReconciler(
                ports.accounts(),
                roleObserver,
                new ManagedRoleDeletion(
                        finalizers,
                        roleInspector,
                        release,
                        associationCleanup,
                        roleCleanup,
                        new RoleRetention(roleWriter, authorizer, ports.provider()),
                        limiter),
                new AbandonedRoleDeletion(finalizers, release, authorizer, limiter),
                new ExternalRoleDeletion(release, finalizers),
                clock);
        return new Reconcilers(normal, deletion);
    }
}
