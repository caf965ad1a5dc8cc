package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * The operator's own Deployment, on which it records events that concern no single resource.
 *
 * @param deployment the object that events are recorded on
 */
record OperatorDeployment(Subject deployment) {
    /** Creates a Deployment without pods in a new namespace. */
    static OperatorDeployment in(TestEnvironment env) {
        String namespace = env.namespace();
        env.kubectl().apply("""
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
        return new OperatorDeployment(new Subject(env, namespace, "operator"));
    }

    /** Returns the value for {@code --own-deployment}. */
    String flag() {
        return deployment.namespace() + "/" + deployment.name();
    }

    /** Waits for an event with this reason and these words. */
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
