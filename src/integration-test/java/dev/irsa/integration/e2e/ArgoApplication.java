package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.ArgoCd;
import dev.irsa.integration.machine.Kubectl;
import java.time.Duration;

/** An Application of Argo CD, as kubectl shows it. */
record ArgoApplication(Kubectl kubectl, String name) {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Has Argo CD look at Git now, and not only when its cached answer is old. */
    void refresh() {
        kubectl.get("-n", ArgoCd.NAMESPACE, "annotate", "app", name, "argocd.argoproj.io/refresh=normal");
    }

    /** Waits until it is in sync with this commit, and no sync is under way. Where nothing was to do there was none. */
    void awaitSynced(String commit) {
        World.await()
                .until(() ->
                        field("{.status.sync.revision}{.status.sync.revisions}").contains(commit));
        await("{.status.sync.status}", "Synced");
        World.await()
                .atMost(LIMIT)
                .until(() -> field("{.status.operationState.phase}"), phase -> phase.matches("(Succeeded)?"));
    }

    /** Waits for a health. */
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

    /** Whether it is in sync, and its health. */
    String state() {
        return field("{.status.sync.status} {.status.health.status} ");
    }

    /** When its last sync began. */
    String lastSync() {
        return field("{.status.operationState.startedAt}");
    }

    String field(String path) {
        return kubectl.get("-n", ArgoCd.NAMESPACE, "get", "app", name, "-o", "jsonpath=" + path);
    }

    /** Deletes it and waits for its end. */
    void delete() {
        kubectl.get("-n", ArgoCd.NAMESPACE, "delete", "app", name, "--timeout=90s");
    }

    /** Deletes it with all that it has applied. */
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
