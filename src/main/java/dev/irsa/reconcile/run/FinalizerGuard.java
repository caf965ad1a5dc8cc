package dev.irsa.reconcile.run;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.Cluster;
import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.reconcile.memory.FinalizerState;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Adds the finalizer before anything is written to IAM, so that the resource cannot be deleted without its role, and removes it at
 * the end of a deletion.
 */
public final class FinalizerGuard {
    private final Cluster cluster;
    private final DefinitionCheck definition;
    private final ClusterIdentitySource identities;
    private final InstantSource clock;

    /**
     * Creates a guard.
     *
     * @param identities the identity of the cluster in the account of the resources
     */
    public FinalizerGuard(Cluster cluster, ClusterIdentitySource identities, InstantSource clock) {
        this.cluster = cluster;
        this.definition = new DefinitionCheck(cluster, clock);
        this.identities = identities;
        this.clock = clock;
    }

    /** Adds the finalizer if a user has removed it although a deletion has to clean up. */
    public void restore(Run run) {
        if (run.needsFinalizer() && !run.hasFinalizer()) {
            add(run);
        }
    }

    /** Adds the finalizer if the resource, as the watch showed it, has none and none was restored. */
    public void ensurePresent(Run run) {
        if (!run.hasFinalizer() && !run.needsFinalizer()) {
            add(run);
        }
    }

    /** Adds the finalizer unless a write of this process has proven that its watch is not late. */
    public void confirm(Run run) {
        if (!run.memory().finalizer().isConfirmed()) {
            add(run);
        }
    }

    /**
     * Adds the finalizer unless it is certain that it protects this change. A cache may be stale, and the resource may be
     * deleted already: only the API server's answer is certain.
     */
    public void ensureProtects(Run run, Change change) {
        if (!run.memory().finalizer().protects(change instanceof RoleChange.CreateRole)) {
            add(run);
        }
    }

    /**
     * Returns whether there is nothing left to delete. A late watch may still show the resource, and another may have its name by now,
     * and its role.
     *
     * @param requirement throws a {@link FailureException} if the resource may not be deleted
     */
    public boolean isGone(Run run, Runnable requirement) {
        if (isRemoved(run)) {
            return true;
        }
        requirement.run();
        if (!isPresent(run)) {
            run.memory().finalizer(FinalizerState.REMOVED);
        }
        return isRemoved(run);
    }

    private static boolean isRemoved(Run run) {
        return run.memory().finalizer() == FinalizerState.REMOVED;
    }

    /**
     * Requires that the CRD is not being deleted, which deletes every resource. That is hardly ever meant to delete every role.
     *
     * @param consequence what would happen, and what to do instead
     * @throws FailureException if it is
     */
    public void requireDefinition(Run run, String consequence) {
        if (definition.isBeingDeleted(run.memory().deletionSeen())) {
            throw new FailureException(
                    new Failure.DeletionBlocked("the CustomResourceDefinition is being deleted, and " + consequence));
        }
    }

    private boolean isPresent(Run run) {
        return cluster.uidNow(run.ref().namespace(), run.ref().name())
                .filter(run.ref().uid()::equals)
                .isPresent();
    }

    /** Removes the finalizer, unless the watch is late; the API server may delete the resource right after. */
    public void remove(Run run) {
        cluster.removeFinalizer(run.resource());
        run.memory().finalizer(FinalizerState.REMOVED);
    }

    private void add(Run run) {
        cluster.addFinalizer(run.resource(), roleArn(run));
        run.memory().finalizerAdded(clock.instant());
    }

    /** A resource names an IamAccount, which may be replaced by one of another account or path before the status names the role. */
    private Optional<String> roleArn(Run run) {
        ClusterIdentity identity = identities.current();
        // A role of others is not created. If it is adopted later, it is recorded then.
        if (identity.account().name().isEmpty() || run.externalRole().isPresent()) {
            return Optional.empty();
        }
        String arn = Desired.identity(
                        run.ref().namespace(), run.ref().name(), run.resource().getSpec(), identity)
                .arn();
        return Optional.of(run.previous().roleArn().orElse(arn));
    }
}
