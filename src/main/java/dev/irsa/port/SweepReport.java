package dev.irsa.port;

import java.time.Duration;

/**
 * How a sweep went.
 *
 * @param took how long it read
 * @param roles how many roles of ours it saw
 * @param concerned how many resources have to be looked at because of it
 * @param orphans how many roles have no resource any more
 */
public record SweepReport(Duration took, int roles, int concerned, int orphans) {}
