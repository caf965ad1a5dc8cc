package dev.irsa.reconcile.memory;

import dev.irsa.core.delivery.ExternalRoleCheck;
import dev.irsa.core.desired.Desired;
import dev.irsa.core.desired.ExternalRole;
import dev.irsa.core.desired.TrustTerms;
import java.time.Instant;

/**
 * What was found out about a role that others manage.
 *
 * @param role which was read
 * @param terms whom it was to admit
 * @param due when it is read again
 */
public record CheckedTrust(ExternalRole role, TrustTerms terms, ExternalRoleCheck result, Instant due) {
    /** Returns whether this answers what the resource asks for now. */
    public boolean answers(Desired.External desired) {
        return role.equals(desired.role()) && terms.equals(desired.delivery().terms());
    }

    /** Returns whether the role need not be read yet. What was refused is read at each retry, because others may have corrected it. */
    public boolean isCurrent(Instant now) {
        return now.isBefore(due) && !(result instanceof ExternalRoleCheck.Refused);
    }
}
