package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * The operator's own Deployment, on which it records events that concern no single resource.
 *
 * @param deployment as an object that events are told of
 */
record OwnDeployment(Subject deployment) {
    /** One without pods, in a new namespace. */
    static OwnDeployment in(World world) {
        String namespace = world.namespace();
        world.kubectl().apply("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {namespace: %s, name: operator}
                        spec:
                          replicas: 0
                          selector: {matchLabels: {app: operator}}
                          template:
                            metadata: {labels: {app: operator}}
                            spec: {containers: [{name: operator, image: operator}]}
                        """.formatted(namespace)).orThrow();
        return new OwnDeployment(new Subject(world, namespace, "operator"));
    }

    /** For {@code --own-deployment}. */
    String flag() {
        return deployment.namespace() + "/" + deployment.name();
    }

    /** Waits until it is told this. */
    void awaitEvent(String reason, String... words) {
        deployment.awaitEvent(reason, words);
    }

    List<String> events() {
        return deployment.events();
    }

    void assertNoEvent(String reason) {
        assertThat(events()).noneMatch(event -> event.startsWith(reason + ": "));
    }
}
