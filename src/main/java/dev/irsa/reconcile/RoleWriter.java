package dev.irsa.reconcile;

import dev.irsa.core.consistency.ConsistencyWindow;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.plan.OwnershipPolicy;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.port.Cloud;
import dev.irsa.reconcile.status.Progress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Writes a role, change by change, and finds out what a refusal means. */
final class RoleWriter {
    private final Cloud cloud;
    private final InstantSource clock;

    RoleWriter(Cloud cloud, InstantSource clock) {
        this.cloud = cloud;
        this.clock = clock;
    }

    /** Applies one change, and remembers what it made of the role. */
    void apply(RoleChange change, DesiredRole desired, CachedRoleState memory, Progress progress) {
        Instant asked = clock.instant();
        try {
            if (change instanceof RoleChange.CreateRole create) {
                memory.created(desired, cloud.create(create), clock.instant());
            } else {
                cloud.apply(change);
                memory.wrote(change, asked, clock.instant());
            }
        } catch (FailureException e) {
            if (!moot(change, e.failure(), desired, memory, asked)) {
                throw e;
            }
            memory.wrote(change, asked, clock.instant());
        }
        progress.done(change);
        progress.role(memory.state());
    }

    /**
     * Whether a change that failed has become needless; throws what the failure really means when it means
     * something else. IAM answers NoSuchEntity for a while after a role was made, and, with rights limited to a path
     * and tags, AccessDenied for a role that is not there or whose tags have not spread: only GetRole tells.
     */
    private boolean moot(
            RoleChange change, Failure failure, DesiredRole desired, CachedRoleState memory, Instant asked) {
        if (failure.reason() == Reason.AwsUnavailable) {
            memory.doubt().unheard(clock.instant());
            memory.forget();
        }
        boolean doubtful = failure instanceof Failure.NotFound || failure instanceof Failure.AccessDenied;
        if (!doubtful || change instanceof RoleChange.CreateRole) {
            return false;
        }
        if (memory.doubt().settling(asked)) {
            throw ConsistencyWindow.notYet(
                    "IAM does not let role " + desired.name() + " be written yet: " + failure.message());
        }
        Optional<ObservedRole> role = cloud.role(desired.name());
        if (role.isEmpty()) {
            memory.forget();
            throw ConsistencyWindow.notYet("role " + desired.name() + " has gone");
        }
        OwnershipPolicy.conflict(desired, role.get()).ifPresent(conflict -> {
            memory.forget();
            throw new FailureException(conflict);
        });
        return failure instanceof Failure.NotFound && change.frees();
    }
}
