package dev.irsa.issuer;

import dev.irsa.aws.AwsCalls;
import dev.irsa.config.ProgramVersion;
import dev.irsa.config.PublishIssuerConfig;
import dev.irsa.core.issuer.PublisherPolicy;
import dev.irsa.core.policy.PolicyDocument;
import dev.irsa.health.HealthEndpoints;
import dev.irsa.kubernetes.DeploymentEvents;
import dev.irsa.kubernetes.EventRecorder;
import dev.irsa.kubernetes.FieldManager;
import dev.irsa.metrics.IssuerMetrics;
import dev.irsa.port.CallInterceptor;
import dev.irsa.port.OperatorEvents;
import dev.irsa.runtime.BackgroundLoop;
import dev.irsa.runtime.HealthServer;
import dev.irsa.runtime.Kubeconfig;
import dev.irsa.runtime.KubernetesClients;
import dev.irsa.runtime.StartFailure;
import dev.irsa.runtime.StartupChecks;
import dev.irsa.runtime.StartupChecks.ClusterFacts;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.services.s3.S3Client;

/** Publishes the issuer until a signal stops it. */
public final class IssuerProgram {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String REMEDY =
            "bind the ClusterRole system:service-account-issuer-discovery, and the permission to get namespace kube-system, to the"
                    + " ServiceAccount";

    private IssuerProgram() {}

    /** Returns the least-privilege policy of its AWS identity. */
    public static PolicyDocument policy(PublishIssuerConfig config) {
        String partition = BucketClient.regionOrDefault(config.region())
                .map(region -> PartitionMetadata.of(region).id())
                .orElse("aws");
        return PublisherPolicy.of(partition, config.bucket(), config.prefix());
    }

    /** Runs the program. */
    public static void run(PublishIssuerConfig config, InstantSource clock) throws StartFailure, InterruptedException {
        Logger log = LoggerFactory.getLogger(IssuerProgram.class);
        CountDownLatch stopped = new CountDownLatch(1);
        IssuerMetrics metrics = new IssuerMetrics(clock, ProgramVersion.current());
        try (KubernetesClient client = StartupChecks.apiServer(config.process().startTimeout())) {
            ClusterFacts cluster = StartupChecks.facts(
                    client, config.issuer(), _ -> true, config.process().startTimeout(), REMEDY);
            OwnCredentials.requireOtherThan(cluster.issuer(), cluster.announced());
            // A client with retries could wait longer for one answer than the liveness probe does.
            try (KubernetesClient once = KubernetesClients.failFast(client.getConfiguration(), TIMEOUT);
                    S3Client s3 = BucketClient.in(config.region());
                    ClusterApiServers servers = new ClusterApiServers(
                            once, Kubeconfig.podNamespace().isPresent(), config.apiServers())) {
                IssuerPublisher publisher = new IssuerPublisher(
                        cluster.issuer(),
                        servers,
                        new S3Documents(
                                s3, new AwsCalls(CallInterceptor.NONE), config.bucket(), config.prefix(), cluster.id()),
                        PublicDocuments.of(cluster.issuer()),
                        new PublisherSettings(
                                config.location(),
                                cluster.id(),
                                config.previousClusters(),
                                config.retention(),
                                config.dropped(),
                                config.verifyInterval()),
                        clock);
                PublisherReport report = new PublisherReport(
                        events(config, once, clock), metrics, cluster.issuer(), config.pollInterval(), clock);
                BackgroundLoop loop = new BackgroundLoop("issuer", () -> {
                    report.after(publisher.step());
                    return config.pollInterval();
                });
                try (HealthEndpoints health = HealthServer.start(
                        config.process().httpPort(), report::deadBecause, report::unreadyBecause, metrics::scrape)) {
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(loop, stopped), "shutdown"));
                    loop.start();
                    log.info(
                            "publishing the keys of {} to {}; health endpoints on port {}",
                            cluster.issuer().url(),
                            config.location(),
                            health.port());
                    stopped.await();
                }
            }
        }
    }

    private static void stop(BackgroundLoop loop, CountDownLatch stopped) {
        loop.stop();
        stopped.countDown();
    }

    private static OperatorEvents events(PublishIssuerConfig config, KubernetesClient client, InstantSource clock) {
        String instance = Objects.requireNonNullElse(System.getenv("HOSTNAME"), FieldManager.NAME);
        return config.process()
                .ownDeployment()
                .<OperatorEvents>map(deployment -> new DeploymentEvents(
                        client,
                        new EventRecorder(client, CallInterceptor.NONE, clock, new Random(), instance),
                        deployment,
                        config.process().documentation()))
                .orElse((_, _, _) -> {});
    }
}
