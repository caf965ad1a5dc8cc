package dev.irsa.reconcile.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.core.text.Documentation;
import dev.irsa.core.text.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionTransitionsTest {
    private static final ConditionTransitions CONDITIONS = new ConditionTransitions(
            InstantSource.fixed(Instant.parse("2026-11-25T12:00:00.987654321Z")),
            new Documentation("https://wiki.example.com/irsa/"));

    /** The schema of {@code meta/v1} allows 32,768 characters. */
    @Test
    void shortensLongMessagesToTheSameText() {
        String first = condition("x".repeat(40_000)).message();

        assertThat(first).hasSizeLessThanOrEqualTo(1024).startsWith("xxx").endsWith("...");
        assertThat(condition("x".repeat(50_000)).message()).isEqualTo(first);
    }

    @Test
    void refersToTheDocumentationOfAFork() {
        assertThat(condition("denied" + Page.PERMISSIONS.reference()).message())
                .isEqualTo("denied; see https://wiki.example.com/irsa/permissions.md");
    }

    @Test
    void writesTheTimeInSecondsAsKubernetesDoes() {
        assertThat(condition("m").lastTransitionTime()).isEqualTo("2026-11-25T12:00:00Z");
    }

    @Test
    void keepsTheTimeUntilTheStatusChanges() {
        var before = List.of(new Condition("Ready", "True", 1, "2026-01-01T00:00:00Z", "R", "m"));

        assertThat(CONDITIONS.of(before, 2, "Ready", "True", "Other", "n").lastTransitionTime())
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(CONDITIONS.of(before, 2, "Ready", "False", "R", "m").lastTransitionTime())
                .isEqualTo("2026-11-25T12:00:00Z");
    }

    private static Condition condition(String message) {
        return CONDITIONS.of(List.of(), 1, "Ready", "False", "Failed", message);
    }
}
