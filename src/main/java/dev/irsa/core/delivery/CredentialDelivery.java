package dev.irsa.core.delivery;

import dev.irsa.api.v1alpha1.Delivery;
import dev.irsa.core.desired.DesiredServiceAccount;
import dev.irsa.core.observed.ObservedServiceAccount;
import dev.irsa.core.plan.Change;
import dev.irsa.core.plan.Plan;
import dev.irsa.core.plan.ServiceAccountChange.Successor;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans what the operator writes to a ServiceAccount, and words what users read about the delivery. The edges apply its plans.
 */
public interface CredentialDelivery {
    /**
     * Plans how the role is delivered to the ServiceAccount.
     *
     * @param owner UID of the resource
     */
    Plan deliver(DesiredServiceAccount desired, ObservedServiceAccount observed, String owner);

    /**
     * Plans how the role is withdrawn from the ServiceAccount before the role is deleted.
     *
     * @param owner UID of the resource
     * @param successor the resource that takes the ServiceAccount over; empty if there is none
     */
    Plan withdraw(
            String serviceAccount,
            String roleArn,
            ObservedServiceAccount observed,
            String owner,
            Optional<Successor> successor);

    /**
     * Plans how the role is withdrawn from a ServiceAccount that the resource no longer names. The result is the same as if the
     * resource were deleted.
     *
     * @param owner UID of the resource
     * @param successor the resource that takes the ServiceAccount over; empty if there is none
     */
    Plan remove(
            String serviceAccount,
            String roleArn,
            ObservedServiceAccount observed,
            String owner,
            Optional<Successor> successor);

    /** Returns whether this role is delivered to the ServiceAccount. */
    boolean isDelivered(String roleArn, ObservedServiceAccount observed);

    /**
     * Returns the message of the Ready condition.
     *
     * @param kinds the ways that the resource uses
     * @param serviceAccounts the names of the ServiceAccounts; empty if the user manages them
     */
    String readyMessage(Set<Delivery> kinds, List<String> serviceAccounts);

    /** Returns whether running pods must be restarted to use what these changes deliver. */
    boolean needsRestart(List<Change> changes);
}
