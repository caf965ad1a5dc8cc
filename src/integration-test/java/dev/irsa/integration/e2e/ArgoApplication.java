package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.ArgoCd;
import dev.irsa.integration.machine.Kubectl;
import java.time.Duration;

/** An Application of Argo CD, read and changed with kubectl. */
record ArgoApplication(Kubectl kubectl, String name) {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Makes Argo CD read Git at once instead of when its cache expires. */
    void refresh() {
        kubectl.get("-n", ArgoCd.NAMESPACE, "annotate", "app", name, "argocd.argoproj.io/refresh=normal");
    }

    /**
     * Waits until the application is in sync with this commit and no sync is running. Without changes there is no sync.
     */
    void awaitSynced(String commit) {
        TestEnvironment.await()
                .until(() ->
                        field("{.status.sync.revision}{.status.sync.revisions}").contains(commit));
        await("{.status.sync.status}", "Synced");
        TestEnvironment.await()
                .atMost(LIMIT)
                .until(() -> field("{.status.operationState.phase}"), phase -> phase.matches("(Succeeded)?"));
    }

    /** Waits for a health status. */
    void awaitHealth(String health) {
        await("{.status.health.status}", health);
    }

    private void await(String path, String value) {
        kubectl.run(
                        "-n",
                        ArgoCd.NAMESPACE,
                        "wait",
                        "app/" + name,
                        "--for=jsonpath=" + path + "=" + value,
                        "--timeout=" + LIMIT.toSeconds() + "s")
                .orThrow();
    }

    /** Returns the sync status and the health status. */
    String state() {
        return field("{.status.sync.status} {.status.health.status} ");
    }

    /** Returns the start time of the last sync. */
    String lastSync() {
        return field("{.status.operationState.startedAt}");
    }

    String field(String path) {
        return kubectl.get("-n", ArgoCd.NAMESPACE, "get", "app", name, "-o", "jsonpath=" + path);
    }

    /** Deletes the application and waits until it is deleted. */
    void delete() {
        kubectl.get("-n", ArgoCd.NAMESPACE, "delete", "app", name, "--timeout=90s");
    }

    /** Deletes the application with all objects that it applied. */
    void deleteWithItsObjects() {
        kubectl.get(
                "-n",
                ArgoCd.NAMESPACE,
                "patch",
                "app",
                name,
                "--type=merge",
                "--patch={\"metadata\": {\"finalizers\": [\"resources-finalizer.argocd.argoproj.io\"]}}");
        delete();
    }
}
