package dev.irsa.performance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checkout in which Maven has built the operator.
 *
 * @param checkout the folder of the checkout
 */
record OperatorBuild(Path checkout) {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /**
     * Returns the entrypoints to compare by name: the jar, and the jar with an ahead-of-time cache as in the image. Those of
     * an earlier checkout come first.
     *
     * @param before the earlier checkout
     */
    static Map<String, List<String>> entrypoints(Optional<Path> before) throws IOException {
        var entrypoints = new LinkedHashMap<String, List<String>>();
        if (before.isPresent()) {
            var earlier = new OperatorBuild(before.get().toAbsolutePath());
            entrypoints.put("before", earlier.entrypoint());
            entrypoints.put("before, with cache", earlier.entrypointWithCache());
        }
        var current = new OperatorBuild(Path.of("").toAbsolutePath());
        entrypoints.put("jar", current.entrypoint());
        entrypoints.put("with cache", current.entrypointWithCache());
        return entrypoints;
    }

    private List<String> entrypoint(String... options) {
        var command = new ArrayList<>(List.of(JAVA, "@" + target("irsa-operator.options")));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", target("irsa-operator.jar").toString()));
        return command;
    }

    /** Trains the cache as the Dockerfile does. */
    private List<String> entrypointWithCache() throws IOException {
        var cache = target("bench.aot");
        var training = new ArrayList<>(List.of(
                JAVA,
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                target("test-classes") + ":" + target("classes") + ":" + System.getProperty("java.class.path"),
                "dev.irsa.fixtures.training.AotTraining"));
        training.addAll(entrypoint("-XX:CompileThresholdScaling=1", "-XX:AOTCacheOutput=" + cache));
        Files.deleteIfExists(cache);
        var exit = new ProcessBuilder(training)
                .directory(checkout.toFile())
                .inheritIO()
                .start()
                .onExit()
                .join()
                .exitValue();
        if (exit != 0) {
            throw new IllegalStateException("the training in " + checkout + " ended with " + exit);
        }
        return entrypoint("-XX:AOTCache=" + cache);
    }

    private Path target(String name) {
        return checkout.resolve("target").resolve(name);
    }
}
