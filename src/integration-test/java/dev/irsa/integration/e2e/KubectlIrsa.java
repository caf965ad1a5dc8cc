package dev.irsa.integration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.fixtures.process.OperatorJar;
import dev.irsa.integration.machine.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code kubectl irsa} as a process, with the JVM options of the plugin and without the developer's own AWS and Kubernetes
 * settings.
 *
 * @param environment all variables of the process
 */
record KubectlIrsa(Map<String, String> environment) {
    private static final Path OPTIONS = Path.of("src", "main", "jvm", "kubectl-irsa.options");
    private static final ObjectMapper JSON = new ObjectMapper();

    KubectlIrsa {
        environment = Map.copyOf(environment);
    }

    /** Returns the command for this user of the cluster, who has full permissions in the AWS account. */
    static KubectlIrsa of(Path kubeconfig, URI aws) {
        return new KubectlIrsa(Map.of(
                "PATH", System.getenv("PATH"),
                "KUBECONFIG", kubeconfig.toString(),
                "AWS_ENDPOINT_URL", aws.toString(),
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "user",
                "AWS_SECRET_ACCESS_KEY", "user",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                "IRSA_LOG_LEVEL", "WARN"));
    }

    /** Sets a variable. */
    KubectlIrsa with(String name, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(name, value);
        return new KubectlIrsa(more);
    }

    /** Runs a command to its end. */
    Command.Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    /** Runs a command that reads {@code stdin}. */
    Command.Result runWithInput(String stdin, String... arguments) {
        return new Command(words(arguments), Map.of()).run(stdin);
    }

    /** Starts a command whose output goes to a file. */
    Process start(Path output, String... arguments) throws IOException {
        return new ProcessBuilder(words(arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private List<String> words(String... arguments) {
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + OPTIONS.toAbsolutePath(),
                "-jar",
                OperatorJar.path().toAbsolutePath().toString()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Runs a command that succeeds without a warning, and parses what it prints as JSON. */
    JsonNode json(String... arguments) {
        Command.Result result =
                run(Stream.concat(Stream.of(arguments), Stream.of("-o", "json")).toArray(String[]::new));
        assertThat(result.stderr()).as("errors of %s", List.of(arguments)).isEmpty();
        return parse(result.stdout());
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + json, e);
        }
    }
}
