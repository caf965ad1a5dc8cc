package dev.irsa.reconcile.role;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.reconcile.authorization.Grant;
import dev.irsa.reconcile.memory.EntitlementMemory;
import dev.irsa.reconcile.memory.KnownRole;
import dev.irsa.reconcile.memory.RoleMemory;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.status.Ending;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Remembers how far a role has got: which spec it has reached, and which entitlements allow what it has. */
public record RoleProgress(InstantSource clock) {
    /** Recalls which spec the role had reached; returns the desired state, whose protection of policies follows from that. */
    public static Desired.Valid recall(Desired.Valid desired, Run run) {
        long generation = generation(run);
        if (run.previous().hasReachedSpec()) {
            run.role()
                    .remember(before -> before.reached(
                                    generation,
                                    run.previous().policyTemplates(),
                                    run.previous().requiredPolicies())
                            // The status may be older than what this process has done since.
                            .requiring(before.required()));
        }
        return run.role().policyMemory().applyTo(desired, run.previous(), generation);
    }

    /**
     * Recalls which entitlements allow what the role has. If that is unknown, a read that may be stale is not trusted, so this comes
     * after {@link RoleObserver#refresh}.
     */
    public static void recallEntitlements(Grant grant, Run run) {
        RoleMemory role = run.role();
        if (run.previous().hasReachedSpec()) {
            role.entitlements(role.entitlements().recalled(grant));
        }
        boolean stale = role.known().role().isPresent()
                && !role.trusts(Answer.CONTENT, role.known().lastRead());
        if (role.entitlements().equals(EntitlementMemory.NEW) && stale) {
            role.update(before -> before.withProvisional(true));
        }
    }

    /**
     * Returns why the plan must not begin yet. A stale read may hide a policy that another entitlement allowed, so that the plan
     * could not revoke it before it grants, and the resource is not Ready. A failure that waiting does not resolve is reported at
     * once.
     */
    public Optional<Ending.Failed> staleness(DesiredRole desired, Plan plan, Grant grant, Run run) {
        if (run.role().entitlements().covers(grant)) {
            return Optional.empty();
        }
        return run.role()
                .nextRead(clock.instant())
                .map(untrusted -> new Ending.Failed(
                        plan.obstacle()
                                .filter(obstacle -> !(obstacle instanceof Failure.Waiting))
                                .orElseGet(() -> new Failure.Waiting(
                                        Reason.Reconciling,
                                        "waiting to rule out a stale IAM read of role " + desired.name()
                                                + "; no action needed",
                                        untrusted)),
                        Optional.of(untrusted)));
    }

    /** Records that a plan begins that an entitlement allows. */
    public static void begin(Plan plan, Grant grant, Run run) {
        if (changesRole(plan)) {
            run.role()
                    .remember(
                            before -> before.requiring(grant.by().requirements().managed()));
            run.role().entitlements(run.role().entitlements().begun(grant));
        }
    }

    /** Records the changes of a plan that were made. A role that was just created has nothing else. */
    public static void made(List<Change> changes, Grant grant, Run run) {
        if (changes.stream().anyMatch(RoleChange.CreateRole.class::isInstance)) {
            run.role().entitlements(EntitlementMemory.reached(grant));
        }
    }

    /** Records that the role has reached the spec. */
    public static void reached(DesiredRole role, Grant grant, Run run) {
        run.role()
                .remember(before -> before.reached(
                        generation(run),
                        role.templates().applied(),
                        role.required().current()));
        run.role().update(KnownRole::repaired);
        if (!run.role().known().provisional()) {
            run.role().entitlements(EntitlementMemory.reached(grant));
        }
    }

    /** Takes the entitlement that decides, whichever it is, to allow everything that the role has. */
    public static void assumeEntitled(RoleMemory role) {
        role.entitlements(EntitlementMemory.ASSUMED);
    }

    private static boolean changesRole(Plan plan) {
        return plan.changes().stream().anyMatch(RoleChange.class::isInstance);
    }

    private static long generation(Run run) {
        return run.resource().getMetadata().getGeneration();
    }
}
