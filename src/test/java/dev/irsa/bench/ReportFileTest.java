package dev.irsa.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportFileTest {
    private static final String PAGE = """
            By hand.
            <!-- begin: sizes -->
            old
            <!-- end: sizes -->
            By hand too.
            <!-- begin: machine -->
            <!-- end: machine -->
            """;

    @Test
    void replacesOnlyWhatStandsBetweenItsMarkers() {
        assertThat(ReportFile.replaced(PAGE, "sizes", "new\n")).isEqualTo("""
                By hand.
                <!-- begin: sizes -->

                new

                <!-- end: sizes -->
                By hand too.
                <!-- begin: machine -->
                <!-- end: machine -->
                """);
    }

    @Test
    void replacingAgainChangesNothing() {
        var once = ReportFile.replaced(PAGE, "machine", "two cores");

        assertThat(ReportFile.replaced(once, "machine", "two cores")).isEqualTo(once);
    }

    @Test
    void refusesAPartThatThePageDoesNotHave() {
        assertThatThrownBy(() -> ReportFile.replaced(PAGE, "plot", "")).hasMessageContaining("<!-- begin: plot -->");
    }

    @Test
    void thePageHasAllPartsThatAreMeasured() throws Exception {
        var page = Files.readString(Path.of("docs", "performance.md"));

        for (var part : new String[] {"machine", "sizes", "in-flight", "page-size"}) {
            assertThat(ReportFile.replaced(page, part, "found")).contains("found");
        }
    }
}
