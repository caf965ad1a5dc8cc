package dev.irsa.reconcile;

import dev.irsa.desired.DesiredRole;
import dev.irsa.desired.Origin;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.observed.ObservedPolicies;
import dev.irsa.observed.ObservedRole;
import dev.irsa.observed.RoleState;
import dev.irsa.plan.Plan;
import dev.irsa.plan.Planner;
import dev.irsa.plan.Possession;
import dev.irsa.plan.RoleChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out what a role needs at the price of as few calls as can be. */
final class RoleKeeper {
    private final WriteTimes cloud;
    private final Memories memories;
    private final InstantSource clock;
    private final Duration window;

    RoleKeeper(WriteTimes cloud, Memories memories, InstantSource clock, Duration consistencyWindow) {
        this.cloud = cloud;
        this.memories = memories;
        this.clock = clock;
        this.window = consistencyWindow;
    }

    /** Whether the role is known to be as it should be, so that IAM need not be asked. */
    boolean knowsGood(DesiredRole desired, RoleMemory memory, Belief belief) {
        boolean atRest = belief == Belief.FINISHED;
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

    private boolean isGood(DesiredRole desired, RoleMemory memory) {
        return !isLookDue(memory)
                && memory.state()
                        .map(state -> Planner.update(desired, state).isEmpty())
                        .orElse(false);
    }

    /** While our own write settles there is nothing to see. */
    private boolean isLookDue(RoleMemory memory) {
        return memory.look() != LetterBox.Look.NONE && !memory.doubt().settling(clock.instant());
    }

    /**
     * The way to the desired role. What this process knows decides whether there is anything to do; what IAM says
     * decides what. A role that nobody has heard of is taken to be absent: creating it is the cheapest way to ask,
     * where it may be made at all.
     *
     * @param knownId the id of the role that is known to be the resource's; empty: none is known
     */
    Plan plan(DesiredRole desired, String knownId, RoleMemory memory, Belief belief, Progress progress) {
        Optional<RoleState> shown = memory.state();
        if (!isGood(desired, memory)) {
            boolean assumeAbsent = shown.isEmpty()
                    && belief == Belief.NEW
                    && !memory.doubt().metAnother()
                    && desired.origin() != Origin.ADOPTED;
            shown = assumeAbsent ? Optional.empty() : look(desired, knownId, memory, belief, progress);
        }
        Optional<RoleState> believed = shown.isEmpty() ? shown : memory.state();
        progress.role(believed.filter(role -> Possession.isOurs(desired, role.role())));
        shown.ifPresent(role -> progress.leftInPlace(Planner.leftInPlace(desired, role.policies())));
        return shown.map(role -> Planner.update(desired, believed.orElse(role), role))
                .orElseGet(() -> Planner.create(desired));
    }

    /** The role as IAM shows it; what is to be believed of it is in the memory afterwards. */
    private Optional<RoleState> look(
            DesiredRole desired, String knownId, RoleMemory memory, Belief belief, Progress progress) {
        boolean inVain = belief == Belief.EXISTS && progress.foundNoRole();
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
            throw Settling.notYet("IAM still shows the role that was " + desired.name() + " before");
        }
        Possession.conflict(desired, role.get()).ifPresent(conflict -> {
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
        boolean again = tooEarly && Possession.isOfOurMaking(desired, role.get());
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
    private Optional<ObservedPolicies> policies(DesiredRole desired, ObservedRole role, RoleMemory memory) {
        return memory.policies(role.id())
                .filter(known -> !isLookDue(memory))
                .filter(known -> !memory.unconfirmed()
                        || Planner.update(desired, new RoleState(role, known)).changes().stream()
                                .noneMatch(change -> change instanceof RoleChange taken && taken.frees()));
    }

    /** Rights that depend on the role's tags are there only when its tags have spread. */
    private <T> T read(String role, RoleMemory memory, Supplier<T> call) {
        Instant asked = clock.instant();
        try {
            return call.get();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied && memory.doubt().settling(asked)) {
                throw Settling.notYet("IAM does not let role " + role + " be read yet: "
                        + e.failure().message());
            }
            throw e;
        }
    }

    /**
     * IAM has just answered that there is no such role: throws when that cannot be taken at its word, or when none can
     * be made.
     */
    private void doubtAbsence(DesiredRole desired, RoleMemory memory, Belief belief, Instant asked) {
        String role = desired.name();
        if (memory.doubt().settling(asked)) {
            throw Settling.notYet("IAM does not show role " + role + " yet, which may have been written a moment ago");
        }
        if (desired.origin() == Origin.ADOPTED) {
            throw nothingToAdopt(desired, memory.doubt().absent(asked));
        }
        if (belief != Belief.EXISTS) {
            return;
        }
        if (asked.isBefore(memory.doubt().exists(asked).plus(window))) {
            throw Settling.notYet("IAM says that role " + role + " exists and does not show it yet");
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
                : Settling.notYet("IAM shows no role " + role + " to adopt, which is believed once it has said so for a"
                        + " while");
    }
}
