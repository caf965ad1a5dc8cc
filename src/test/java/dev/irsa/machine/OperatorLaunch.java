package dev.irsa.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the operator is started: as its users start it, with nothing of the developer's own AWS or Kubernetes settings.
 *
 * @param entrypoint the built program, with the JVM that runs it
 * @param clusterName for {@code --cluster-name}
 * @param environment what it gets; an empty value takes the variable away
 * @param arguments after the ones that are always given, each of which they replace
 */
public record OperatorLaunch(
        List<String> entrypoint,
        String clusterName,
        Map<String, Optional<String>> environment,
        List<String> arguments) {
    /** What the image and {@code make run} give the JVM. */
    private static final Path JVM_OPTIONS = Path.of("src", "main", "jvm", "irsa-operator.options");

    public OperatorLaunch {
        entrypoint = List.copyOf(entrypoint);
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
    }

    /** The jar that Maven built, as the cluster's administrator, against what plays AWS at {@code aws}. */
    public static OperatorLaunch of(String clusterName, Path kubeconfig, URI aws) {
        return new OperatorLaunch(builtEntrypoint(), clusterName, Map.of(), List.of())
                .withKubeconfig(kubeconfig)
                .withEnvironment("AWS_ENDPOINT_URL", aws.toString())
                .withEnvironment("AWS_REGION", "eu-west-1")
                .withEnvironment("AWS_ACCESS_KEY_ID", "test")
                .withEnvironment("AWS_SECRET_ACCESS_KEY", "test")
                .withEnvironment("AWS_EC2_METADATA_DISABLED", "true")
                .withEnvironment("AWS_CONFIG_FILE", "/dev/null")
                .withEnvironment("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    }

    /** Another program. */
    public OperatorLaunch withJar(Path other) {
        return withEntrypoint(entrypoint(other));
    }

    /** The program in another shape, such as that of the image. */
    public OperatorLaunch withEntrypoint(List<String> other) {
        return new OperatorLaunch(other, clusterName, environment, arguments);
    }

    /** Somebody else's rights. */
    public OperatorLaunch withKubeconfig(Path kubeconfig) {
        return withEnvironment("KUBECONFIG", kubeconfig.toString());
    }

    /** One more variable, or another value of it. */
    public OperatorLaunch withEnvironment(String name, String value) {
        return with(name, Optional.of(value));
    }

    /** Without that variable. */
    public OperatorLaunch withoutEnvironment(String name) {
        return with(name, Optional.empty());
    }

    /** More flags, such as {@code --dry-run}. */
    public OperatorLaunch withArguments(String... more) {
        var all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new OperatorLaunch(entrypoint, clusterName, environment, all);
    }

    /** Starts it and does not wait: for starts that are meant to fail. */
    public OperatorProcess start() {
        var port = Processes.freePort();
        var command = command("run");
        addUnlessGiven(command, "--cluster-name", clusterName);
        addUnlessGiven(command, "--http-port", Integer.toString(port));
        command.addAll(arguments);
        return start(command, port);
    }

    /** Starts the check of an operator's work, with these flags only. */
    public OperatorProcess startCheck(String... flags) {
        var command = command("check");
        command.addAll(List.of(flags));
        return start(command, 0);
    }

    private OperatorProcess start(List<String> command, int port) {
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(OperatorLaunch::isOfTheDeveloper);
        environment.forEach((name, value) -> value.ifPresentOrElse(
                set -> builder.environment().put(name, set),
                () -> builder.environment().remove(name)));
        return new OperatorProcess(Processes.start("irsa-operator", builder, newLog()), port);
    }

    /** Starts it and returns when it is ready. */
    public OperatorProcess startReady() {
        var operator = start();
        try {
            operator.awaitReady();
            return operator;
        } catch (RuntimeException e) {
            operator.close();
            throw e;
        }
    }

    private List<String> command(String subcommand) {
        var command = new ArrayList<>(entrypoint);
        command.add(subcommand);
        return command;
    }

    /** What the image starts, whatever its arguments are, of the jar that Maven built. */
    public static List<String> builtEntrypoint() {
        return entrypoint(Path.of(System.getProperty("operator.jar", "target/irsa-operator.jar")));
    }

    private static List<String> entrypoint(Path jar) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + JVM_OPTIONS.toAbsolutePath(),
                "-jar",
                jar.toAbsolutePath().toString());
    }

    /** A flag that is given twice is an error. */
    private void addUnlessGiven(List<String> command, String flag, String value) {
        if (arguments.stream().noneMatch(argument -> argument.equals(flag) || argument.startsWith(flag + "="))) {
            command.add(flag + "=" + value);
        }
    }

    private OperatorLaunch with(String name, Optional<String> value) {
        var all = new HashMap<>(environment);
        all.put(name, value);
        return new OperatorLaunch(entrypoint, clusterName, all, arguments);
    }

    private static boolean isOfTheDeveloper(String variable) {
        return variable.startsWith("AWS_")
                || variable.startsWith("IRSA_")
                || variable.startsWith("KUBE")
                || variable.startsWith("JAVA_")
                || variable.startsWith("JDK_");
    }

    private static Path newLog() {
        try {
            var folder = Files.createDirectories(Path.of("target", "machine").toAbsolutePath());
            return Files.createTempFile(folder, "operator-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a log file", e);
        }
    }
}
