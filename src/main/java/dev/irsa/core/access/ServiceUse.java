package dev.irsa.core.access;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a role has used a service that its policies name.
 *
 * <p>Source: "Refine permissions in AWS using last accessed information" of the IAM user guide. IAM tracks only some actions of some
 * services, and no data events, such as s3:GetObject. Denied attempts count too.
 *
 * @param service the prefix of its actions, such as s3
 * @param lastUsed empty if IAM knows of no use
 * @param actions the tracked actions without the prefix, with their last use if there was one
 */
public record ServiceUse(String service, Optional<Instant> lastUsed, SortedMap<String, Optional<Instant>> actions) {
    public ServiceUse {
        TreeMap<String, Optional<Instant>> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(actions);
        actions = Collections.unmodifiableSortedMap(ignoringCase);
    }

    /** Returns whether no use of the service is known since this time. */
    public boolean isUnusedSince(Instant time) {
        return isBefore(lastUsed, time);
    }

    /**
     * Returns whether IAM tracks an action, and knows of no use since this time.
     *
     * @param action without its prefix
     */
    public boolean isUnusedSince(String action, Instant time) {
        return actions.containsKey(action) && isBefore(actions.get(action), time);
    }

    private static boolean isBefore(Optional<Instant> use, Instant time) {
        return use.map(at -> at.isBefore(time)).orElse(true);
    }
}
