package dev.irsa.kubectl.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountSpec;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.Reason;
import java.util.Objects;
import java.util.Optional;

/**
 * What an IamAccount of the files becomes. The names are part of the interface of the command.
 *
 * @param reason of its condition Ready afterwards, if that is not True; empty if nothing is known to prevent it
 * @param message what the operator would do there, or why it can do nothing
 */
public record PlannedAccount(String name, String accountID, PlanAction action, String reason, String message) {
    /**
     * Compares an IamAccount of the files with the cluster.
     *
     * @param before the one that is in the cluster now
     */
    public static PlannedAccount of(IamAccount given, Optional<IamAccount> before) {
        return before.flatMap(live -> violation(live.getSpec(), given.getSpec()))
                .map(why -> of(given, PlanAction.refused, Reason.InvalidSpec.name(), why))
                .orElseGet(() -> of(given, action(given, before), "", ""));
    }

    /** Returns what the deletion of an IamAccount of the files does. */
    public static PlannedAccount deleted(IamAccount given, Optional<IamAccount> before) {
        return before.isEmpty()
                ? of(given, PlanAction.none, "", "it is not in the cluster")
                : of(
                        given,
                        PlanAction.delete,
                        "",
                        "the operator changes nothing in AWS; delete the resources that name it first, because they report"
                                + " AccountNotFound afterwards and their deletion waits");
    }

    private static PlannedAccount of(IamAccount given, PlanAction action, String reason, String message) {
        return new PlannedAccount(given.getMetadata().getName(), given.getSpec().accountID(), action, reason, message);
    }

    private static PlanAction action(IamAccount given, Optional<IamAccount> before) {
        if (before.isEmpty()) {
            return PlanAction.create;
        }
        return before.get().getSpec().equals(given.getSpec()) ? PlanAction.none : PlanAction.change;
    }

    /** Returns why the API server would reject the new spec. */
    private static Optional<String> violation(IamAccountSpec before, IamAccountSpec after) {
        if (!before.accountID().equals(after.accountID())) {
            return Optional.of("spec.accountID is immutable; create another IamAccount");
        }
        return Objects.equals(before.rolePath(), after.rolePath())
                ? Optional.empty()
                : Optional.of(
                        "spec.rolePath is immutable; create another IamAccount after you have deleted the resources"
                                + " that use this one");
    }

    /** Returns the account of which this is known as well. */
    public PlannedAccount with(String why) {
        return new PlannedAccount(name, accountID, action, reason, why);
    }

    /** Returns the account in which the operator can manage no role. */
    public PlannedAccount blockedBy(Failure failure) {
        return new PlannedAccount(name, accountID, action, failure.reason().name(), failure.message());
    }

    /** Returns whether a user has to act before the operator can work in the account. */
    @JsonIgnore
    public boolean isBlocked() {
        return !reason.isEmpty();
    }
}
