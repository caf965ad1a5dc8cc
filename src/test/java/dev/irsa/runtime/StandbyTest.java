package dev.irsa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.api.v1beta1.Condition;
import dev.irsa.core.ownership.Owner;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.fixtures.demo.InProcessEnvironment;
import java.time.Duration;
import java.time.Instant;
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

    private static final Duration WINDOW = Duration.ofSeconds(2);

    private final Instant started = Instant.now();
    private final InProcessEnvironment environment =
            InProcessEnvironment.standingBy(WINDOW).allowingEverything();

    @BeforeEach
    void createNamespace() {
        environment.createNamespace(NAMESPACE, Map.of());
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    /** The framework forgets those whose deletion it is still handing in when the next of that name comes. */
    @Test
    void tracksResourcesRecreatedDuringStandby() throws InterruptedException {
        List<String> names =
                IntStream.range(0, 100).mapToObj(i -> "invoices-" + i).toList();
        names.forEach(this::create);
        for (int round = 0; round < 5; round++) {
            names.parallelStream().forEach(name -> {
                environment.user().resource(manifest(name)).delete();
                create(name);
            });
        }
        assertThat(environment.iam().roles()).isEmpty();
        assertThat(names).allMatch(name -> ready(name).isEmpty());

        environment.operator().work();

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(names).allMatch(name -> ready(name).equals("True")));
    }

    /** Until then another has worked, and what IAM shows may be from before that one's last writes. */
    @Test
    void consistencyWindowStartsWithLeadership() throws InterruptedException {
        createRoleOwnedBy("invoices");
        environment
                .user()
                .resource(manifest("invoices").replace("}\nspec", ", finalizers: [irsa.dev/role]}\nspec"))
                .create();
        environment.user().resource(manifest("invoices")).delete();
        Awaitility.await().until(() -> Instant.now().isAfter(started.plus(WINDOW)));

        Instant began = Instant.now();
        environment.operator().work();

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> environment.iam().roles().isEmpty());
        assertThat(Duration.between(began, Instant.now())).isGreaterThanOrEqualTo(WINDOW);
    }

    private void createRoleOwnedBy(String name) {
        String cluster = environment
                .user()
                .namespaces()
                .withName("kube-system")
                .require()
                .getMetadata()
                .getUid();
        String role = "laptop_" + NAMESPACE + "_" + name;
        environment.iam().console().create(role, "/irsa/laptop/", "{}");
        environment
                .iam()
                .console()
                .edit(
                        role,
                        made -> made.withTags(new Owner(
                                        "laptop",
                                        cluster,
                                        InProcessEnvironment.ISSUER,
                                        NAMESPACE + "/" + name,
                                        PreviousClusters.NONE)
                                .tags()));
    }

    private String ready(String name) {
        return environment.ready(NAMESPACE, name, Condition::status);
    }

    private void create(String name) {
        environment.user().resource(manifest(name)).create();
    }

    private static String manifest(String name) {
        return """
                apiVersion: irsa.dev/v1beta1
                kind: IamServiceAccount
                metadata: {namespace: %s, name: %s}
                spec:
                  policies: {managed: [AmazonS3ReadOnlyAccess]}
                """.formatted(NAMESPACE, name);
    }
}
