package dev.irsa.integration.chart;

import dev.irsa.integration.chart.Switch.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * A small set of combinations that covers every pair of settings (pairwise testing). All combinations of fifty switches
 * are too many to test.
 *
 * @param clash whether two settings exclude each other; each setting excludes at most one other
 */
record PairwiseCombinations(List<Switch> switches, BiPredicate<Setting, Setting> clash) {
    private record Pair(Setting one, Setting other) {}

    /** Returns the combinations. Each has every switch once. */
    List<List<Setting>> combinations() {
        Set<Pair> open = new LinkedHashSet<>(
                pairs(switches.stream().flatMap(PairwiseCombinations::settings).toList()));
        open.removeIf(pair -> pair.one().of().equals(pair.other().of()) || clashes(pair.one(), pair.other()));
        List<List<Setting>> combinations = new ArrayList<>();
        while (!open.isEmpty()) {
            List<Setting> next = around(open.iterator().next(), open);
            pairs(next).forEach(open::remove);
            combinations.add(next);
        }
        return combinations;
    }

    /** Starts with one pair and sets each other switch so that it covers the most open pairs. */
    private List<Setting> around(Pair first, Set<Pair> open) {
        List<Setting> chosen = new ArrayList<>(List.of(first.one(), first.other()));
        for (Switch next : switches) {
            if (chosen.stream().noneMatch(setting -> setting.of().equals(next))) {
                chosen.add(settings(next)
                        .filter(setting -> chosen.stream().noneMatch(other -> clashes(setting, other)))
                        .max(Comparator.comparingLong(setting -> chosen.stream()
                                .filter(other -> open.contains(ordered(setting, other)))
                                .count()))
                        .orElseThrow());
            }
        }
        return List.copyOf(chosen);
    }

    private List<Pair> pairs(List<Setting> settings) {
        return settings.stream()
                .flatMap(one ->
                        settings.stream().filter(other -> !one.equals(other)).map(other -> ordered(one, other)))
                .distinct()
                .toList();
    }

    private Pair ordered(Setting one, Setting other) {
        return switches.indexOf(one.of()) <= switches.indexOf(other.of()) ? new Pair(one, other) : new Pair(other, one);
    }

    private boolean clashes(Setting one, Setting other) {
        return clash.test(one, other) || clash.test(other, one);
    }

    private static Stream<Setting> settings(Switch of) {
        return Stream.of(of.off(), of.on());
    }
}
