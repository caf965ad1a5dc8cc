package dev.irsa.port;

import dev.irsa.core.observed.RoleState;
import java.time.Instant;
import java.util.Optional;

/**
 * What a sweep observed of one role.
 *
 * @param began when the sweep began to read
 * @param role empty when the role did not exist
 */
public record SweepObservation(Instant began, Optional<RoleState> role) {}
