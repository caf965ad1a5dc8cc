package dev.irsa.core.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.RoleUse.LastUse;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoleUseTest {
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

    private static RoleUse used(Instant at) {
        return new RoleUse(JANUARY, Optional.of(new LastUse(at, "eu-west-1")));
    }

    @Test
    void isUnusedIfItsLastUseWasBefore() {
        assertThat(used(MARCH).isUnusedSince(MAY)).isTrue();
        assertThat(used(MARCH).isUnusedSince(MARCH)).isFalse();
        assertThat(used(MAY).isUnusedSince(MARCH)).isFalse();
    }

    @Test
    void isUnusedIfItIsOldAndWasNeverUsed() {
        RoleUse never = new RoleUse(MARCH, Optional.empty());

        assertThat(never.isUnusedSince(MAY)).isTrue();
        assertThat(never.isUnusedSince(MARCH)).as("created later").isFalse();
        assertThat(never.isUnusedSince(JANUARY)).as("created later").isFalse();
    }
}
