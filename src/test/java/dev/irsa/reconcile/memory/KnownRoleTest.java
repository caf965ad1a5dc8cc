package dev.irsa.reconcile.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.observed.RoleState;
import dev.irsa.core.plan.ChangeEffect;
import dev.irsa.core.plan.RoleChange;
import dev.irsa.fixtures.reconcile.Examples;
import dev.irsa.port.SweepObservation;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownRoleTest {
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final RoleState ROLE = ChangeEffect.created(Examples.role(), "AROA1");
    private static final RoleState OTHER = ChangeEffect.created(Examples.role(), "AROA2");

    private final KnownRole known = KnownRole.NOTHING.seen(ROLE, START);

    @Test
    void everyObservationIsNewsWhileNothingIsKnown() {
        assertThat(KnownRole.NOTHING.differsFrom(observation(Optional.empty()))).isTrue();
        assertThat(known.differsFrom(observation(Optional.of(ROLE)))).isFalse();
        assertThat(known.differsFrom(observation(Optional.of(OTHER)))).isTrue();
        assertThat(known.differsFrom(observation(Optional.empty()))).isTrue();
    }

    @Test
    void droppedRoleIsNotNews() {
        assertThat(known.dropped().differsFrom(observation(Optional.of(ROLE)))).isFalse();
    }

    @Test
    void differenceOfARoleThatWasUpToDateIsUnconfirmedDrift() {
        KnownRole observed = known.observed(observation(Optional.of(OTHER)), true);

        assertThat(observed.role()).contains(OTHER);
        assertThat(observed.drifted()).isTrue();
        assertThat(observed.unconfirmed()).isTrue();
    }

    @Test
    void differenceOfARoleThatWasNotUpToDateIsNoDrift() {
        KnownRole observed = known.observed(observation(Optional.of(OTHER)), false);

        assertThat(observed.drifted()).isFalse();
        assertThat(observed.unconfirmed()).isFalse();
    }

    @Test
    void readConfirmsTheStateButNotTheRepair() {
        KnownRole seen = known.observed(observation(Optional.of(OTHER)), true).seen(OTHER, START);

        assertThat(seen.unconfirmed()).isFalse();
        assertThat(seen.drifted()).isTrue();
        assertThat(seen.confirmed().drifted()).isFalse();
    }

    @Test
    void deletionLeavesNoRole() {
        assertThat(known.changed(new RoleChange.DeleteRole(Examples.NAME)).role())
                .isEmpty();
    }

    private static SweepObservation observation(Optional<RoleState> role) {
        return new SweepObservation(START.plusSeconds(60), role);
    }
}
