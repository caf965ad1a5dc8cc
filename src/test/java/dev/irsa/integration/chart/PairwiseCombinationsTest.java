package dev.irsa.integration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.chart.Switch.Setting;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every two settings meet somewhere, except those that exclude each other. */
class PairwiseCombinationsTest {
    private static final List<Switch> SWITCHES = IntStream.range(0, 12)
            .mapToObj(number -> new Switch("switch" + number, "0", "1"))
            .toList();
    private static final Setting ONE = SWITCHES.getFirst().on();
    private static final Setting FOE = SWITCHES.getLast().off();

    private final List<List<Setting>> combinations =
            new PairwiseCombinations(SWITCHES, (one, other) -> one.equals(ONE) && other.equals(FOE)).combinations();

    @Test
    void coversEveryPair() {
        for (Switch one : SWITCHES) {
            for (Switch other : SWITCHES) {
                if (!one.equals(other)) {
                    assertThat(combinations).anyMatch(all -> all.contains(one.off()) && all.contains(other.off()));
                    assertThat(combinations).anyMatch(all -> all.contains(one.on()) && all.contains(other.on()));
                    if (!(one.on().equals(ONE) && other.off().equals(FOE))) {
                        assertThat(combinations).anyMatch(all -> all.contains(one.on()) && all.contains(other.off()));
                    }
                }
            }
        }
    }

    @Test
    void omitsExcludedPairs() {
        assertThat(combinations).noneMatch(all -> all.contains(ONE) && all.contains(FOE));
    }

    @Test
    void hasEverySwitchOncePerCombination() {
        assertThat(combinations)
                .hasSizeLessThan(20)
                .allSatisfy(
                        all -> assertThat(all).extracting(Setting::of).containsExactlyInAnyOrderElementsOf(SWITCHES));
    }
}
