package dev.irsa.core.consistency;

import java.time.Duration;
import java.time.Instant;

/**
 * A process that writes to AWS.
 *
 * @param window how long IAM may take to show a write everywhere ({@code --consistency-window})
 * @param workingSince since when no other process writes: the start of this process, or the moment it became the leader
 * @param aloneSince resources that were created since then have no writes of an earlier process
 */
public record WritingProcess(Duration window, Instant workingSince, Instant aloneSince) {}
