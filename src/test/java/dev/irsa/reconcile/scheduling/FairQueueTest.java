package dev.irsa.reconcile.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.port.ResourceRef;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private final FairQueue queue = new FairQueue();

    private static ResourceRef ref(String namespace, String name) {
        return new ResourceRef(namespace, name, namespace + "-" + name);
    }

    private void add(String namespace, String... names) {
        Stream.of(names).forEach(name -> queue.add(ref(namespace, name)));
    }

    private Stream<String> drain() {
        return Stream.generate(queue::poll)
                .takeWhile(Optional::isPresent)
                .map(first -> first.orElseThrow().uid());
    }

    @Test
    void namespacesTakeTurns() {
        add("payments", "a", "b", "c");
        add("orders", "d", "e");
        add("search", "f");

        assertThat(drain())
                .containsExactly("payments-a", "orders-d", "search-f", "payments-b", "orders-e", "payments-c");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aNamespaceThatComesLaterWaitsForOneOfEachOther() {
        add("payments", "a", "b", "c");
        assertThat(queue.poll()).contains(ref("payments", "a"));
        add("orders", "d");

        assertThat(drain()).containsExactly("payments-b", "orders-d", "payments-c");
    }

    @Test
    void aResourceThatIsAddedAgainKeepsItsPlace() {
        add("payments", "a", "b", "a");

        assertThat(drain()).containsExactly("payments-a", "payments-b");
    }

    @Test
    void aNamespaceLosesItsTurnWithItsLastResource() {
        add("payments", "a");
        add("orders", "d");
        queue.remove(ref("payments", "a"));
        queue.remove(ref("payments", "unknown"));
        add("payments", "b");

        assertThat(drain()).containsExactly("orders-d", "payments-b");
    }
}
