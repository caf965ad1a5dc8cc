package dev.irsa.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.desired.DesiredRole;
import dev.irsa.core.observed.ObservedPolicies;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.fixtures.plan.SampleRole;
import dev.irsa.fixtures.plan.SampleRoles;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetainedPoliciesTest {
    @Test
    void areProtectedPoliciesAndDeniesThatTheSpecDoesNotName() {
        Map<String, PolicyDocument> inline =
                Map.of("p", SampleRoles.DENY, "q", SampleRoles.DENY, "r", SampleRoles.ALLOW);
        DesiredRole wanted = SampleRole.withPolicies(Set.of(SampleRoles.DENY_ALL), Map.of("p", SampleRoles.DENY));

        assertThat(RetainedPolicies.of(
                        wanted,
                        ObservedPolicies.of(Set.of(SampleRoles.DENY_ALL, "arn:a"), SampleRoles.fingerprints(inline))))
                .containsExactly("q");
    }
}
