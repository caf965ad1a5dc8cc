package dev.irsa.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.irsa.core.failure.FailureException;
import dev.irsa.core.permissions.AwsAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaginatorTest {
    private final Map<String, Paginator.Page<String>> pages = new HashMap<>();

    @Test
    void readsSinglePage() {
        page("", null, "a", "b");

        assertThat(Paginator.all(AwsAction.LIST_ROLES, this::read)).containsExactly("a", "b");
    }

    @Test
    void readsPagesInOrderIncludingEmptyOnes() {
        page("", "1", "a");
        page("1", "2");
        page("2", null, "b", "c");

        assertThat(Paginator.all(AwsAction.LIST_ROLES, this::read)).containsExactly("a", "b", "c");
    }

    @Test
    void failsOnRepeatedMarker() {
        page("", "1", "a");
        page("1", "2", "b");
        page("2", "1", "c");

        assertThatThrownBy(() -> Paginator.all(AwsAction.LIST_ROLES, this::read))
                .isInstanceOf(FailureException.class)
                .hasMessage("AWS returned an unreadable response to iam:ListRoles");
    }

    @Test
    void failsOnTruncatedPageWithoutMarker() {
        pages.put("", new Paginator.Page<>(List.of("a"), true, null));

        assertThatThrownBy(() -> Paginator.all(AwsAction.LIST_ROLES, this::read))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void ignoresMarkerOnLastPage() {
        pages.put("", new Paginator.Page<>(List.of("a"), false, "1"));

        assertThat(Paginator.all(AwsAction.LIST_ROLES, this::read)).containsExactly("a");
    }

    @Test
    void failsOnEndlessEmptyPages() {
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> Paginator.all(
                        AwsAction.LIST_ROLES,
                        marker -> new Paginator.Page<>(List.<String>of(), true, "m" + asked.incrementAndGet())))
                .isInstanceOf(FailureException.class);
    }

    private void page(String marker, @Nullable String next, String... elements) {
        pages.put(marker, new Paginator.Page<>(List.of(elements), next != null, next));
    }

    private Paginator.Page<String> read(@Nullable String marker) {
        Paginator.Page<String> page = pages.get(marker == null ? "" : marker);
        if (page == null) {
            throw new AssertionError("no page at " + marker);
        }
        return page;
    }
}
