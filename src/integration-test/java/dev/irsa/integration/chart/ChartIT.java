package dev.irsa.integration.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.irsa.integration.machine.Command;
import dev.irsa.integration.machine.Command.Result;
import dev.irsa.integration.machine.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the chart without a cluster. */
class ChartIT {
    @Test
    void passesHelmUnitTests() {
        Result tests =
                Tool.HELM_UNITTEST.run("", "--strict", Chart.FOLDER.toString()).orThrow();

        assertThat(tests.stdout()).containsPattern("Tests: +[1-9][0-9]+ passed");
    }

    @Test
    void passesHelmLint() {
        assertThat(Chart.with().lint().orThrow().stdout()).doesNotContain("[WARNING]", "[ERROR]");
    }

    @Test
    void rejectsMissingImageRepository() throws IOException {
        assertThat(rejection("image.repository=\"\""))
                .contains("image.repository is missing", "/docs/image.md shows how to build and push an image");
        assertThat(Files.readString(Path.of("docs", "image.md")))
                .contains("docker push registry.example.com/irsa-operator");
    }

    @Test
    void rejectsMissingClusterName() {
        assertThat(rejection("clusterName=\"\"")).contains("clusterName is missing", "must never change");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "replicaz=3                                  | at '': additional properties 'replicaz' not allowed",
                "config.sweepIntervall=\"5m\"                | at '/config': additional properties 'sweepIntervall' not allowed",
                "metrics.serviceMonitor.enable=true          | at '/metrics/serviceMonitor': additional properties 'enable' not",
                "replicas=\"two\"                            | at '/replicas': got string, want integer",
                "replicas=-1                                 | at '/replicas': minimum: got -1, want 0",
                "watchNamespaces=\"payments\"                | at '/watchNamespaces': got string, want array",
                "watchNamespaces=[\"Payments\"]              | at '/watchNamespaces/0': 'Payments' does not match pattern",
                "clusterName=\"my cluster\"                  | at '/clusterName': 'my cluster' does not match pattern",
                "config.sweepInterval=\"5 minutes\"          | at '/config/sweepInterval': '5 minutes' does not match pattern",
                "config.oidcProvider=\"create\"              | at '/config/oidcProvider': value must be one of '', 'Check', 'Create'",
                "config.awsRate=\"fast\"                     | at '/config/awsRate': 'fast' does not match pattern",
                "config.awsMaxInFlight=300                   | at '/config/awsMaxInFlight': maximum: got 300, want 256",
                "config.adoptionRole=[\"/*\"]               | at '/config/adoptionRole/0': '/*' does not match pattern",
                "aws.roleArn=\"irsa-operator\"               | at '/aws/roleArn': 'irsa-operator' does not match pattern",
                "image.repository=\"example.com/irsa:dev\"   | at '/image/repository': 'example.com/irsa:dev' does not match",
                "image.tag=1.10                              | at '/image/tag': got number, want string",
                "podDisruptionBudget.maxUnavailable=\"half\" | at '/podDisruptionBudget/maxUnavailable': 'half' does not match",
            })
    void rejectsInvalidValueWithItsPath(String value, String message) {
        assertThat(rejection(value)).contains("irsa-operator:", message);
    }

    @Test
    void packagesReproduciblyWithoutTests(@TempDir Path folder) throws IOException {
        Path packed = packed(Chart.FOLDER, folder.resolve("here"));

        // Extract the package with other file times.
        command("tar", "--extract", "--touch", "--file=" + packed, "--directory=" + folder);
        assertThat(packed(folder.resolve("irsa-operator"), folder.resolve("there")))
                .hasSameBinaryContentAs(packed);
        assertThat(command("tar", "--list", "--file=" + packed).lines())
                .contains(
                        "irsa-operator/files/crds/iamserviceaccounts.irsa.dev.yaml", "irsa-operator/values.schema.json")
                .noneMatch(name -> name.startsWith("irsa-operator/tests/"));
    }

    @Test
    void versionMatchesOperatorVersion() throws IOException {
        String version = Files.readString(Path.of("pom.xml"))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("<revision>"))
                .findFirst()
                .orElseThrow()
                .replaceAll("</?revision>|-SNAPSHOT", "");

        assertThat(Files.readString(Chart.FOLDER.resolve("Chart.yaml")))
                .contains("\nversion: " + version + "\n", "\nappVersion: " + version + "\n");
    }

    private static Path packed(Path chart, Path into) {
        Chart.helm(List.of("package", chart.toString(), "--destination=" + into), List.of())
                .orThrow();
        return into.resolve("irsa-operator-0.1.0.tgz");
    }

    private static String command(String... words) {
        return new Command(List.of(words), Map.of()).run("").orThrow().stdout();
    }

    private static String rejection(String value) {
        Result rejected = Chart.with(value).template();
        assertThat(rejected.exitCode()).isNotZero();
        return rejected.stderr();
    }
}
