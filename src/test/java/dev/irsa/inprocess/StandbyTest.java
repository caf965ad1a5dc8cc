package dev.irsa.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1alpha1.Condition;
import dev.irsa.demo.Laptop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica that watches and does nothing, until it is its turn. */
class StandbyTest {
    private static final String NAMESPACE = "payments";

    private final Laptop laptop = Laptop.standingBy(Duration.ofSeconds(1)).allowingEverything();

    @BeforeEach
    void makeNamespace() {
        laptop.makeNamespace(NAMESPACE, Map.of());
    }

    @AfterEach
    void stop() {
        laptop.close();
    }

    /** The framework forgets those whose deletion it is still handing in when the next of that name comes. */
    @Test
    void whatIsMadeAgainAtOnceWhileItStandsByIsNotForgotten() throws InterruptedException {
        List<String> names =
                IntStream.range(0, 100).mapToObj(i -> "invoices-" + i).toList();
        names.forEach(this::create);
        for (int round = 0; round < 5; round++) {
            names.parallelStream().forEach(name -> {
                laptop.user().resource(manifest(name)).delete();
                create(name);
            });
        }
        assertThat(laptop.iam().roles()).isEmpty();
        assertThat(names).allMatch(name -> ready(name).isEmpty());

        laptop.operator().work();

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(names).allMatch(name -> ready(name).equals("True")));
    }

    private String ready(String name) {
        return laptop.ready(NAMESPACE, name, Condition::status);
    }

    private void create(String name) {
        laptop.user().resource(manifest(name)).create();
    }

    private static String manifest(String name) {
        return """
                apiVersion: irsa.dev/v1alpha1
                kind: IamServiceAccount
                metadata: {namespace: %s, name: %s}
                spec:
                  policies: {managed: [AmazonS3ReadOnlyAccess]}
                """.formatted(NAMESPACE, name);
    }
}
