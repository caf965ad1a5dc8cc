package dev.irsa.core.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.issuer.KeyRotation.Live;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KeyRotationTest {
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
    private static final Duration RETENTION = Duration.ofHours(24);

    private final KeyRotation rotation = new KeyRotation(RETENTION, Set.of());

    private static SortedMap<String, PublicKey> keys(String... ids) {
        SortedMap<String, PublicKey> keys = new TreeMap<>();
        Arrays.stream(ids).forEach(id -> keys.put(id, SampleKeys.rsa(id, "modulus-" + id)));
        return keys;
    }

    private static Live all(String... ids) {
        return new Live(keys(ids), true);
    }

    private static PublishedKeys published(String... ids) {
        return new PublishedKeys(keys(ids), new TreeMap<>());
    }

    @Test
    void publishesNewKeyBeforeOldOne() {
        PublishedKeys next = rotation.next(published("a"), all("b"), NOW);

        assertThat(next.keys()).containsOnlyKeys("a", "b");
        assertThat(next.missingSince()).containsExactly(Map.entry("a", NOW));
        assertThat(next.document().indexOf("modulus-b"))
                .isLessThan(next.document().indexOf("modulus-a"));
    }

    @Test
    void keepsLostKeyForRetention() {
        PublishedKeys lost = rotation.next(published("a"), all("b"), NOW);

        assertThat(rotation.next(lost, all("b"), NOW.plus(RETENTION).minusSeconds(1)))
                .isEqualTo(lost);
        assertThat(rotation.next(lost, all("b"), NOW.plus(RETENTION))).isEqualTo(published("b"));
    }

    @Test
    void countsFromNowIfTheRecordedTimeIsInTheFuture() {
        PublishedKeys marked = new PublishedKeys(SampleKeys.of("a"), new TreeMap<>(Map.of("a", Instant.MAX)));

        PublishedKeys next = rotation.next(marked, all("b"), NOW);

        assertThat(next.missingSince()).containsExactly(Map.entry("a", NOW));
        assertThat(rotation.next(next, all("b"), NOW.plus(RETENTION))).isEqualTo(published("b"));
    }

    @Test
    void forgetsThatKeyWasMissing() {
        PublishedKeys lost = rotation.next(published("a"), all("b"), NOW);

        assertThat(rotation.next(lost, all("a", "b"), NOW.plusSeconds(60))).isEqualTo(published("a", "b"));
    }

    /** The key may be on the API server that was not read. */
    @Test
    void removesNothingWhileAnApiServerIsAway() {
        PublishedKeys lost = rotation.next(published("a"), all("b"), NOW);
        Live partly = new Live(keys("b", "c"), false);

        PublishedKeys next = rotation.next(lost, partly, NOW.plus(RETENTION.multipliedBy(2)));

        assertThat(next.keys()).containsOnlyKeys("a", "b", "c");
        assertThat(next.missingSince()).containsOnlyKeys("a");
        assertThat(rotation.next(published("a"), partly, NOW).missingSince()).isEmpty();
    }

    @Test
    void dropsLeakedKeyAtOnce() {
        KeyRotation dropping = new KeyRotation(RETENTION, Set.of("a"));

        assertThat(dropping.next(published("a"), all("a", "b"), NOW)).isEqualTo(published("b"));
        assertThat(dropping.next(rotation.next(published("a"), all("b"), NOW), all("b"), NOW))
                .isEqualTo(published("b"));
    }

    @Test
    void remembersInMetadataSinceWhenKeysAreMissing() {
        PublishedKeys next = rotation.next(published("a", "c"), all("b"), NOW);

        assertThat(PublishedKeys.of(next.document(), next.missing())).isEqualTo(next);
        assertThat(PublishedKeys.of(published("a").document(), "z=2026-12-01T10:00:00Z,"))
                .isEqualTo(published("a"));
    }

    @Test
    void removesMoreKeysThanTheMetadataHasRoomFor() {
        String[] many =
                IntStream.range(0, 60).mapToObj(i -> "key-%039d".formatted(i)).toArray(String[]::new);
        PublishedKeys now = rotation.next(published(many), all("new"), NOW);
        assertThat(now.keys()).hasSize(61);

        for (Instant time = NOW; time.isBefore(NOW.plus(RETENTION.multipliedBy(4))); time = time.plusSeconds(3600)) {
            assertThat(now.missing()).hasSizeLessThan(PublishedKeys.MAX_METADATA);
            now = rotation.next(PublishedKeys.of(now.document(), now.missing()), all("new"), time);
        }

        assertThat(now).isEqualTo(published("new"));
    }

    /** Whatever the API servers have, and whichever are away: a key that any of them had within the retention is published. */
    @Property
    void publishesEveryKeyThatMayHaveSignedAValidToken(
            @ForAll @Size(max = 30) List<@IntRange(max = 63) Integer> steps) {
        PublishedKeys now = PublishedKeys.NONE;
        TreeMap<String, Instant> lastSeen = new TreeMap<>();
        Instant time = NOW;
        for (int step : steps) {
            time = time.plus(Duration.ofHours(5));
            String[] ids = List.of("a", "b", "c", "d").stream()
                    .filter(id -> (step >> (id.charAt(0) - 'a') & 1) == 1)
                    .toArray(String[]::new);
            now = rotation.next(now, new Live(keys(ids), step < 32), time);
            for (String id : ids) {
                lastSeen.put(id, time);
            }
            Instant oldest = time.minus(RETENTION);
            assertThat(now.keys().keySet())
                    .containsAll(lastSeen.entrySet().stream()
                            .filter(entry -> entry.getValue().isAfter(oldest))
                            .map(Map.Entry::getKey)
                            .toList());
        }
    }
}
