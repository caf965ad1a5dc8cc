package dev.irsa.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irsa.api.v1alpha1.IamEntitlement;
import dev.irsa.api.v1alpha1.IamServiceAccount;
import dev.irsa.aws.AwsClients;
import dev.irsa.config.OperatorConfig;
import dev.irsa.core.failure.RootCause;
import dev.irsa.kubernetes.FieldManager;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/** Creates the AWS and Kubernetes clients, and reports invalid configuration outside of the flags. */
public final class Clients {
    private static final Path POD = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final Path POD_TOKEN = POD.resolve("token");

    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(5);

    /** The API server's JSON decoder (Go) allows 10,000 levels; a list adds levels around its items. */
    private static final int MAX_NESTING_DEPTH = 10_100;

    /** etcd rejects objects larger than 1.5 MiB. */
    private static final int MAX_KEY_LENGTH = 2 * 1024 * 1024;

    private static final Pattern LOCATION = Pattern.compile("line \\d+, column \\d+");

    private Clients() {}

    /**
     * Creates the clients for AWS, and sets the region of the process if the configuration names one. The SDK creates an
     * STS client of its own to get credentials for a web identity token, and looks for its region there.
     */
    public static AwsClients aws(OperatorConfig config, Runnable throttled) throws StartFailure {
        return aws(config.region(), Optional.empty(), region -> AwsClients.inRegion(region, throttled));
    }

    /**
     * Creates the clients for a command that reads AWS with the credentials of its user.
     *
     * @param region empty: the one that the AWS SDK finds in the environment or in the profile
     * @param fallback the region if that is empty too; empty: the one of the EC2 instance that the command runs on
     */
    public static AwsClients awsOfUser(Optional<String> region, Optional<String> fallback) throws StartFailure {
        AwsClients clients = aws(region, fallback, AwsClients::failFast);
        Optional<String> problem = SignIn.problem(ProfileFile.defaultProfileFile());
        if (problem.isPresent()) {
            clients.close();
            throw new StartFailure(StartFailure.CONFIGURATION, problem.get());
        }
        return clients;
    }

    private static AwsClients aws(
            Optional<String> given, Optional<String> fallback, Function<Region, AwsClients> create)
            throws StartFailure {
        given.ifPresent(name -> System.setProperty(SdkSystemSetting.AWS_REGION.property(), name));
        try {
            // Without this check, the SDK reports an unreadable file as a missing region or as missing credentials.
            ProfileFile.defaultProfileFile();
        } catch (RuntimeException e) {
            throw invalid("the AWS configuration file (AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE) is not valid", e);
        }
        Region region = region(fallback);
        try {
            return create.apply(region);
        } catch (RuntimeException e) {
            throw invalid(
                    "the AWS settings in the environment or in the AWS configuration file (for example"
                            + " AWS_ENDPOINT_URL) are not valid",
                    e);
        }
    }

    private static Region region(Optional<String> fallback) throws StartFailure {
        try {
            return fallback.isEmpty() ? new DefaultAwsRegionProviderChain().getRegion() : configuredRegion();
        } catch (SdkClientException e) {
            return fallback.map(Region::of)
                    .orElseThrow(() -> new StartFailure(
                            StartFailure.CONFIGURATION,
                            "no AWS region is configured; set --region or the environment variable AWS_REGION"));
        } catch (RuntimeException e) {
            throw invalid("the AWS region in the environment or in the AWS configuration file is not valid", e);
        }
    }

    /** Returns the region without a request to the instance metadata service, which takes seconds outside of EC2. */
    private static Region configuredRegion() {
        return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                .getRegion();
    }

    static KubernetesClient cluster(Config kubeconfig) throws StartFailure {
        try {
            return new KubernetesClientBuilder()
                    .withConfig(kubeconfig)
                    .withKubernetesSerialization(serialization())
                    .build();
        } catch (RuntimeException e) {
            throw invalid("the kubeconfig " + files() + " is not valid", e);
        }
    }

