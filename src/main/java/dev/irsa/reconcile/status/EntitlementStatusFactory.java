package dev.irsa.reconcile.status;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamEntitlementStatus;
import dev.irsa.core.failure.Reason;
import java.time.InstantSource;
import java.util.List;

/** Turns what is known of an entitlement into its status, with conditions as {@link StatusFactory} makes them. */
public final class EntitlementStatusFactory {
    private final ConditionTransitions conditions;

    public EntitlementStatusFactory(InstantSource clock) {
        this.conditions = new ConditionTransitions(clock);
    }

    /**
     * The status of an entitlement.
     *
     * @param served how many resources it allows
     * @param problems what is wrong with it, for people; empty when it can be used
     */
    public IamEntitlementStatus of(IamEntitlement entitlement, int served, List<String> problems) {
        String wrong = String.join("; ", problems);
        return new IamEntitlementStatus(
                entitlement.getMetadata().getGeneration(),
                served,
                problems.isEmpty()
                        ? List.of(condition(entitlement, "Ready", true, "Valid", "entitlement is valid"))
                        : List.of(
                                condition(entitlement, "Ready", false, Reason.InvalidSpec.name(), wrong),
                                condition(entitlement, "Stalled", true, Reason.InvalidSpec.name(), wrong)));
    }

    private Condition condition(
            IamEntitlement entitlement, String type, boolean status, String reason, String message) {
        IamEntitlementStatus before = entitlement.getStatus();
        return conditions.of(
                before == null ? List.of() : before.conditions(),
                entitlement.getMetadata().getGeneration(),
                type,
                status,
                reason,
                message);
    }
}
