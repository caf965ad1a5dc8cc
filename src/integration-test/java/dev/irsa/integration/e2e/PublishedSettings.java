package dev.irsa.integration.e2e;

/** The ConfigMap in which the operator publishes its settings for {@code kubectl irsa}. */
final class PublishedSettings {
    /** The flags of an operator that publishes its settings. */
    static final String[] FLAGS = {"--own-deployment", "irsa-operator/irsa-operator"};

    private static final String NAMESPACE = "irsa-operator";
    private static final String NAME = "irsa-operator-info";

    private PublishedSettings() {}

    /** Creates the ConfigMap, and the Deployment that the operator takes for its own, as an installation does. */
    static void prepare(TestEnvironment env) {
        env.kubectl().run("apply", "-f", "deploy/rbac.yaml").orThrow();
        env.kubectl().run("apply", "-f", "deploy/deployment.yaml").orThrow();
    }

    /** Waits until the operator has published its settings. */
    static void await(TestEnvironment env) {
        TestEnvironment.await()
                .until(() ->
                        !env.field(NAMESPACE, "configmap/" + NAME, "{.data}").isEmpty());
    }
}
