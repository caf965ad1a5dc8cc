package dev.irsa.integration.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * kubectl of the server's version, as the user of one kubeconfig.
 *
 * @param kubeconfig the user whose permissions it has
 */
public record Kubectl(Path kubeconfig) {
    /** The variable with the folder of kubectl's cache. */
    static final String CACHE = "KUBECACHEDIR";

    /** Runs a command and returns its result, successful or not. */
    public Command.Result run(String... arguments) {
        return run("", List.of(arguments));
    }

    /** Runs a command that must succeed and returns its output without the last line break. */
    public String get(String... arguments) {
        return run(arguments).orThrow().stdout().stripTrailing();
    }

    /** Applies manifests as Helm and Argo CD do: on the server side, with strict field validation. */
    public Command.Result apply(String yaml) {
        return run(yaml, List.of("apply", "--server-side", "--validate=strict", "--filename=-"));
    }

    /** Applies a file or a folder the same way. */
    public Command.Result applyFile(Path file) {
        return run("apply", "--server-side", "--validate=strict", "--filename=" + file);
    }

    /** Runs a command that reads {@code stdin}. */
    public Command.Result run(String stdin, List<String> arguments) {
        var command = Stream.concat(
                        Stream.of(TestMachine.binaries().resolve("kubectl").toString(), "--kubeconfig=" + kubeconfig),
                        arguments.stream())
                .toList();
        return new Command(command, Map.of(CACHE, cacheBeside(kubeconfig))).run(stdin);
    }

    /**
     * Returns a cache of what one control plane serves. kubectl's own cache has the address as its key, and the ports of
     * control planes are used again.
     */
    static String cacheBeside(Path kubeconfig) {
        return kubeconfig.resolveSibling("kubectl-cache").toString();
    }
}
