package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.UserTags;
import dev.irsa.fixtures.entitlement.SampleRequirements;
import dev.irsa.fixtures.plan.SampleRole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DesiredRoleTest {
    private static final DesiredRole BOUNDED =
            SampleRole.desired().requiring(SampleRequirements.boundary("team", "arn:a"));

    @Test
    void takesRequiredBoundary() {
        assertThat(BOUNDED.boundary()).contains("arn:a");
        assertThat(BOUNDED.requiring(SampleRequirements.boundary("team", "arn:b"))
                        .boundary())
                .contains("arn:b");
    }

    @Test
    void keepsItsBoundaryIfNoneIsRequired() {
        assertThat(BOUNDED.requiring(SampleRequirements.nothing("team"))).isEqualTo(BOUNDED);
    }

    @Test
    void hasRequiredPoliciesBesideItsOwn() {
        DesiredRole role = SampleRole.withPolicies(Set.of("arn:a", "arn:b"), Map.of())
                .requiredBefore(new TreeSet<>(List.of("arn:old")))
                .requiring(SampleRequirements.policies("team", "arn:b", "arn:c"));

        assertThat(role.managed()).containsExactly("arn:a", "arn:b", "arn:c");
        assertThat(role.required())
                .isEqualTo(new RequiredPolicies(
                        "team", new TreeSet<>(List.of("arn:b", "arn:c")), new TreeSet<>(List.of("arn:old"))));
    }

    @Test
    void hasRequiredTagsBesideItsOwnAndRecordsThem() {
        DesiredRole role = SampleRole.tagged(Map.of("Team", "a"))
                .requiring(SampleRequirements.tags("team", Map.of("team", "a", "cost-center", "4711")));

        assertThat(role.tags())
                .containsEntry("Team", "a")
                .containsEntry("cost-center", "4711")
                .doesNotContainKey("team");
        assertThat(UserTags.recorded(role.tags())).containsExactlyInAnyOrder("Team", "cost-center");
    }
}
