package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.Kubectl;

/** The DaemonSet of the EKS Pod Identity Agent. Its pods never run, because the control plane of the tests has no nodes. */
final class PodIdentityAgent {
    private static final String MANIFEST = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {namespace: kube-system, name: eks-pod-identity-agent}
            spec:
              selector: {matchLabels: {app: agent}}
              template:
                metadata: {labels: {app: agent}}
                spec: {containers: [{name: agent, image: registry.example.com/agent}]}
            """;

    private PodIdentityAgent() {}

    static void install(Kubectl kubectl) {
        kubectl.apply(MANIFEST).orThrow();
    }

    static void remove(Kubectl kubectl) {
        kubectl.run("-n", "kube-system", "delete", "daemonset", "eks-pod-identity-agent", "--ignore-not-found")
                .orThrow();
    }
}
