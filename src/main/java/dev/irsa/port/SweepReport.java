package dev.irsa.port;

import java.time.Duration;

/**
 * The figures of a complete sweep.
 *
 * @param took the duration of reading
 * @param roles the number of roles of this cluster
 * @param concerned the number of resources that were requeued because of it
 * @param orphans the number of orphaned roles that remain
 * @param retained the number of roles without an owner that are offered to a resource of this cluster
 */
public record SweepReport(Duration took, int roles, int concerned, int orphans, int retained) {}
