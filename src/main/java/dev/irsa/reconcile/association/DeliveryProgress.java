package dev.irsa.reconcile.association;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.reconcile.run.Run;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

/** Remembers how far the delivery of a role has got: what was changed for which ServiceAccounts, and when. */
public final class DeliveryProgress {
    private DeliveryProgress() {}

    /** Learns for which ServiceAccounts an earlier process may have changed anything. */
    public static void recall(Run run) {
        run.previous().serviceAccounts().forEach(recorded -> learn(recorded.name(), recorded.delivery(), run));
        if (run.previous().mayHaveOwnName() && !run.delivery().isOwnNameReleased(generation(run))) {
            learn(run.ref().name(), run.previous().delivery(), run);
        }
    }

    private static void learn(String serviceAccount, List<Delivery> ways, Run run) {
        EnumSet<Delivery> all = EnumSet.noneOf(Delivery.class);
        all.addAll(ways);
        run.delivery().update(before -> before.withWays(serviceAccount, all));
    }

    /** Records that a change was made, or may have been, if it affects the delivery. */
    public static void changed(Change change, Instant now, Run run) {
        boolean delivers = !(change instanceof RoleChange)
                || change instanceof RoleChange.CreateRole
                || change instanceof RoleChange.UpdateAssumeRolePolicy;
        if (delivers) {
            run.delivery().update(before -> before.changedAt(now));
        }
    }

    /** Records that every way but those of the spec was withdrawn. */
    public static void reached(Desired.Valid wanted, Run run) {
        run.delivery().update(before -> before.reached(wanted.delivery().kinds()));
    }

    /** Records that a ServiceAccount, which was removed from the spec, was released. */
    public static void released(String serviceAccount, Run run) {
        run.delivery().update(before -> before.released(serviceAccount));
        if (serviceAccount.equals(run.ref().name())) {
            run.delivery().ownNameReleased(generation(run));
        }
    }

    private static long generation(Run run) {
        return run.resource().getMetadata().getGeneration();
    }
}
