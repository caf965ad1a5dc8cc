package dev.irsa.simulation;

import java.util.List;
import java.util.Optional;

/**
 * What came of a schedule.
 *
 * @param violation empty when nothing was wrong
 * @param story line by line; empty unless it was to be told
 * @param calls to the outside
 * @param digest the same for the same run
 */
record Result(Optional<Violation> violation, List<String> story, long calls, long digest) {}
