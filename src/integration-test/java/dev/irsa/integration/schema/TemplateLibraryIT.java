package dev.irsa.integration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.docs.LibraryTemplate;
import dev.irsa.integration.machine.Kubectl;
import dev.irsa.integration.machine.SharedMachine;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that a real API server accepts the templates of {@code deploy/templates} and their examples. */
@ExtendWith(SharedMachine.class)
class TemplateLibraryIT {
    @Test
    void apiServerAcceptsTemplatesAndExamples(Kubectl kubectl) {
        CrdCommands.applyCrd(kubectl, "iampolicytemplates");
        CrdCommands.applyCrd(kubectl, "iamserviceaccounts");
        List<LibraryTemplate> templates = LibraryTemplate.all();
        String manifests = templates.stream()
                .map(template -> template.text() + "---\n"
                        + template.exampleText().replaceAll("namespace: .*", "namespace: default"))
                .collect(Collectors.joining("---\n"));

        var created =
                kubectl.run(manifests, List.of("create", "--dry-run=server", "--validate=strict", "--filename=-"));

        assertThat(created.orThrow().stderr()).doesNotContain("Warning");
        assertThat(created.stdout().lines()).hasSize(2 * templates.size());
    }
}
