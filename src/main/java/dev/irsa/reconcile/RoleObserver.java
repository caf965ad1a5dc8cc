package dev.irsa.reconcile;

import dev.irsa.core.consistency.ConsistencyWindow;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.desired.RoleOrigin;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.observed.ObservedRole;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.OwnershipPolicy;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.Planner;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.reconcile.status.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out what a role needs at the price of as few calls as can be. */
final class RoleObserver {
    private final RecentWrites cloud;
    private final RoleStateStore memories;
    private final InstantSource clock;
    private final Duration window;

    RoleObserver(RecentWrites cloud, RoleStateStore memories, InstantSource clock, Duration consistencyWindow) {
        this.cloud = cloud;
        this.memories = memories;
        this.clock = clock;
        this.window = consistencyWindow;
    }

    /** Whether the role is known to be as it should be, so that IAM need not be asked. */
    boolean knowsGood(DesiredRole desired, CachedRoleState memory, RolePrior belief) {
        boolean atRest = belief == RolePrior.FINISHED;
        memories.isAbout(memory, desired.name(), atRest, cloud.lastWrite(desired.name()));
        memory.takeLetter(atRest);
        if (memory.anotherLook(clock.instant()).filter(Duration::isZero).isPresent()) {
            memory.forget();
        }
        boolean good = isGood(desired, memory);
        if (good) {
            memory.isGood();
        }
        return good;
    }

    private boolean isGood(DesiredRole desired, CachedRoleState memory) {
        return !isLookDue(memory)
                && memory.state()
                        .map(state -> Planner.update(desired, state).isEmpty())
                        .orElse(false);
    }

    /** While our own write settles there is nothing to see. */
    private boolean isLookDue(CachedRoleState memory) {
        return memory.look() != PendingObservation.Look.NONE && !memory.doubt().settling(clock.instant());
    }

    /**
     * The way to the desired role. What this process knows decides whether there is anything to do; what IAM says
     * decides what. A role that nobody has heard of is taken to be absent: creating it is the cheapest way to ask,
     * where it may be made at all.
     *
     * @param knownId the id of the role that is known to be the resource's; empty: none is known
     */
    Plan plan(DesiredRole desired, String knownId, CachedRoleState memory, RolePrior belief, Progress progress) {
        Optional<RoleState> shown = memory.state();
        if (!isGood(desired, memory)) {
            boolean assumeAbsent = shown.isEmpty()
                    && belief == RolePrior.NEW
                    && !memory.doubt().metAnother()
                    && desired.origin() != RoleOrigin.ADOPTED;
            shown = assumeAbsent ? Optional.empty() : look(desired, knownId, memory, belief, progress);
        }
        Optional<RoleState> believed = shown.isEmpty() ? shown : memory.state();
        progress.role(believed.filter(role -> OwnershipPolicy.isOurs(desired, role.role())));
        shown.ifPresent(role -> progress.leftInPlace(Planner.leftInPlace(desired, role.policies())));
        return shown.map(role -> Planner.update(desired, believed.orElse(role), role))
                .orElseGet(() -> Planner.create(desired));
    }

