package dev.irsa.core.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.plan.SampleRole;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DesiredRoleTest {
    private static final DesiredRole BOUNDED = SampleRole.desired().boundedBy(Optional.of("arn:a"));

    @Test
    void takesGivenBoundary() {
        assertThat(BOUNDED.boundary()).contains("arn:a");
        assertThat(BOUNDED.boundedBy(Optional.of("arn:b")).boundary()).contains("arn:b");
    }

    @Test
    void keepsItsBoundaryIfNoneIsGiven() {
        assertThat(BOUNDED.boundedBy(Optional.empty())).isEqualTo(BOUNDED);
    }
}
