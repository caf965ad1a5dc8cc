package dev.irsa.core.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.policy.PolicyFingerprint;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservedRoleTest {
    private static final ObservedRole ROLE = SampleRole.offered(Map.of("team", "a"), SampleRoles.DENY);

    @Test
    void knowsTrustPolicyUntilItIsForgotten() {
        assertThat(ROLE.isTrustKnown()).isTrue();
        assertThat(ROLE.withUnknownTrust().isTrustKnown()).isFalse();
    }

    @Test
    void forgetsNothingButTrustPolicy() {
        assertThat(ROLE.withUnknownTrust())
                .usingRecursiveComparison()
                .ignoringFields("trust")
                .isEqualTo(ROLE);
        assertThat(ROLE.withUnknownTrust().trust()).isEqualTo(PolicyFingerprint.UNKNOWN);
    }
}
