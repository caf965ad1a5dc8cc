package dev.irsa.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.sweep.SampleRoles;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepSnapshotTest {
    private static final Instant BEGAN = Instant.parse("2026-11-25T12:00:00Z");

    private final SweepSnapshot snapshot = new SweepSnapshot(BEGAN, Map.of("a", SampleRoles.role("a")), Set.of("b"));

    @Test
    void distinguishesSeenAndAbsentRoles() {
        assertThat(snapshot.of("a")).contains(new SweepObservation(BEGAN, Optional.of(SampleRoles.role("a"))));
        assertThat(snapshot.of("c")).contains(new SweepObservation(BEGAN, Optional.empty()));
    }

    @Test
    void returnsNothingForUnclearRole() {
        assertThat(snapshot.of("b")).isEmpty();
        assertThat(new SweepSnapshot(BEGAN, Map.of("a", SampleRoles.role("a")), Set.of("a")).of("a"))
                .isEmpty();
    }

    @Test
    void isImmutable() {
        var roles = new HashMap<>(Map.of("a", SampleRoles.role("a")));
        var unclear = new HashSet<>(Set.of("b"));
        SweepSnapshot taken = new SweepSnapshot(BEGAN, roles, unclear);
        roles.clear();
        unclear.clear();

        assertThat(taken).isEqualTo(snapshot);
    }
}
