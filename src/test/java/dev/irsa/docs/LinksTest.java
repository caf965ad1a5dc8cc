package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever follows a link of the docs gets to a file, and to a heading, that is there. */
class LinksTest {
    private static final Path PAGE = Path.of("docs", "page.md");

    static Stream<Path> pages() {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachLinkLeadsSomewhere(Path page) {
        assertThat(Links.broken(page, Pages.read(page))).isEmpty();
    }

    @Test
    void whatIsNotThereIsFound() {
        assertThat(Links.broken(PAGE, """
                # The one heading
                [a](#the-one-heading), [b](#another), [c](absent.md), [d](absent.md#the-one-heading),
                ![e](../README.md), [f](faq.md#questions), [g](faq.md#answers), [h](https://example.com/#i)
                """))
                .containsExactly("#another", "absent.md", "absent.md#the-one-heading", "faq.md#answers");
    }

    @Test
    void codeHasNeitherLinksNorHeadings() {
        assertThat(Links.broken(PAGE, """
                `[a-z](b)` [c](#d)
                ```sh
                # d
                [e](f)
                ```
                """)).containsExactly("#d");
    }

    @Test
    void anAnchorIsTheHeadingWithoutWhatIsNoWord() {
        assertThat(Links.anchors("## 5. `kind`, k3s or [any](other.md) node's_name\n"))
                .containsExactly("5-kind-k3s-or-any-nodes_name");
    }
}
