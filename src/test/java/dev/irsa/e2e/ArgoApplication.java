package dev.irsa.e2e;

import dev.irsa.machine.ArgoCd;
import dev.irsa.machine.Kubectl;

/** An Application of Argo CD, as kubectl shows it. */
record ArgoApplication(Kubectl kubectl, String name) {
    /** Has Argo CD look at Git now, and not only when its cached answer is old. */
    void refresh() {
        kubectl.get("-n", ArgoCd.NAMESPACE, "annotate", "app", name, "argocd.argoproj.io/refresh=normal");
    }

    /** Waits until it is in sync with this commit. */
    void awaitSynced(String commit) {
        World.await()
                .until(() ->
                        field("{.status.sync.revision}{.status.sync.revisions}").contains(commit));
        await("{.status.sync.status}", "Synced");
        await("{.status.operationState.phase}", "Succeeded");
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
                        "--timeout=90s")
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
