package dev.irsa.drift;

import dev.irsa.observed.RoleState;
import java.time.Instant;
import java.util.Optional;

/**
 * What a sweep saw of one role.
 *
 * @param began when the sweep began to read
 * @param role empty: there was none
 */
public record Sighting(Instant began, Optional<RoleState> role) {}
