package dev.irsa.core.delivery;

/**
 * Whether pods of the ServiceAccounts of a resource can get credentials of its role, as far as the operator knows: the condition
 * Available.
 *
 * @param message in words that users can act on
 */
public record Availability(Status status, AvailabilityReason reason, String message) {
    /** The status of the condition. */
    public enum Status {
        True,
        False,
        Unknown
    }

    /** Returns whether pods can get credentials, for this reason. */
    public static Availability of(AvailabilityReason reason, String message) {
        return new Availability(reason.status(), reason, message);
    }

    /** Returns this, but of a resource that is not Ready for a reason that only a user can resolve. */
    public Availability butNotReady(String reason) {
        return new Availability(status, this.reason, message + "; but the resource is not Ready (" + reason + ")");
    }
}
