package dev.irsa.performance.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.IamServiceAccount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EditTimesTest {
    private static final String NAME = "edited-1";

    private long now;
    private final EditTimes times = new EditTimes(() -> now);

    @Test
    void endsAnEditWhenTheResourceIsReadyWithIt() {
        times.begin("upgrade");
        times.edited(resource(2, "True", 1), 10);
        now = 30;
        times.onAdd(resource(2, "True", 1));
        assertThat(times.pending()).containsExactly(NAME);

        now = 50;
        times.onAdd(resource(2, "True", 2));

        assertThat(times.pending()).isEmpty();
        assertThat(times.of("upgrade")).containsExactly(Duration.ofNanos(40));
    }

    @Test
    void endsAnEditWithALaterOneAndInItsOwnPhase() {
        times.begin("upgrade");
        times.edited(resource(2, "False", 1), 10);
        times.begin("rollback");
        times.edited(resource(3, "False", 1), 20);

        now = 30;
        times.onAdd(resource(3, "True", 3));

        assertThat(times.of("upgrade")).containsExactly(Duration.ofNanos(20));
        assertThat(times.of("rollback")).containsExactly(Duration.ofNanos(10));
    }

    @Test
    void countsAnEventThatArrivesBeforeTheResponseToTheEdit() {
        now = 15;
        times.onAdd(resource(2, "True", 2));
        times.edited(resource(2, "False", 1), 10);

        assertThat(times.of("")).containsExactly(Duration.ofNanos(5));
    }

    private static IamServiceAccount resource(long generation, String ready, long observed) {
        return Serialization.unmarshal("""
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {name: %s, generation: %d}
                status: {conditions: [{type: Ready, status: "%s", observedGeneration: %d}]}
                """.formatted(NAME, generation, ready, observed), IamServiceAccount.class);
    }
}
