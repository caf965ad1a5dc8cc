package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.failure.FailureException;
import dev.irsa.permissions.AwsAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final Map<String, Pages.Page<String>> pages = new HashMap<>();

    @Test
    void onePageIsTheList() {
        page("", null, "a", "b");

        assertThat(Pages.all(AwsAction.LIST_ROLES, this::read)).containsExactly("a", "b");
    }

    @Test
    void pagesAreReadInOrderEmptyOnesToo() {
        page("", "1", "a");
        page("1", "2");
        page("2", null, "b", "c");

        assertThat(Pages.all(AwsAction.LIST_ROLES, this::read)).containsExactly("a", "b", "c");
    }

    @Test
    void aMarkerThatComesBackEndsTheReading() {
        page("", "1", "a");
        page("1", "2", "b");
        page("2", "1", "c");

        assertThatThrownBy(() -> Pages.all(AwsAction.LIST_ROLES, this::read))
                .isInstanceOf(FailureException.class)
                .hasMessage("AWS answered iam:ListRoles with something that cannot be read");
    }

    @Test
    void morePagesWithoutAMarkerIsAFailureAndNotTheWholeList() {
        pages.put("", new Pages.Page<>(List.of("a"), true, null));

        assertThatThrownBy(() -> Pages.all(AwsAction.LIST_ROLES, this::read)).isInstanceOf(FailureException.class);
    }

    @Test
    void aMarkerOnTheLastPageIsNotFollowed() {
        pages.put("", new Pages.Page<>(List.of("a"), false, "1"));

        assertThat(Pages.all(AwsAction.LIST_ROLES, this::read)).containsExactly("a");
    }

    @Test
    void emptyPagesWithoutEndEnd() {
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> Pages.all(
                        AwsAction.LIST_ROLES,
                        marker -> new Pages.Page<>(List.<String>of(), true, "m" + asked.incrementAndGet())))
                .isInstanceOf(FailureException.class);
    }

    private void page(String marker, @Nullable String next, String... elements) {
        pages.put(marker, new Pages.Page<>(List.of(elements), next != null, next));
    }

    private Pages.Page<String> read(@Nullable String marker) {
        Pages.Page<String> page = pages.get(marker == null ? "" : marker);
        if (page == null) {
            throw new AssertionError("no page at " + marker);
        }
        return page;
    }
}
