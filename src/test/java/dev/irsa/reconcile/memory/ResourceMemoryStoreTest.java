package dev.irsa.reconcile.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.core.consistency.Answer;
import dev.irsa.fixtures.operator.VirtualClock;
import dev.irsa.port.ResourceRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResourceMemoryStoreTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final ResourceRef REF = new ResourceRef("payments", "invoices", "uid");

    private final VirtualClock clock = new VirtualClock();
    private final ResourceMemoryStore memories = new ResourceMemoryStore(WINDOW, clock);

    /** Found by the simulation: a standby took over hours after it started and trusted at once what IAM showed. */
    @Test
    void windowStartsWhenAStandbyTakesOver() {
        clock.pass(Duration.ofHours(3));

        memories.begin(clock.instant());

        assertThat(memories.of(REF).role().untrustedFor(Answer.CONTENT, clock.instant()))
                .isEqualTo(WINDOW);
    }

    @Test
    void windowStartsWithTheProcess() {
        clock.pass(Duration.ofSeconds(20));

        assertThat(memories.of(REF).role().untrustedFor(Answer.CONTENT, clock.instant()))
                .isEqualTo(Duration.ofSeconds(40));
    }
}
