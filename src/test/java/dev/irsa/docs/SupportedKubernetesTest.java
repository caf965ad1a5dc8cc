package dev.irsa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart, the pages, and the tests name the same versions of Kubernetes. */
class SupportedKubernetesTest {
    private static final Path CHART = Path.of("deploy", "charts", "irsa-operator", "Chart.yaml");

    @Test
    void testsRunOnTheOldestVersionThatTheChartAllows() throws IOException {
        assertThat(oldestTested()).isEqualTo(oldestOfChart());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"README.md", "docs/releases.md", "docs/upgrade.md", "docs/helm.md", "docs/getting-started.md"})
    void pagesNameTheOldestVersion(Path page) throws IOException {
        assertThat(Files.readString(page)).contains("Kubernetes " + oldestOfChart() + " or newer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Makefile", "CONTRIBUTING.md", "src/integration-test/scripts/install-test-machine"})
    void examplesNameTheOldestTestedVersion(Path file) throws IOException {
        assertThat(found("[^_]KUBERNETES=([0-9.]+[0-9])", file))
                .isEqualTo(found("OLDEST_KUBERNETES := (\\S+)", Path.of("Makefile")));
    }

    @Test
    void releasesNameTheTestedVersions() throws IOException {
        String newest = found("newest=([0-9]+\\.[0-9]+)", Path.of("src/integration-test/scripts/install-test-machine"));
        assertThat(Files.readString(Path.of("docs", "releases.md")))
                .contains("The tests run on Kubernetes " + newest + ", and on " + oldestTested() + " in");
    }

    @Test
    void newestVersionIsBuiltFromItsModule() throws IOException {
        String script = found("newest=(\\S+)", Path.of("src/integration-test/scripts/install-test-machine"));
        assertThat(found("k8s.io/kubernetes v(\\S+)", Path.of("src/integration-test/control-plane/go.mod")))
                .isEqualTo(script);
    }

    private static String oldestOfChart() throws IOException {
        return found("kubeVersion: \">=([0-9]+\\.[0-9]+)", CHART);
    }

    private static String oldestTested() throws IOException {
        return found("OLDEST_KUBERNETES := ([0-9]+\\.[0-9]+)", Path.of("Makefile"));
    }

    private static String found(String pattern, Path file) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return matcher.group(1);
    }
}
