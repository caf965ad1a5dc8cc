package dev.irsa.kubectl.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.kubectl.diagnosis.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
    /** The labels are tier=web, and none. */
    @ParameterizedTest
    @CsvSource({
        "In, web, true, false",
        "In, db, false, false",
        "NotIn, web, false, true",
        "NotIn, db, true, true",
        "Exists, , true, false",
        "DoesNotExist, , false, true",
        "Unknown, web, false, false",
    })
    void evaluatesRequirement(String operator, @Nullable String value, boolean withLabel, boolean withoutLabel) {
        LabelSelector selector = new LabelSelector(
                new TreeMap<>(),
                List.of(new Requirement("tier", operator, value == null ? List.of() : List.of(value))));

        assertThat(selector.matches(Map.of("tier", "web"))).isEqualTo(withLabel);
        assertThat(selector.matches(Map.of())).isEqualTo(withoutLabel);
    }

    @Test
    void requiresEveryLabel() {
        LabelSelector selector = new LabelSelector(new TreeMap<>(Map.of("a", "1", "b", "2")), List.of());

        assertThat(selector.matches(Map.of("a", "1", "b", "2", "c", "3"))).isTrue();
        assertThat(selector.matches(Map.of("a", "1", "b", "3"))).isFalse();
    }
}
