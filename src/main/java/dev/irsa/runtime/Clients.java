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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** The clients, from what is configured outside of our flags; a sentence when none can be made of it. */
public final class Clients {
    private static final Path POD = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final Path POD_TOKEN = POD.resolve("token");

    private static final Duration SLOWEST_ANSWER = Duration.ofSeconds(5);

    /** Go's decoder of JSON, which the API server uses, stops at 10,000; what an object has is within a list. */
    private static final int MOST_LEVELS = 10_100;

    /** etcd takes no object that is larger than 1.5 MiB. */
    private static final int LONGEST_KEY = 2 * 1024 * 1024;

    private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");

    private Clients() {}

    public static AwsClients aws(OperatorConfig config, Runnable throttled) throws StartFailure {
        try {
            // The SDK would tell a file that it cannot read as a region or as credentials that are not there.
            ProfileFile.defaultProfileFile();
        } catch (RuntimeException e) {
            throw invalid("the AWS configuration file (AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE) is not valid", e);
        }
        Region region = region(config);
        try {
            return AwsClients.inRegion(region, throttled);
        } catch (RuntimeException e) {
            throw invalid(
                    "the AWS settings in the environment or in the AWS configuration file (AWS_ENDPOINT_URL and the"
                            + " like) are not valid",
                    e);
        }
    }

    private static Region region(OperatorConfig config) throws StartFailure {
        if (config.region().isPresent()) {
            return Region.of(config.region().get());
        }
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkClientException e) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "no AWS region is configured; give --region, or set AWS_REGION in the environment");
        } catch (RuntimeException e) {
            throw invalid("the AWS region in the environment or in the AWS configuration file is not valid", e);
        }
    }

    static KubernetesClient cluster(Config kubeconfig) throws StartFailure {
        try {
            return new KubernetesClientBuilder()
                    .withConfig(kubeconfig)
                    .withKubernetesSerialization(everything())
                    .build();
        } catch (RuntimeException e) {
            throw invalid("the kubeconfig " + files() + " is not valid", e);
        }
    }

    /**
     * Reads whatever the API server may send: JSON of 10,000 levels, with keys as long as an object. One that cannot be
     * read would end the watch of all others. A type that is not registered is read as a map first, and written again with
     * a call for every level.
     */
    private static KubernetesSerialization everything() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MOST_LEVELS)
                .maxNameLength(LONGEST_KEY)
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
     * One that tells of trouble at once, for whoever decides himself whether to try again: the one that works is patient,
     * and would try for minutes what may not.
     *
     * @param timeout what an answer takes at most, within a second and five
     */
    public static KubernetesClient impatient(Config kubeconfig, Duration timeout) throws StartFailure {
        int patience = (int) Math.clamp(timeout.toMillis(), 1_000, SLOWEST_ANSWER.toMillis());
        return cluster(new ConfigBuilder(kubeconfig)
                .withConnectionTimeout(patience)
                .withRequestTimeout(patience)
                .withRequestRetryBackoffLimit(0)
                .build());
    }

    /** The namespace of the pod that this is; empty: it is none. */
    public static Optional<String> podNamespace() {
        try {
            return Optional.of(Files.readString(POD.resolve("namespace")).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public static Config kubeconfig() throws StartFailure {
        String given = Objects.requireNonNullElse(System.getenv("KUBECONFIG"), "");
        List<Path> files = files();
        if (files.stream().noneMatch(Files::isReadable) && (!given.isEmpty() || !Files.isReadable(POD_TOKEN))) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "no cluster is configured: " + files + " cannot be read"
                            + (given.isEmpty() ? " and this is no pod" : "")
                            + "; set KUBECONFIG to a file that can");
        }
        Config config;
        try {
            config = new ConfigBuilder(Config.autoConfigure(null))
                    .withUserAgent(FieldManager.USER_AGENT)
                    .build();
        } catch (RuntimeException e) {
            // Whatever its parsers throw, and not only what the client does. They quote the file, and so its tokens.
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "the kubeconfig " + files + " is not valid" + place(RootCause.of(e))
                            + "; see: kubectl config view");
        }
        if (cannotBeSent(config.getOauthToken()) || cannotBeSent(config.getAutoOAuthToken())) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "the token in the kubeconfig " + files + " is not valid: it holds a line end or the like");
        }
        return config;
    }

    private static String place(String words) {
        return PLACE.matcher(words)
                .results()
                .reduce((first, last) -> last)
                .map(last -> ": " + last.group())
                .orElse("");
    }

    /** The client would quote it. */
    private static boolean cannotBeSent(@Nullable String token) {
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
