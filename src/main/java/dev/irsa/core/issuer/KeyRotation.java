package dev.irsa.core.issuer;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides which keys are published. A new key is published at once. A key that no API server has stays published until the last
 * token that it signed has expired.
 *
 * @param retention the longest lifetime of a token
 * @param dropped the ids of keys that are not published, even if an API server has them
 */
public record KeyRotation(Duration retention, Set<String> dropped) {
    public KeyRotation {
        dropped = Set.copyOf(dropped);
    }

    /**
     * The keys of the API servers.
     *
     * @param keys of all that were read, by their ids
     * @param complete whether all were read. Otherwise, a key may be on one that was not
     */
    public record Live(SortedMap<String, PublicKey> keys, boolean complete) {}

    /** Returns the keys to publish. */
    public PublishedKeys next(PublishedKeys published, Live live, Instant now) {
        SortedMap<String, PublicKey> keys = new TreeMap<>();
        SortedMap<String, Instant> missingSince = new TreeMap<>();
        for (Map.Entry<String, PublicKey> key : published.keys().entrySet()) {
            Optional<Instant> missing = missingSince(key.getKey(), published, live, now);
            if (missing.isEmpty() || !isOver(missing.get(), live, now)) {
                keys.put(key.getKey(), key.getValue());
                missing.ifPresent(since -> missingSince.put(key.getKey(), since));
            }
        }
        keys.putAll(live.keys());
        keys.keySet().removeAll(dropped);
        missingSince.keySet().removeAll(dropped);
        return new PublishedKeys(keys, missingSince);
    }

    private static Optional<Instant> missingSince(String id, PublishedKeys published, Live live, Instant now) {
        if (live.keys().containsKey(id)) {
            return Optional.empty();
        }
        // A time in the future, of a clock that was wrong, would keep the key for longer.
        Optional<Instant> before =
                Optional.ofNullable(published.missingSince().get(id)).map(since -> since.isAfter(now) ? now : since);
        return before.isEmpty() && live.complete() ? Optional.of(now) : before;
    }

    private boolean isOver(Instant missingSince, Live live, Instant now) {
        return live.complete() && !now.isBefore(missingSince.plus(retention));
    }
}
