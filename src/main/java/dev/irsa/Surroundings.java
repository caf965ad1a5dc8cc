package dev.irsa;

import dev.irsa.aws.Accounts;
import dev.irsa.config.IssuerChoice;
import dev.irsa.config.OperatorConfig;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Issuer;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.kubernetes.ClusterDiscovery;
import dev.irsa.kubernetes.FieldManager;
import dev.irsa.kubernetes.StartChecks;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** What must be there before the operator can work, each with a sentence when it is not. */
final class Surroundings {
    private static final Path POD_TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private Surroundings() {}

    static Region region(OperatorConfig config) throws StartFailure {
        if (config.region().isPresent()) {
            return Region.of(config.region().get());
        }
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkClientException e) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "no AWS region is configured; give --region, or set AWS_REGION in the environment");
        }
    }

    /** A client for the cluster, once its API server answers and everything is installed that is needed. */
    static KubernetesClient cluster(OperatorConfig config) throws StartFailure, InterruptedException {
        Config kubeconfig = kubeconfig();
        // Without retries of its own: how long to wait is for --start-timeout to say.
        Config impatient =
                new ConfigBuilder(kubeconfig).withRequestRetryBackoffLimit(0).build();
        try (KubernetesClient client = client(impatient)) {
            StartChecks checks = new StartChecks(client);
            await(checks, client, config.startTimeout());
            List<String> problems = checks.problems(config.watchNamespaces());
            if (!problems.isEmpty()) {
                throw new StartFailure(StartFailure.SURROUNDINGS, String.join("; ", problems));
            }
        } catch (KubernetesClientException e) {
            throw new StartFailure(
                    StartFailure.SURROUNDINGS,
                    "the API server at " + kubeconfig.getMasterUrl() + " refuses the start checks: " + e.getMessage());
        }
        return client(kubeconfig);
    }

    private static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Config kubeconfig() throws StartFailure {
        String given = Objects.requireNonNullElse(System.getenv("KUBECONFIG"), "");
        Path standard = Path.of(Objects.requireNonNullElse(System.getProperty("user.home"), ""), ".kube", "config");
        List<Path> files = given.isEmpty()
                ? List.of(standard)
                : Arrays.stream(given.split(File.pathSeparator)).map(Path::of).toList();
        if (files.stream().noneMatch(Files::isReadable) && (!given.isEmpty() || !Files.isReadable(POD_TOKEN))) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "no cluster is configured: " + files + " cannot be read"
                            + (given.isEmpty() ? " and this is no pod" : "")
                            + "; set KUBECONFIG to a file that can");
        }
        try {
            return new ConfigBuilder(Config.autoConfigure(null))
                    .withUserAgent(FieldManager.USER_AGENT)
                    .build();
        } catch (KubernetesClientException e) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION, "the kubeconfig " + files + " is not valid: " + e.getMessage());
        }
    }

    private static void await(StartChecks checks, KubernetesClient client, Duration timeout)
            throws StartFailure, InterruptedException {
        Logger log = LoggerFactory.getLogger(Surroundings.class);
        Instant end = Instant.now().plus(timeout);
        while (!checks.answers()) {
            if (Instant.now().isAfter(end)) {
                throw new StartFailure(
                        StartFailure.SURROUNDINGS,
                        "the API server at " + client.getMasterUrl() + " has not answered for " + timeout.toSeconds()
                                + " s (--start-timeout)");
            }
            log.info("waiting for the API server at {}", client.getMasterUrl());
            Thread.sleep(PAUSE);
        }
    }

    /** How to find out who we are; what does not need AWS is found out now. */
    static Supplier<ClusterIdentity> identity(OperatorConfig config, KubernetesClient client, Accounts accounts)
            throws StartFailure {
        ClusterDiscovery discovery = new ClusterDiscovery(client);
        String id;
        Optional<String> document;
        try {
            id = discovery.id();
            document = discovery.issuer();
        } catch (KubernetesClientException e) {
            throw new StartFailure(
                    StartFailure.SURROUNDINGS,
                    "the namespace kube-system, whose UID tells clusters apart, cannot be read: " + e.getMessage()
                            + "; run: kubectl apply -f deploy/rbac.yaml");
        }
        return switch (IssuerChoice.of(config.oidcIssuer(), document)) {
            case IssuerChoice.Refused(String why) -> throw new StartFailure(StartFailure.SURROUNDINGS, why);
            case IssuerChoice.Known(Issuer issuer) -> () -> identity(config, id, issuer, accounts);
            case IssuerChoice.AskEks ask -> () -> identity(config, id, askEks(ask, config, accounts), accounts);
        };
    }

    private static ClusterIdentity identity(OperatorConfig config, String id, Issuer issuer, Accounts accounts) {
        return new ClusterIdentity(config.clusterName(), id, issuer, accounts.current(), config.rolePath());
    }

    /** AWS may be away, so this is asked again until it is answered, with every object saying what it waits for. */
    private static Issuer askEks(IssuerChoice.AskEks ask, OperatorConfig config, Accounts accounts) {
        return switch (ask.answered(accounts.issuer(config.clusterName()))) {
            case IssuerChoice.Known(Issuer issuer) -> issuer;
            case IssuerChoice.Refused(String why) ->
                throw new FailureException(new Failure.Passing(Reason.CredentialsUnavailable, why));
            case IssuerChoice.AskEks again -> throw new IllegalStateException("EKS was asked and has answered");
        };
    }
}
