package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.docs.DocumentationPages;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page on conditions says what each reason means and what to do. */
class ConditionsPageTest {
    @ParameterizedTest
    @EnumSource(Reason.class)
    void explainsEachReason(Reason reason) {
        assertThat(DocumentationPages.read(Path.of("docs", "conditions.md")).lines())
                .filteredOn(line -> line.startsWith("| `" + reason + "` | "))
                .singleElement()
                .satisfies(row -> assertThat(row.split(" \\| ", -1)).hasSize(4));
    }
}
