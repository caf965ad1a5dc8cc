package dev.irsa.integration.kubelet;

import dev.irsa.fixtures.process.Processes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The start of a container.
 *
 * @param command with its arguments and resolved variables
 * @param environment the complete environment
 */
record ContainerStart(List<String> command, Map<String, String> environment) {
    private static final String PORT = "--http-port=";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\((\\w+)\\)");

    /**
     * Runs a command in a new mount namespace. The arguments are pairs of mount point and folder below /var/run, and
     * the command.
     */
    private static final String MOUNTING = """
            mount -t tmpfs tmpfs "$(readlink -f /var/run)"
            while [ "$1" != -- ]; do mkdir -p "$1"; mount --bind "$2" "$1"; shift 2; done
            shift
            exec "$@"
            """;

    ContainerStart {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    static ContainerStart of(Pod pod, Container container, Images images) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOSTNAME", pod.getMetadata().getName());
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), value(pod, variable, environment));
        }
        List<String> command = new ArrayList<>(
                container.getCommand().isEmpty() ? images.entrypoint(container.getImage()) : container.getCommand());
        command.addAll(
                container.getCommand().isEmpty() && container.getArgs().isEmpty()
                        ? List.of("run")
                        : container.getArgs());
        return new ContainerStart(
                command.stream()
                        .filter(word -> !word.startsWith(PORT))
                        .map(word -> expanded(word, environment))
                        .toList(),
                environment);
    }

    /** Replaces the port, because the pods share the ports of the machine. */
    ContainerStart atPort(int port) {
        return withEnvironment(Map.of("IRSA_HTTP_PORT", Integer.toString(port)));
    }

    ContainerStart withEnvironment(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new ContainerStart(command, all);
    }

    /** Starts the process with these mounts and without the environment of the tests. */
    Processes.Running run(Map<String, Path> mounts, Path log) {
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--propagation=private"));
        if (!"root".equals(System.getProperty("user.name"))) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        words.addAll(List.of("sh", "-e", "-c", MOUNTING, "sh"));
        mounts.forEach((point, folder) -> words.addAll(List.of(point, folder.toString())));
        words.add("--");
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        builder.environment().putAll(environment);
        return Processes.start("the container of a pod", builder, log);
    }

    private static String value(Pod pod, EnvVar variable, Map<String, String> before) {
        return variable.getValueFrom() == null
                ? expanded(variable.getValue() == null ? "" : variable.getValue(), before)
                : DownwardApi.field(pod, variable.getValueFrom().getFieldRef().getFieldPath());
    }

    /** Replaces {@code $(NAME)} as Kubernetes does. Unknown variables stay. */
    private static String expanded(String text, Map<String, String> environment) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(environment.getOrDefault(found.group(1), found.group())));
    }
}
