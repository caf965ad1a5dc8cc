package dev.irsa.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.fixtures.apiserver.MockApiServer;
import dev.irsa.port.CallInterceptor;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
    private static final ObjectReference REGARDING = new ObjectReferenceBuilder()
            .withNamespace("default")
            .withName("invoices")
            .withUid("uid")
            .build();

    private final MockApiServer server = MockApiServer.start();
    private final EventRecorder recorder = new EventRecorder(
            server.client(), CallInterceptor.NONE, InstantSource.system(), RandomGenerator.getDefault(), "pod");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void incrementsCountOfRepeatedEvent() {
        record();
        record();

        assertThat(events())
                .singleElement()
                .satisfies(event -> assertThat(event.getSeries().getCount()).isEqualTo(2));
    }

    @Test
    void recreatesDeletedEventWithCountOne() {
        record();
        server.client().resource(events().getFirst()).delete();

        record();

        assertThat(events())
                .singleElement()
                .satisfies(event -> assertThat(event.getSeries()).isNull());
        record();
        assertThat(events().getFirst().getSeries().getCount()).isEqualTo(2);
    }

    private void record() {
        recorder.record("invoices", () -> REGARDING, true, "AccessDenied", "note");
    }

    private List<Event> events() {
        return server.client()
                .events()
                .v1()
                .events()
                .inNamespace("default")
                .list()
                .getItems();
    }
}
