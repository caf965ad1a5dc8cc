package dev.irsa.performance.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsMarkdownColumns() {
        var table = new Table(
                List.of("", "n = 1", "n = 1000"), List.of(List.of("time, s", "0.25", "9"), List.of("a|b", "1", "22")));

        assertThat(table.markdown()).isEqualTo("""
                |         | n = 1 | n = 1000 |
                |---------|------:|---------:|
                | time, s |  0.25 |        9 |
                | a\\|b    |     1 |       22 |
                """);
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatThrownBy(() -> new Table(List.of("a", "b"), List.of(List.of("1"))))
                .hasMessageContaining("a row of 1 cells in a table of 2 columns");
    }
}
