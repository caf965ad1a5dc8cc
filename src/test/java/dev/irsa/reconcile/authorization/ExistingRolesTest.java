package dev.irsa.reconcile.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.ownership.RoleHolder;
import dev.irsa.port.ResourceRef;
import dev.irsa.port.SweepSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExistingRolesTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final ResourceRef INVOICES = new ResourceRef("payments", "invoices", "uid");

    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final ExistingRoles roles = new ExistingRoles(WINDOW, () -> now);

    private SweepSnapshot snapshot(Map<String, RoleHolder> holders) {
        return new SweepSnapshot(now, Map.of(), Set.of(), holders);
    }

    private static Map<String, RoleHolder> retained(String role) {
        return Map.of(role, new RoleHolder("payments", "invoices", true));
    }

    @Test
    void isCompleteAfterTheFirstSweep() {
        assertThat(roles.areComplete()).isFalse();
        assertThat(roles.observed(snapshot(Map.of()))).isTrue();
        assertThat(roles.areComplete()).isTrue();
        assertThat(roles.observed(snapshot(Map.of()))).isFalse();
    }

    @Test
    void showsTheRolesOfTheLastSweep() {
        roles.observed(snapshot(retained("a")));
        roles.observed(snapshot(retained("b")));
        assertThat(roles.of("payments")).containsExactly(Map.entry("b", "invoices"));
        assertThat(roles.of("other")).isEmpty();
    }

    @Test
    void believesItsOwnWritesUntilASweepMustShowThem() {
        roles.add(INVOICES, "a");
        now = now.plus(WINDOW).minusMillis(1);
        roles.observed(snapshot(Map.of()));
        assertThat(roles.of("payments")).containsKey("a");

        now = now.plusMillis(1);
        roles.observed(snapshot(Map.of()));
        assertThat(roles.of("payments")).isEmpty();
    }

    @Test
    void doesNotShowARoleThatItDeletedThoughASweepStillDoes() {
        roles.observed(snapshot(retained("a")));
        roles.remove(INVOICES, "a");
        roles.observed(snapshot(retained("a")));

        assertThat(roles.of("payments")).isEmpty();
    }
}
