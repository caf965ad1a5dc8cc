package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.docs.DocumentationPages;
import dev.irsa.kubectl.diagnosis.Cause;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page on the checks of {@code kubectl irsa doctor} explains each cause once. */
class ChecksPageTest {
    private static final String PAGE = DocumentationPages.read(Path.of("docs", "kubectl-irsa", "checks.md"));

    @ParameterizedTest
    @EnumSource(Cause.class)
    void explainsEachCause(Cause cause) {
        assertThat(PAGE.lines())
                .filteredOn(line -> line.startsWith("- ") && line.split(": ", 2)[0].contains("`" + cause.name() + "`"))
                .hasSize(1);
    }
}
