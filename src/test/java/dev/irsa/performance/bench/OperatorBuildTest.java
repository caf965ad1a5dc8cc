package dev.irsa.performance.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorBuildTest {
    private static final String CRD = "iamserviceaccounts.irsa.dev.yaml";

    private static OperatorBuild checkout(Path folder, String definition) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("crds")).resolve(CRD), definition);
        Files.createFile(Files.createDirectory(folder.resolve("target")).resolve("irsa-operator.jar"));
        return new OperatorBuild(folder);
    }

    private static String today() throws IOException {
        return Files.readString(Path.of("crds", CRD));
    }

    @Test
    void runsTheJarOfACheckoutThatServesThisApi(@TempDir Path folder) throws IOException {
        assertThat(checkout(folder, today()).entrypoint())
                .contains(folder.resolve("target/irsa-operator.jar").toString());
    }

    @Test
    void refusesACheckoutThatServesOnlyAnotherApi(@TempDir Path folder) throws IOException {
        OperatorBuild earlier = checkout(folder, today().replace("name: v1beta1", "name: v1alpha1"));

        assertThatThrownBy(earlier::entrypoint)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        folder + " does not serve irsa.dev/v1beta1, the version of the resources here; give a checkout"
                                + " of a commit whose crds/iamserviceaccounts.irsa.dev.yaml has it");
    }

    @Test
    void refusesACheckoutThatDoesNotServeThisApiAnyMore(@TempDir Path folder) throws IOException {
        OperatorBuild later = checkout(folder, today().replace("served: true", "served: false"));

        assertThatThrownBy(later::entrypoint).hasMessageContaining("does not serve irsa.dev/v1beta1");
    }

    @Test
    void refusesACheckoutWithoutABuild(@TempDir Path folder) throws IOException {
        OperatorBuild unbuilt = checkout(folder, today());
        Files.delete(folder.resolve("target/irsa-operator.jar"));

        assertThatThrownBy(unbuilt::entrypoint).hasMessageContaining("run make build in that checkout");
    }
}
