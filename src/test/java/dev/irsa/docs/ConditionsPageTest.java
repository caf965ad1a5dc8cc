package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.delivery.AvailabilityReason;
import dev.irsa.core.failure.Reason;
import dev.irsa.fixtures.docs.DocumentationPages;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page on conditions says what each reason means and what to do, and what Available is meanwhile. */
class ConditionsPageTest {
    private static final String[] PAGE =
            DocumentationPages.read(Path.of("docs", "conditions.md")).split("\n## Available\n", 2);

    private static Stream<String> rows(String text, String reason) {
        return text.lines().filter(line -> line.startsWith("| ") && line.contains("`" + reason + "`"));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void explainsEachReason(Reason reason) {
        assertThat(PAGE[0].lines())
                .filteredOn(line -> line.startsWith("| `" + reason + "` | "))
                .singleElement()
                .satisfies(row -> assertThat(row.split(" \\| ", -1)).hasSize(4));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void namesAvailableForEachReason(Reason reason) {
        String table = PAGE[1].substring(PAGE[1].indexOf("| `Ready` | `Available` |"));

        assertThat(rows(table.substring(0, table.indexOf("\n\n")), reason.name()))
                .singleElement()
                .satisfies(row -> assertThat(row.split(" \\| ", -1)).hasSize(2));
    }

    @ParameterizedTest
    @EnumSource(AvailabilityReason.class)
    void explainsEachReasonOfAvailable(AvailabilityReason reason) {
        assertThat(PAGE[1].lines())
                .filteredOn(line -> line.startsWith("| `" + reason + "` | "))
                .first()
                .satisfies(row -> assertThat(row.split(" \\| ", -1)).hasSize(3));
    }
}
