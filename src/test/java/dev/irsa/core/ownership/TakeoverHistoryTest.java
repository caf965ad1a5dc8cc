package dev.irsa.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Records in a tag value which clusters a role was taken over from. */
class TakeoverHistoryTest {
    @Test
    void containsRecordedClusterOnly() {
        String history = TakeoverHistory.with("", "a", "1").orElseThrow();

        assertThat(history).hasSize(16).matches("[0-9a-f]+");
        assertThat(TakeoverHistory.contains(history, "a", "1")).isTrue();
        assertThat(TakeoverHistory.contains(history, "a", "2")).isFalse();
        assertThat(TakeoverHistory.contains(history, "b", "1")).isFalse();
        assertThat(TakeoverHistory.contains("", "a", "1")).isFalse();
    }

    @Test
    void recordsEachClusterOnceInAnyOrder() {
        String ab = TakeoverHistory.with(TakeoverHistory.with("", "a", "1").orElseThrow(), "b", "1")
                .orElseThrow();
        String ba = TakeoverHistory.with(TakeoverHistory.with("", "b", "1").orElseThrow(), "a", "1")
                .orElseThrow();

        assertThat(ab).hasSize(32).isEqualTo(ba);
        assertThat(TakeoverHistory.with(ab, "a", "1")).contains(ab);
    }

    @Test
    void returnsEmptyIfTheTagValueIsFull() {
        String history = "";
        for (int i = 0; i < 16; i++) {
            history = TakeoverHistory.with(history, "cluster-" + i, "1").orElseThrow();
        }

        assertThat(history).hasSize(256);
        assertThat(TakeoverHistory.with(history, "cluster-16", "1")).isEmpty();
        assertThat(TakeoverHistory.with(history, "cluster-0", "1")).contains(history);
    }
}
