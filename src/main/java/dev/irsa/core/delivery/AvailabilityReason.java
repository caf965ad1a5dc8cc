package dev.irsa.core.delivery;

import dev.irsa.core.delivery.Availability.Status;

/** The reasons of the condition Available, and its status with each. */
public enum AvailabilityReason {
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

    AvailabilityReason(Status status) {
        this.status = status;
    }

    Status status() {
        return status;
    }
}
