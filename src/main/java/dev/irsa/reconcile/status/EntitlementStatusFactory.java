package dev.irsa.reconcile.status;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamEntitlementStatus;
import dev.irsa.core.failure.Reason;
import java.time.InstantSource;
import java.util.List;

/** Turns what is known of an entitlement into its status, with conditions as {@link StatusFactory} makes them. */
public final class EntitlementStatusFactory {
    private final ValidityConditions conditions;

    public EntitlementStatusFactory(InstantSource clock) {
        this.conditions = new ValidityConditions(clock);
    }

    /**
     * The status of an entitlement.
     *
     * @param served how many resources it allows
     * @param problems what is wrong with it, for people; empty when it can be used
     */
    public IamEntitlementStatus of(IamEntitlement entitlement, int served, List<String> problems) {
        IamEntitlementStatus before = entitlement.getStatus();
        List<Condition> previous = before == null ? List.of() : before.conditions();
        return new IamEntitlementStatus(
                entitlement.getMetadata().getGeneration(),
                served,
                conditions.of(entitlement, previous, problems, Reason.InvalidSpec, "entitlement is valid"));
    }
}
