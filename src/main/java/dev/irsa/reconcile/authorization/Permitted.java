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
     * @param freeze why
     */
    record Frozen(Desired.Valid desired, Failure freeze) implements Permitted {}

    /** A role of others. */
    record External(Desired.External desired) implements Permitted {}

    /** Returns what the resource asks for. */
    default Desired.Accepted accepted() {
        return switch (this) {
            case Managed managed -> managed.desired();
            case Frozen frozen -> frozen.desired();
            case External external -> external.desired();
        };
    }
}
