package dev.irsa.integration.e2e;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pods of the ServiceAccount of a resource. They exist as objects only, because the control plane has no nodes. */
record SubjectPods(Subject subject) {
    private static final String INJECTED = "eks.amazonaws.com/pod-identity";

    /** Creates pods as the webhook leaves them without an association. */
    void startWithIrsa(int count) {
        start(count, "with-irsa", "{}");
    }

    /** Creates pods with the label that the webhook sets when there is an association. */
    void startWithPodIdentity(int count) {
        start(count, "with-pod-identity", "{" + INJECTED + ": enabled}");
    }

    /** Deletes the pods that use IRSA. */
    void deleteThoseWithIrsa() {
        subject.kubectl("delete", "pods", "--selector=" + INJECTED + "!=enabled", "--timeout=30s");
    }

    private void start(int count, String name, String labels) {
        subject.env()
                .kubectl()
                .apply(IntStream.rangeClosed(1, count)
                        .mapToObj(i -> """
                                apiVersion: v1
                                kind: Pod
                                metadata: {namespace: %s, name: %s-%d, labels: %s}
                                spec:
                                  serviceAccountName: %s
                                  containers: [{name: main, image: registry.example.com/main}]
                                """.formatted(subject.namespace(), name, i, labels, subject.name()))
                        .collect(Collectors.joining("---\n")))
                .orThrow();
    }
}