    /**
     * Accepts everything that the API server may send: JSON with 10,000 levels, and keys as long as a whole object. One
     * unreadable object would end the watch of all others. The resource types are registered because an unregistered type
     * is first read as a map and converted recursively, one call for each level.
     */
    private static KubernetesSerialization serialization() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_NESTING_DEPTH)
                .maxNameLength(MAX_KEY_LENGTH)
                .build();
        KubernetesSerialization serialization = new KubernetesSerialization(
                new ObjectMapper(
                        JsonFactory.builder().streamReadConstraints(limits).build()),
                true);
        serialization.registerKubernetesResource(IamServiceAccount.class);
        serialization.registerKubernetesResource(IamEntitlement.class);
        return serialization;
    }

    /**
     * Returns a client that does not retry, for callers that decide about retries themselves. The default client retries
     * for minutes, even requests that cannot succeed.
     *
     * @param timeout the timeout of one request; it is limited to the range from 1 to 5 seconds
     */
    public static KubernetesClient failFast(Config kubeconfig, Duration timeout) throws StartFailure {
        int timeoutMillis = (int) Math.clamp(timeout.toMillis(), 1_000, MAX_TIMEOUT.toMillis());
        return cluster(new ConfigBuilder(kubeconfig)
                .withConnectionTimeout(timeoutMillis)
                .withRequestTimeout(timeoutMillis)
                .withRequestRetryBackoffLimit(0)
                .build());
    }

    /** Returns the namespace of this pod; empty outside of a pod. */
    public static Optional<String> podNamespace() {
        try {
            return Optional.of(Files.readString(POD.resolve("namespace")).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the configuration of the client: of the current context of the kubeconfig, or of the pod. */
    public static Config kubeconfig() throws StartFailure {
        return kubeconfig(Optional.empty(), Optional.empty());
    }

    /**
     * Returns the configuration of the client.
     *
     * @param file the kubeconfig; empty: {@code KUBECONFIG}, or {@code ~/.kube/config}
     * @param context of the kubeconfig; empty: the current one
     */
    public static Config kubeconfig(Optional<Path> file, Optional<String> context) throws StartFailure {
        // The client reads the file from this property before it looks at the environment.
        file.ifPresent(path -> System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, path.toString()));
        String given = file.map(Path::toString).orElse(Objects.requireNonNullElse(System.getenv("KUBECONFIG"), ""));
        List<Path> files = file.map(List::of).orElseGet(Clients::files);
        if (files.stream().noneMatch(Files::isReadable) && (!given.isEmpty() || !Files.isReadable(POD_TOKEN))) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "no cluster is configured: " + files + " cannot be read"
                            + (given.isEmpty() ? " and the operator does not run in a pod" : "")
                            + "; set KUBECONFIG to a readable file");
        }
        Config config;
        try {
            config = new ConfigBuilder(Config.autoConfigure(context.orElse(null)))
                    .withUserAgent(FieldManager.USER_AGENT)
                    .build();
        } catch (RuntimeException e) {
            // The parsers throw exceptions of many types. Their messages quote the file and so may contain its tokens.
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "the kubeconfig " + files + " is not valid" + location(RootCause.of(e))
                            + "; see: kubectl config view");
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

    private static List<Path> files() {
        String given = Objects.requireNonNullElse(System.getenv("KUBECONFIG"), "");
        return given.isEmpty()
                ? List.of(Path.of(Objects.requireNonNullElse(System.getProperty("user.home"), ""), ".kube", "config"))
                : Arrays.stream(given.split(File.pathSeparator)).map(Path::of).toList();
    }

    private static StartFailure invalid(String what, RuntimeException thrown) {
        return new StartFailure(
                StartFailure.CONFIGURATION, what + ": " + RootCause.of(thrown).replaceAll("\\s+", " "));
    }
}
