package dev.irsa.core.observed;

import java.time.Instant;
import java.util.Optional;

/**
 * When a role was created and last used.
 *
 * <p>Source: "RoleLastUsed" of the IAM API reference. IAM shows a use with a delay of up to four hours, and forgets it after 400
 * days.
 *
 * @param last empty if IAM knows of no use
 */
public record RoleUse(Instant createdAt, Optional<LastUse> last) {
    /**
     * The last use.
     *
     * @param region in which it was; empty if IAM does not name it
     */
    public record LastUse(Instant at, String region) {}

    /** Returns whether the role was created before this time and has not been used since then. */
    public boolean isUnusedSince(Instant time) {
        return createdAt.isBefore(time)
                && last.map(use -> use.at().isBefore(time)).orElse(true);
    }
}
