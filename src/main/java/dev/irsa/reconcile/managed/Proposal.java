package dev.irsa.reconcile.managed;

import dev.irsa.core.consistency.Answer;
import dev.irsa.core.delivery.DeliveryPlan;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.observed.RoleObservation;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.RolePlanner;
import dev.irsa.reconcile.authorization.Grant;
import dev.irsa.reconcile.managed.ResourceObserver.Observation;
import dev.irsa.reconcile.role.RoleReporter;
import dev.irsa.reconcile.run.Run;
import dev.irsa.reconcile.status.Ending;
import dev.irsa.reconcile.status.ReconcileResult;
import dev.irsa.reconcile.status.RoleReport;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be done for a role and its delivery.
 *
 * @param desired with the ways of delivery that are possible now
 * @param role what was observed of the role
 * @param assumed whether the role was not read but assumed to be up to date or new
 * @param propagating whether IAM may still show the role as it was before it became the resource's
 */
record Proposal(Desired.Valid desired, Plan plan, RoleReport role, boolean assumed, boolean propagating) {
    static Proposal of(Observation observation, Grant grant, Run run, Instant now) {
        RoleObservation observed = observation.role();
        DeliveryPlan delivery = observation.delivery();
        Desired.Valid desired = delivery.desired();
        Plan plan = RolePlanner.plan(
                        desired.role(), observed, run.role().entitlements().covers(grant))
                .then(delivery.steps());
        boolean propagating = !run.role().trusts(Answer.CONTENT, now)
                && run.role().known().policies(run.previous().roleId()).isPresent();
        RoleReport role = RoleReporter.of(desired, observed, run.role().known().drifted(), propagating);
        return new Proposal(desired, plan, role, observed.assumed(), propagating);
    }

    /** Returns the role, if it is the resource's. */
    Optional<RoleState> owned() {
        return role.state();
    }

    /** Returns the result of a reconcile that ends like this and has changed nothing. */
    ReconcileResult ending(Ending ending) {
        return ReconcileResult.of(ending).withRole(role);
    }
}
