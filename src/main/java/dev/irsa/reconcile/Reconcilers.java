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
import dev.irsa.reconcile.memory.ResourceMemoryStore;
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

/** The three ways to reconcile a resource. This is where their parts are put together. */
record Reconcilers(NormalReconciler normal, DeletionReconciler deletion, ExternalRoleDeletion externalDeletion) {
    static Reconcilers wire(
            ReconcilePorts ports,
            EntitlementAuthorizer authorizer,
            ReconcileSettings settings,
            ResourceMemoryStore memories,
            ReconcileConcurrencyLimiter limiter,
            InstantSource clock,
            RandomGenerator random) {
        Cluster cluster = ports.cluster();
        FinalizerGuard finalizers = new FinalizerGuard(cluster, clock);

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
        ServiceAccountRemoval removal = new ServiceAccountRemoval(cluster, serviceAccounts, associationCleanup);
        ServiceAccountRelease release = new ServiceAccountRelease(cluster, serviceAccounts);

        Preconditions preconditions = new Preconditions(authorizer, ports.provider(), serviceAccounts);
        Turn turn = new Turn(
                roleObserver, deliveries, new ConfigurationRollout(settings.tagSpread(), clock, random), limiter);
        NormalReconciler normal = new NormalReconciler(
                preconditions,
                authorizer,
                finalizers,
                roleObserver,
                turn,
                deliveries,
                new RoleConvergence(
                        authorizer,
                        new ResourceObserver(roleObserver, deliveries, preconditions),
                        new PlanExecutor(finalizers, roleWriter, associationWriter, cluster),
                        removal,
                        new RoleProgress(clock),
                        cluster,
                        clock),
                new ExternalRoleReconciler(
                        new ExternalRoleObserver(ports.roles(), limiter, clock, random), finalizers, cluster, clock),
                new FrozenRoleReconciler(
                        roleObserver,
                        deliveries,
                        turn,
                        removal,
                        new TrustReduction(ports.roles(), roleWriter, clock),
                        cluster),
                cluster);
        DeletionReconciler deletion = new DeletionReconciler(
                cluster,
                roleInspector,
                release,
                associationCleanup,
                new RoleCleanup(
                        roleInspector,
                        associationCleanup,
                        new RoleDeleter(roles, roleWriter, clock),
                        authorizer.existingRoles(),
                        finalizers,
                        clock),
                new RoleRetention(roleWriter, authorizer, ports.provider()),
                limiter);
        return new Reconcilers(normal, deletion, new ExternalRoleDeletion(cluster, release, finalizers));
    }
}
