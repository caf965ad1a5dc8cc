package dev.irsa.core.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleObservationTest {
    private static final ObservedPolicies NONE = ObservedPolicies.of(Set.of(), Map.of());
    private static final ObservedRole ROLE = SampleRole.observed(SampleRoles.withOurs(Map.of()));
    private static final RoleState SHOWN = new RoleState(ROLE, NONE);
    private static final RoleState UNCERTAIN = new RoleState(ROLE.withUnknownTrust(), NONE);

    @Test
    void mayHaveOlderTrustIfTheTrustedStateHasNone() {
        assertThat(RoleObservation.of(SHOWN, Optional.of(UNCERTAIN)).mayHaveOlderTrust())
                .isTrue();
        assertThat(RoleObservation.of(SHOWN, Optional.of(UNCERTAIN)).current()).contains(SHOWN);
        assertThat(RoleObservation.of(SHOWN, Optional.of(SHOWN)).mayHaveOlderTrust())
                .isFalse();
        assertThat(RoleObservation.known(SHOWN).mayHaveOlderTrust()).isFalse();
        assertThat(RoleObservation.ABSENT.mayHaveOlderTrust()).isFalse();
        assertThat(RoleObservation.ASSUMED_ABSENT.mayHaveOlderTrust()).isFalse();
    }
}
