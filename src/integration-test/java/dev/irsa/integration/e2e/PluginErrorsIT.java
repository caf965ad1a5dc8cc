package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that {@code kubectl irsa} reports in one line what is wrong around it, and within seconds. No operator is installed. */
class PluginErrorsIT extends EnvironmentTestBase {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** A port that nothing listens on. */
    private static final URI CLOSED = URI.create("http://127.0.0.1:1");

    @TempDir
    private static Path folder;

    private PluginInProcess plugin;

    @BeforeAll
    void prepareFiles() throws IOException {
        plugin = new PluginInProcess(CLOSED, "default");
        Files.writeString(folder.resolve("settings.json"), "{}");
    }

    /** The code 2 of a plan is reserved for changes. */
    static Stream<Arguments> mistakes() {
        String elsewhere = "--operator-namespace=default";
        return Stream.of(
                arguments(List.of("get", "--context=nowhere"), 2, "no such context"),
                arguments(List.of("plan", "--context=nowhere"), 1, "no such context"),
                arguments(List.of("explain", "a", "--context=nowhere"), 2, "no such context"),
                arguments(List.of("doctor", "sa/a", "--context=nowhere"), 2, "no such context"),
                arguments(List.of("plan", elsewhere), 1, "there is no configmap default/irsa-operator-info; install"),
                arguments(
                        List.of("plan", "--operator-settings=nowhere"), 1, "--operator-settings: cannot read nowhere"),
                arguments(List.of("get", "--operator-settings=nowhere"), 2, "--operator-settings: cannot read nowhere"),
                arguments(
                        List.of("plan", "--operator-settings=" + folder.resolve("settings.json")),
                        1,
                        "has no field version; the operator has another version than this command"),
                arguments(List.of("explain", "a", elsewhere), 1, "IamServiceAccount default/a not found"),
                arguments(List.of("doctor", "a", elsewhere), 1, "pod default/a not found"),
                arguments(List.of("get", "-A", "a"), 2, "cannot be combined with -A"),
                arguments(List.of("get", "a", "--no-aws"), 1, "ServiceAccount a in namespace default does not exist"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void reportsInOneLine(List<String> arguments, int exitCode, String problem) {
        assertFails(env.controlPlane().kubeconfig(), arguments, exitCode, problem);
    }

    static Stream<List<String>> commands() {
        return Stream.of(List.of("get"), List.of("plan"), List.of("explain", "a"), List.of("doctor", "a"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void reportsApiServerThatIsNotReachable(List<String> arguments) throws IOException {
        Path kubeconfig = Files.writeString(
                folder.resolve("unreachable"),
                Files.readString(env.controlPlane().kubeconfig())
                        .replace(env.controlPlane().server().toString(), "https://127.0.0.1:1"));

        assertFails(kubeconfig, arguments, 1, "the API server");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void reportsTokenThatTheApiServerRejects(List<String> arguments) {
        Path kubeconfig = env.controlPlane().kubeconfig("stranger", "recognisable-token");

        Command.Result result = assertFails(kubeconfig, arguments, 1, "the API server");

        assertThat(result.stderr()).doesNotContain("recognisable-token", "the operator's credentials");
    }

    @Test
    void endsProcessWithTheCodeOfTheCommand() {
        KubectlIrsa process = KubectlIrsa.of(env.controlPlane().kubeconfig(), CLOSED);

        Command.Result result = process.run("get", "--context=nowhere");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.stderr().lines()).hasSize(1);
    }

    private Command.Result assertFails(Path kubeconfig, List<String> arguments, int exitCode, String problem) {
        Instant started = Instant.now();
        Command.Result result = plugin.run(kubeconfig, arguments);
        assertThat(Duration.between(started, Instant.now())).isLessThan(LIMIT);
        assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isEqualTo(exitCode);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr().lines()).singleElement().asString().contains(problem);
        OperatorLog.assertNoStackTrace(result.stderr());
        return result;
    }
}
