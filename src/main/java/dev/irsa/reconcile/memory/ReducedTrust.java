package dev.irsa.reconcile.memory;

import dev.irsa.core.desired.Desired;
import dev.irsa.core.observed.RoleState;
import dev.irsa.core.policy.PolicyFingerprint;
import java.util.List;
import java.util.Optional;

/**
 * A trust policy that was found to admit no ServiceAccount that the spec does not name.
 *
 * @param known the trust policy as the operator knew it; empty if it did not
 * @param admitted the ServiceAccounts of the spec
 */
public record ReducedTrust(Optional<PolicyFingerprint> known, List<String> admitted) {
    public static ReducedTrust of(Desired.Valid desired, KnownRole role) {
        return new ReducedTrust(
                role.role().map(RoleState::trust), desired.delivery().terms().serviceAccounts());
    }
}
