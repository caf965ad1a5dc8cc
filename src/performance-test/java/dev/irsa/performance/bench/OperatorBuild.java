package dev.irsa.performance.bench;

import dev.irsa.api.v1beta1.IamServiceAccount;
import dev.irsa.integration.machine.Command;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checkout in which Maven has built the operator.
 *
 * @param checkout the folder of the checkout
 */
public record OperatorBuild(Path checkout) {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path CRD = Path.of("crds", "iamserviceaccounts.irsa.dev.yaml");

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

    /** Returns the entrypoint of the jar. Fails if Maven has not built it, or if it serves another version of the API. */
    public List<String> entrypoint() {
        if (!servesApi()) {
            throw new IllegalArgumentException(checkout + " does not serve " + IamServiceAccount.GROUP + "/"
                    + IamServiceAccount.VERSION
                    + ", the version of the resources here; give a checkout of a commit whose "
                    + CRD + " has it");
        }
        if (!Files.exists(Path.of(target("irsa-operator.jar")))) {
            throw new IllegalArgumentException(
                    checkout + " has no target/irsa-operator.jar; run make build in that checkout");
        }
        return List.of(JAVA, "@" + target("irsa-operator.options"), "-jar", target("irsa-operator.jar"));
    }

    private boolean servesApi() {
        var definition = checkout.resolve(CRD);
        if (!Files.exists(definition)) {
            return false;
        }
        try {
            var crd = Serialization.unmarshal(Files.readString(definition), CustomResourceDefinition.class);
            return crd.getSpec().getVersions().stream()
                    .anyMatch(
                            version -> version.getServed() && version.getName().equals(IamServiceAccount.VERSION));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + definition, e);
        }
    }

    private List<String> entrypointWithCache() {
        var app = target("bench-app");
        var classpath =
                String.join(":", target("test-classes"), target("classes"), System.getProperty("java.class.path"));
        if (!Files.exists(checkout.resolve("src/main/scripts/build-app"))) {
            throw new IllegalStateException(
                    checkout + " has no src/main/scripts/build-app; give a checkout of a commit that has it");
        }
        new Command(List.of("src/main/scripts/build-app", app, JAVA, classpath), Map.of(), checkout)
                .run("")
                .orThrow();
        return List.of(
                JAVA,
                "@" + app + "/irsa-operator.options",
                "-XX:AOTCache=" + app + "/irsa-operator.aot",
                "-jar",
                app + "/irsa-operator.jar");
    }

    private String target(String name) {
        return checkout.resolve("target").resolve(name).toString();
    }
}
