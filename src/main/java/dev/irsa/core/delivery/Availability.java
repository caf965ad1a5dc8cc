package dev.irsa.core.delivery;

/**
 * Whether pods of the ServiceAccounts of a resource can get credentials of its role, as far as the operator knows: the condition
 * Available.
 *
 * @param message in words that users can act on
 */
public record Availability(Status status, Why reason, String message) {
    /** The status of the condition. */
    public enum Status {
        True,
        False,
        Unknown
    }

    /** The reason of the condition. */
    public enum Why {
        /** The role exists, admits all ServiceAccounts, and is delivered to them. */
        Delivered(Status.True),
        /** The same, but responders have attached a policy that denies. */
        Quarantined(Status.True),
        /** There is no role. */
        RoleNotFound(Status.False),
        /** A ServiceAccount has neither the annotation nor an association. */
        NotDelivered(Status.False),
        /** The trust policy does not admit a ServiceAccount. */
        TrustMissing(Status.False),
        /** IAM does not accept the tokens of the cluster. */
        OidcProviderMissing(Status.False),
        /** The operator cannot read the role, or cannot evaluate its trust policy. */
        NotChecked(Status.Unknown);

        private final Status status;

        Why(Status status) {
            this.status = status;
        }
    }

    /** Returns whether pods can get credentials, for this reason. */
    public static Availability of(Why reason, String message) {
        return new Availability(reason.status, reason, message);
    }

    /** Returns this, but of a resource that is not Ready for a reason that only a user can resolve. */
    public Availability butNotReady(String reason) {
        return new Availability(status, this.reason, message + "; but the resource is not Ready (" + reason + ")");
    }
}
