package dev.irsa.reconcile.authorization;

import dev.irsa.core.desired.Desired;
import dev.irsa.core.failure.Failure;

/** What a resource asks for, once every precondition holds. */
public sealed interface Permitted {
    /**
     * A role that the operator manages.
     *
     * @param grant which versions of entitlements allow it
     */
    record Managed(Desired.Valid desired, Grant grant) implements Permitted {}

    /**
     * A role that the operator manages and that has to stay as it is. The only changes are those that take trust away.
     *
     * @param entitlement the name of the entitlement that allows it
     * @param freeze why
     */
    record Frozen(Desired.Valid desired, String entitlement, Failure freeze) implements Permitted {}

    /**
     * A role of others.
     *
     * @param entitlement the name of the entitlement that allows it
     */
    record External(Desired.External desired, String entitlement) implements Permitted {}

    /** Returns what the resource asks for. */
    default Desired.Accepted accepted() {
        return switch (this) {
            case Managed managed -> managed.desired();
            case Frozen frozen -> frozen.desired();
            case External external -> external.desired();
        };
    }

    /** Returns the name of the entitlement that allows it. */
    default String allowedBy() {
        return switch (this) {
            case Managed managed -> managed.grant().by().name();
            case Frozen frozen -> frozen.entitlement();
            case External external -> external.entitlement();
        };
    }
}
