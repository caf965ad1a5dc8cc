package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Delivery;
import dev.irsa.api.v1beta1.TokenSpec;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DesiredServiceAccountTest {
    private static final String ROLE_ARN = "eks.amazonaws.com/role-arn";
    private static final String EXPIRATION = "eks.amazonaws.com/token-expiration";
    private static final Set<Delivery> IRSA = EnumSet.of(Delivery.IRSA);

    @Test
    void annotatesRoleAndSettingsOfToken() {
        assertThat(DesiredServiceAccount.annotations(IRSA, SampleRoles.ARN, TokenSpec.DEFAULT))
                .isEqualTo(Map.of(ROLE_ARN, SampleRoles.ARN));
        assertThat(DesiredServiceAccount.annotations(IRSA, SampleRoles.ARN, new TokenSpec("vault", 7200, false)))
                .isEqualTo(Map.of(
                        ROLE_ARN,
                        SampleRoles.ARN,
                        "eks.amazonaws.com/audience",
                        "vault",
                        EXPIRATION,
                        "7200",
                        "eks.amazonaws.com/sts-regional-endpoints",
                        "false"));
    }

    @Test
    void omitsDefaultAudience() {
        assertThat(DesiredServiceAccount.annotations(
                        IRSA, SampleRoles.ARN, new TokenSpec(TokenSpec.DEFAULT_AUDIENCE, null, null)))
                .containsOnlyKeys(ROLE_ARN);
    }

    @Test
    void namesNoRoleForPodIdentity() {
        assertThat(DesiredServiceAccount.annotations(
                        EnumSet.of(Delivery.PodIdentity), SampleRoles.ARN, new TokenSpec(null, 7200, false)))
                .isEqualTo(Map.of(EXPIRATION, "7200", "eks.amazonaws.com/sts-regional-endpoints", "false"));
        assertThat(DesiredServiceAccount.annotations(EnumSet.allOf(Delivery.class), SampleRoles.ARN, TokenSpec.DEFAULT))
                .containsOnlyKeys(ROLE_ARN);
    }
}
