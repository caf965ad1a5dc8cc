package dev.irsa;

import dev.irsa.aws.Accounts;
import dev.irsa.config.IssuerChoice;
import dev.irsa.config.OperatorConfig;
import dev.irsa.desired.ClusterIdentity;
import dev.irsa.desired.Issuer;
import dev.irsa.failure.Failure;
import dev.irsa.failure.FailureException;
import dev.irsa.failure.Reason;
import dev.irsa.failure.RootCause;
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
    private static final Duration SLOWEST_ANSWER = Duration.ofSeconds(5);

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
        await(kubeconfig, config.startTimeout());
        KubernetesClient client = client(kubeconfig);
        try {
            List<String> problems = new StartChecks(client).problems(config.watchNamespaces());
            if (!problems.isEmpty()) {
                throw new StartFailure(StartFailure.SURROUNDINGS, String.join("; ", problems));
            }
            return client;
        } catch (KubernetesClientException e) {
            client.close();
            throw new StartFailure(
                    StartFailure.SURROUNDINGS,
                    "the API server at " + client.getMasterUrl() + " refuses the start checks: " + words(e));
        } catch (StartFailure e) {
            client.close();
            throw e;
        }
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
        } catch (RuntimeException e) {
            // Whatever its parsers throw, and not only what the client does.
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    "the kubeconfig " + files + " is not valid: "
                            + RootCause.of(e).replaceAll("\\s+", " "));
        }
    }

    /** Asks with a client of its own, as the one that works is patient: it would try for minutes what may not. */
    private static void await(Config kubeconfig, Duration timeout) throws StartFailure, InterruptedException {
        Logger log = LoggerFactory.getLogger(Surroundings.class);
        int patience = (int) Math.clamp(timeout.toMillis(), 1_000, SLOWEST_ANSWER.toMillis());
        Config impatient = new ConfigBuilder(kubeconfig)
                .withConnectionTimeout(patience)
                .withRequestTimeout(patience)
                .withRequestRetryBackoffLimit(0)
                .build();
        Instant end = Instant.now().plus(timeout);
        try (KubernetesClient client = client(impatient)) {
            StartChecks checks = new StartChecks(client);
            while (!checks.answers()) {
                if (Instant.now().isAfter(end)) {
                    throw new StartFailure(
                            StartFailure.SURROUNDINGS,
                            "the API server at " + client.getMasterUrl() + " has not answered for "
                                    + timeout.toSeconds() + " s (--start-timeout)");
                }
                log.info("waiting for the API server at {}", client.getMasterUrl());
                Thread.sleep(PAUSE);
            }
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
                    "the namespace kube-system, whose UID tells clusters apart, cannot be read: " + words(e)
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

    /** The API server's own words: the exception's message also has the URL and the whole answer. */
    private static String words(KubernetesClientException e) {
        return e.getStatus() == null || e.getStatus().getMessage() == null
                ? RootCause.of(e)
                : e.getStatus().getMessage();
    }
}