    /** The role as IAM shows it; what is to be believed of it is in the memory afterwards. */
    private Optional<RoleState> look(
            DesiredRole desired, String knownId, CachedRoleState memory, RolePrior belief, Progress progress) {
        boolean inVain = belief == RolePrior.EXISTS && progress.foundNoRole();
        Instant asked = clock.instant();
        Optional<ObservedRole> role =
                inVain ? Optional.empty() : read(desired.name(), memory, () -> cloud.role(desired.name()));
        if (role.isEmpty()) {
            progress.foundNoRole(true);
            doubtAbsence(desired, memory, belief, asked);
            memory.forget();
            return Optional.empty();
        }
        memory.doubt().present();
        String id = role.get().id();
        boolean settling = memory.doubt().settling(asked);
        if (settling
                && memory.state().filter(known -> !known.role().id().equals(id)).isPresent()) {
            throw ConsistencyWindow.notYet("IAM still shows the role that was " + desired.name() + " before");
        }
        OwnershipPolicy.conflict(desired, role.get()).ifPresent(conflict -> {
            memory.forget();
            throw new FailureException(conflict);
        });
        RoleState shown = new RoleState(
                role.get(),
                policies(desired, role.get(), memory)
                        .orElseGet(() -> read(desired.name(), memory, () -> cloud.policies(desired.name()))));
        boolean unsettled = !memory.doubt().unsettled(asked).isZero();
        // Also what was doubted before is, until a write has told.
        boolean unsure = memory.unconfirmed()
                || memory.state().filter(known -> known.role().isTrustKnown()).isEmpty();
        boolean another = !knownId.isEmpty() && !knownId.equals(id);
        boolean tooEarly = unsettled && (unsure || another);
        // IAM may show for a while what was before our last write; what it took from us is there all the same.
        RoleState believed = settling ? memory.state().orElse(shown) : shown;
        // It may be the role that had the name before, which has gone, or this one before its last change, with
        // policies that are not there any more: trust and policies are given again, before any is taken.
        boolean again = tooEarly && OwnershipPolicy.isOfOurMaking(desired, role.get());
        memory.saw(again ? new RoleState(role.get().withUnknownTrust(), ObservedPolicies.NONE) : believed, asked);
        if (tooEarly) {
            memory.sawPerhapsTooEarly();
        }
        return Optional.of(shown);
    }

    /**
     * What is known of the policies. When a sweep has found more on a role at rest than there should be, that is seen
     * again before anything is taken off; what it misses is simply given again.
     */
    private Optional<ObservedPolicies> policies(DesiredRole desired, ObservedRole role, CachedRoleState memory) {
        return memory.policies(role.id())
                .filter(known -> !isLookDue(memory))
                .filter(known -> !memory.unconfirmed()
                        || Planner.update(desired, new RoleState(role, known)).changes().stream()
                                .noneMatch(change -> change instanceof RoleChange taken && taken.frees()));
    }

    /** Rights that depend on the role's tags are there only when its tags have spread. */
    private <T> T read(String role, CachedRoleState memory, Supplier<T> call) {
        Instant asked = clock.instant();
        try {
            return call.get();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied && memory.doubt().settling(asked)) {
                throw ConsistencyWindow.notYet("IAM does not let role " + role + " be read yet: "
                        + e.failure().message());
            }
            throw e;
        }
    }

    /**
     * IAM has just answered that there is no such role: throws when that cannot be taken at its word, or when none can
     * be made.
     */
    private void doubtAbsence(DesiredRole desired, CachedRoleState memory, RolePrior belief, Instant asked) {
        String role = desired.name();
        if (memory.doubt().settling(asked)) {
            throw ConsistencyWindow.notYet(
                    "IAM does not show role " + role + " yet, which may have been written a moment ago");
        }
        if (desired.origin() == RoleOrigin.ADOPTED) {
            throw nothingToAdopt(desired, memory.doubt().absent(asked));
        }
        if (belief != RolePrior.EXISTS) {
            return;
        }
        if (asked.isBefore(memory.doubt().exists(asked).plus(window))) {
            throw ConsistencyWindow.notYet("IAM says that role " + role + " exists and does not show it yet");
        }
        throw new FailureException(new Failure.RoleConflict(
                role,
                "cannot be created, as IAM says that the name is taken, and cannot be found; a role whose name differs"
                        + " only in case may be in the way; choose another spec.role.name in a new object"));
    }

    /** No call that creates the role would tell: the same answer is awaited for as long as IAM may take to show one. */
    private static FailureException nothingToAdopt(DesiredRole desired, Duration doubt) {
        String role = desired.name();
        return doubt.isZero()
                ? new FailureException(new Failure.RoleConflict(
                        role,
                        "is not there to be adopted, and none is made under "
                                + desired.identity().path()
                                + "; make the role and offer it, or choose a spec.role.path in a new object under which"
                                + " roles are made; see docs/ownership.md"))
                : ConsistencyWindow.notYet("IAM shows no role " + role
                        + " to adopt, which is believed once it has said so for a" + " while");
    }
}
