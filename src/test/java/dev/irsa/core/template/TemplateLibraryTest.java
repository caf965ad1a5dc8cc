package dev.irsa.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.TemplateParameter;
import dev.irsa.api.v1beta1.TemplateUse;
import dev.irsa.core.desired.DesiredRole;
import dev.irsa.fixtures.docs.LibraryTemplate;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the templates of {@code deploy/templates}. */
class TemplateLibraryTest {
    /** What the operator keeps free for responders. */
    private static final int RESPONDERS = 512;

    static Stream<LibraryTemplate> templates() {
        return LibraryTemplate.all().stream();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void isValid(LibraryTemplate template) {
        assertThat(PolicyTemplate.of(template.name(), 1, template.spec()).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void isDescribed(LibraryTemplate template) {
        assertThat(template.file()).hasFileName(template.name() + ".yaml");
        assertThat(template.spec().description()).isNotEmpty();
        assertThat(template.spec().parameters())
                .isNotEmpty()
                .extracting(TemplateParameter::description)
                .doesNotContain("");
        assertThat(template.sources()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void policyOfExampleFitsInTheQuotaOfIam(LibraryTemplate template) {
        assertThat(template.uses()).extracting(TemplateUse::name).containsExactly(template.name());
        assertThat(template.policy().size()).isBetween(100, DesiredRole.INLINE_QUOTA - RESPONDERS);
        assertThat(template.policy().text()).doesNotContain("{{");
    }

    /** {@code kubectl apply -f deploy/templates} would apply other files as well. */
    @Test
    void foldersHaveOneFileForEachTemplate() {
        List<Path> names =
                templates().map(LibraryTemplate::file).map(Path::getFileName).toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(LibraryTemplate.files(LibraryTemplate.EXAMPLES))
                .extracting(Path::getFileName)
                .containsExactlyInAnyOrderElementsOf(names);
    }
}
