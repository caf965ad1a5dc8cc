package dev.irsa.runtime;

import dev.irsa.core.failure.RootCause;
import dev.irsa.kubernetes.FieldManager;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how to reach the cluster, from the kubeconfig or from the files of this pod. */
public final class Kubeconfig {
    private static final Path POD = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final Path POD_TOKEN = POD.resolve("token");

    private static final Pattern LOCATION = Pattern.compile("line \\d+, column \\d+");

    private Kubeconfig() {}

    /** Returns the namespace of this pod; empty outside of a pod. */
    public static Optional<String> podNamespace() {
        try {
            return Optional.of(Files.readString(POD.resolve("namespace")).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the configuration of the client: of the current context of the kubeconfig, or of the pod. */
    public static Config read() throws StartFailure {
        return read(Optional.empty(), Optional.empty());
    }

    /**
     * Returns the configuration of the client.
     *
     * @param file the kubeconfig; empty: {@code KUBECONFIG}, or {@code ~/.kube/config}
     * @param context of the kubeconfig; empty: the current one
     */
    public static Config read(Optional<Path> file, Optional<String> context) throws StartFailure {
        // The client reads the file from this property before it looks at the environment.
        file.ifPresent(path -> System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, path.toString()));
        List<Path> files = requireFiles(file);
        Config config;
        try {
            config = new ConfigBuilder(Config.autoConfigure(context.orElse(null)))
                    .withUserAgent(FieldManager.USER_AGENT)
                    .build();
        } catch (RuntimeException e) {
            throw invalid(files, e);
        }
        if (context.isPresent()
                && config.getContexts().stream()
                        .noneMatch(named -> named.getName().equals(context.get()))) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "--context=" + context.get() + ": the kubeconfig " + files
                            + " has no such context; see: kubectl config get-contexts");
        }
        if (hasControlCharacters(config.getOauthToken()) || hasControlCharacters(config.getAutoOAuthToken())) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "the token in the kubeconfig " + files
                            + " is not valid: it contains control characters, such as a line break");
        }
        return config;
    }

    /**
     * Returns the contexts, without the credentials of any, for which the client may have to start a program.
     *
     * @param file the kubeconfig; empty: {@code KUBECONFIG}, or {@code ~/.kube/config}
     */
    public static KubeconfigContexts contexts(Optional<Path> file) throws StartFailure {
        List<Path> files = requireFiles(file);
        try {
            return KubeconfigContexts.of(
                    files.stream().filter(Files::isReadable).toList());
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "the kubeconfig " + files + " cannot be read: " + e.getMessage()
                            + "; set KUBECONFIG to a readable file");
        } catch (RuntimeException e) {
            throw invalid(files, e);
        }
    }

    /** Returns the files, of which one can be read, unless this pod has an identity. */
    private static List<Path> requireFiles(Optional<Path> file) throws StartFailure {
        String given = file.map(Path::toString).orElse(Objects.requireNonNullElse(System.getenv("KUBECONFIG"), ""));
        List<Path> files = file.map(List::of).orElseGet(Kubeconfig::files);
        if (files.stream().noneMatch(Files::isReadable) && (!given.isEmpty() || !Files.isReadable(POD_TOKEN))) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "no cluster is configured: " + files + " cannot be read"
                            + (given.isEmpty() ? " and the operator does not run in a pod" : "")
                            + "; set KUBECONFIG to a readable file");
        }
        return files;
    }

    /** The parsers throw exceptions of many types. Their messages quote the file and so may contain its tokens. */
    private static StartFailure invalid(List<Path> files, RuntimeException e) {
        return new StartFailure(
                StartFailure.CONFIGURATION,
                "the kubeconfig " + files + " is not valid" + location(RootCause.of(e)) + "; see: kubectl config view");
    }

    private static String location(String message) {
        return LOCATION.matcher(message)
                .results()
                .reduce((first, last) -> last)
                .map(last -> ": " + last.group())
                .orElse("");
    }

    /** Checks the token here because the client would quote it in its error message. */
    private static boolean hasControlCharacters(@Nullable String token) {
        return token != null && token.chars().anyMatch(Character::isISOControl);
    }

    static List<Path> files() {
        String given = Objects.requireNonNullElse(System.getenv("KUBECONFIG"), "");
        return given.isEmpty()
                ? List.of(Path.of(Objects.requireNonNullElse(System.getProperty("user.home"), ""), ".kube", "config"))
                : Arrays.stream(given.split(File.pathSeparator)).map(Path::of).toList();
    }
}
