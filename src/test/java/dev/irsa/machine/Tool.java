package dev.irsa.machine;

import java.nio.file.Path;

/** Programs that users of the operator have, and that tests run. Some are built when a test first asks for them. */
public enum Tool {
    HELM("helm"),
    HELM_UNITTEST("helm-unittest"),
    HELM_DOCS("helm-docs"),
    ARGOCD("argocd"),
    BUILDAH("buildah"),
    PROMETHEUS("prometheus"),
    PROMTOOL("promtool"),
    REDIS("redis-server");

    private final String program;

    Tool(String program) {
        this.program = program;
    }

    /** Where the program is. */
    public Path path() {
        return InstallScript.run("install-tool", program).getFirst();
    }
}
