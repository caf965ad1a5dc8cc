package dev.irsa.port;

import java.time.Duration;

/**
 * A complete sweep.
 *
 * @param took the duration of reading
 * @param snapshot what was read
 * @param concerned the number of resources that were requeued because of it
 * @param orphans the number of orphaned roles that remain
 * @param suspects the number of roles that the next sweep may find to be orphaned
 * @param roles the numbers of roles that reviewers ask about
 */
public record SweepReport(
        Duration took, SweepSnapshot snapshot, int concerned, int orphans, int suspects, RoleCounts roles) {}
