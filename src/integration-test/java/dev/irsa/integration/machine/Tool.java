package dev.irsa.integration.machine;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Third-party programs that tests run. Some are built on first use. */
public enum Tool {
    HELM("helm"),
    HELM_UNITTEST("helm-unittest"),
    HELM_DOCS("helm-docs"),
    ARGOCD("argocd"),
    /** The folder with the CustomResourceDefinitions of Argo CD; not a program. */
    ARGOCD_DEFINITIONS("argocd-definitions"),
    KSTATUS("kstatus"),
    KREW("krew"),
    EKSCTL("eksctl"),
    CRANE("crane"),
    COSIGN("cosign"),
    SYFT("syft"),
    REGISTRY("registry"),
    ACTIONLINT("actionlint"),
    /** The folder with the programs that build the documentation site; not a program. */
    SITE("site"),
    CHROMIUM("chromium"),
    BUILDAH("buildah"),
    PROMETHEUS("prometheus"),
    PROMTOOL("promtool"),
    REDIS("redis-server");

    private final String program;

    Tool(String program) {
        this.program = program;
    }

    /** Returns the path of the program. */
    public Path path() {
        return InstallScript.run("install-tool", program).getFirst();
    }

    /** Runs the program to its end with this standard input. */
    public Command.Result run(String stdin, String... arguments) {
        var words = Stream.concat(Stream.of(path().toString()), Stream.of(arguments));
        return new Command(words.toList(), Map.of()).run(stdin);
    }
}
