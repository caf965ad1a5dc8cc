package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.failure.FailureException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final Map<String, Pages.Page<String>> pages = new HashMap<>();

    @Test
    void onePageIsTheList() {
        page("", null, "a", "b");

        assertThat(Pages.all(this::read)).containsExactly("a", "b");
    }

    @Test
    void pagesAreReadInOrderEmptyOnesToo() {
        page("", "1", "a");
        page("1", "2");
        page("2", null, "b", "c");

        assertThat(Pages.all(this::read)).containsExactly("a", "b", "c");
    }

    @Test
    void aMarkerThatComesBackEndsTheReading() {
        page("", "1", "a");
        page("1", "2", "b");
        page("2", "1", "c");

        assertThatThrownBy(() -> Pages.all(this::read))
                .isInstanceOf(FailureException.class)
                .hasMessage("AWS answered a list with something that cannot be read");
    }

    private void page(String marker, @Nullable String next, String... elements) {
        pages.put(marker, new Pages.Page<>(List.of(elements), next));
    }

    private Pages.Page<String> read(@Nullable String marker) {
        Pages.Page<String> page = pages.get(marker == null ? "" : marker);
        if (page == null) {
            throw new AssertionError("no page at " + marker);
        }
        return page;
    }
}
