package dev.irsa.core.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SortedTest {
    @Test
    void sortsByNaturalOrder() {
        assertThat(Sorted.copyOf(Map.of("b", 2, "a", 1))).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
        assertThat(Sorted.copyOf(List.of("b", "a"))).containsExactly("a", "b");
    }

    @Test
    void keepsTheOrderOfTheOriginal() {
        SortedMap<String, Integer> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

        assertThat(Sorted.copyOf(tags).comparator()).isEqualTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(Sorted.copyOf(names).comparator()).isEqualTo(String.CASE_INSENSITIVE_ORDER);
    }

    @Test
    void laterChangesOfTheOriginalDoNotShow() {
        SortedMap<String, Integer> map = new TreeMap<>(Map.of("a", 1));
        SortedSet<String> set = new TreeSet<>(List.of("a"));
        SortedMap<String, Integer> mapCopy = Sorted.copyOf(map);
        SortedSet<String> setCopy = Sorted.copyOf(set);

        map.put("b", 2);
        set.add("b");

        assertThat(mapCopy).containsOnlyKeys("a");
        assertThat(setCopy).containsExactly("a");
    }

    @Test
    void areImmutable() {
        assertThatThrownBy(() -> Sorted.copyOf(Map.of("a", 1)).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Sorted.copyOf(List.<String>of()).add("a"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void emptyOnesAreShared() {
        assertThat(Sorted.copyOf(Map.<String, Integer>of())).isSameAs(Sorted.copyOf(new TreeMap<String, Integer>()));
        assertThat(Sorted.copyOf(List.<String>of())).isSameAs(Sorted.copyOf(new TreeSet<String>()));
    }
}
