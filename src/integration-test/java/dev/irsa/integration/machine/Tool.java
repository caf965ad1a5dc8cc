package dev.irsa.integration.machine;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Programs that users of the operator have, and that tests run. Some are built when a test first asks for them. */
public enum Tool {
    HELM("helm"),
    HELM_UNITTEST("helm-unittest"),
    HELM_DOCS("helm-docs"),
    ARGOCD("argocd"),
    /** Not a program: the folder of the definitions of Argo CD's own kinds. */
    ARGOCD_DEFINITIONS("argocd-definitions"),
    KSTATUS("kstatus"),
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

    /** Runs it to its end, with this to read. */
    public Command.Result run(String stdin, String... arguments) {
        var words = Stream.concat(Stream.of(path().toString()), Stream.of(arguments));
        return new Command(words.toList(), Map.of()).run(stdin);
    }
}
