package dev.irsa.integration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Tool;
import org.junit.jupiter.api.Test;

/** Lints the workflows. */
class WorkflowsIT {
    @Test
    void workflowsAreValid() {
        assertThat(Tool.ACTIONLINT.run("", "-color=false").orThrow().stdout()).isEmpty();
    }
}
