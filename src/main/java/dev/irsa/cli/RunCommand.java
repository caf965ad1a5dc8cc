package dev.irsa.cli;

import dev.irsa.OperatorMain;
import dev.irsa.aws.AccountDiscovery;
import dev.irsa.aws.AwsClients;
import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamOidcProviders;
import dev.irsa.aws.IamRoles;
import dev.irsa.aws.InFlightLimit;
import dev.irsa.aws.RateLimit;
import dev.irsa.config.InvalidConfiguration;
import dev.irsa.config.OperatorConfig;
import dev.irsa.config.RunOptions;
import dev.irsa.controller.OperatorSdkMetrics;
import dev.irsa.controller.WatchStartException;
import dev.irsa.health.HealthEndpoints;
import dev.irsa.leader.Election;
import dev.irsa.leader.LeaseElection;
import dev.irsa.metrics.OperatorMetrics;
import dev.irsa.port.Gate;
import dev.irsa.reconcile.ReconcileSettings;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.runtime.Clients;
import dev.irsa.runtime.ExternalDependencies;
import dev.irsa.runtime.HeapTrimmer;
import dev.irsa.runtime.MonotonicClock;
import dev.irsa.runtime.OperatorRuntime;
import dev.irsa.runtime.ReplicaHealth;
import dev.irsa.runtime.StartFailure;
import dev.irsa.runtime.StartupChecks;
import dev.irsa.sweep.SweepSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.Console;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code irsa-operator run}: works until it is told to stop. */
@Command(
        name = "run",
        description = "Works until it is told to stop. Credentials come from the AWS SDK's own chain, the cluster from"
                + " KUBECONFIG or from the pod.",
        mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    /** Between two calls to AWS a resource has the API server to wait for: so AWS is kept busy all the same. */
    private static final int AT_ONCE_TO_A_CALL = 3;

    @Mixin
    private RunOptions options = new RunOptions();

    @Unmatched
    private List<String> unknown = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        return new CommandErrors(command).orDo(unknown, this::config, config -> {
            configureJdk(config);
            run(config);
            return 0;
        });
    }

    private OperatorConfig config() throws InvalidConfiguration {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return OperatorConfig.of(options, terminal, Clients.podNamespace());
    }

    /** What only system properties can say, before the classes that read them are loaded. */
    private static void configureJdk(OperatorConfig config) {
        System.setProperty(LogSetup.FORMAT, config.logFormat().name());
        // Five idle connections a host would be a TLS handshake for every call beyond them.
        System.setProperty("http.maxConnections", Integer.toString(config.awsMaxInFlight()));
        // The JDK would send a POST a second time behind our back when its connection breaks.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private static void run(OperatorConfig config) throws StartFailure, InterruptedException {
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        CompletableFuture<ReplicaHealth> running = new CompletableFuture<>();
        CountDownLatch stopped = new CountDownLatch(1);
        OperatorMetrics metrics = new OperatorMetrics(MonotonicClock.system(), OperatorSdkMetrics.FILTERS);
        metrics.addProcessMetrics(OperatorMain.version());
        try (HealthEndpoints health = listen(config, running, metrics);
                AwsClients aws = Clients.aws(config, metrics::throttled);
                KubernetesClient client = StartupChecks.cluster(config);
                Election election = election(config, client)) {
            metrics.reportLeadership(election::leads);
            // Who waited for a place may lead no longer.
            Gate gate = new InFlightLimit(config.awsMaxInFlight())
                    .then(election.fence())
                    .then(metrics.counted());
            // Those that wait for their time hold no place; and AWS counts the calls of each service by themselves.
            Gate iam = config.awsRate().isPresent()
                    ? new RateLimit(config.awsRate().getAsInt(), System::nanoTime).then(gate)
                    : gate;
            AccountDiscovery accounts = new AccountDiscovery(aws.sts(), aws.eks(), gate);
            ClusterIdentityResolver identities =
                    new ClusterIdentityResolver(StartupChecks.identity(config, client, accounts));
            OperatorConfig.Sweep sweep = config.sweep();
            OperatorRuntime runtime = new OperatorRuntime(
                    new ExternalDependencies(
                            client,
                            new IamRoles(aws.iam(), iam),
                            new IamListing(aws.iam(), iam, sweep.pageSize()),
                            new IamOidcProviders(aws.iam(), iam),
                            identities,
                            election.fence()),
                    new ReconcileSettings(
                            config.dryRun(),
                            config.consistencyWindow(),
                            config.slowestRetry(),
                            AT_ONCE_TO_A_CALL * config.awsMaxInFlight(),
                            config.audiences(),
                            config.oidcProvider() == OperatorConfig.OidcProvider.Create),
                    new SweepSettings(
                            sweep.interval(), sweep.fallbackInterval(), config.removesOrphans(), config::watches),
                    metrics,
                    config.watchNamespaces(),
                    config.ownDeployment());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(runtime, election, stopped), "shutdown"));
            running.complete(new ReplicaHealth(runtime, election));
            runtime.standBy();
            election.start(runtime::work);
            HeapTrimmer.start();
            log.info(
                    "cluster {} is watched ({}); roles live under {}; health on port {}",
                    config.clusterName(),
                    config.watchNamespaces().isEmpty() ? "all namespaces" : config.watchNamespaces(),
                    config.rolePath(),
                    health.port());
            stopped.await();
        } catch (WatchStartException e) {
            throw new StartFailure(StartFailure.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    private static HealthEndpoints listen(
            OperatorConfig config, CompletableFuture<ReplicaHealth> running, OperatorMetrics metrics)
            throws StartFailure {
        try {
            return new HealthEndpoints(
                    config.httpPort(),
                    () -> running.isDone() ? running.join().deadBecause() : Optional.empty(),
                    () -> running.isDone() ? running.join().unreadyBecause() : Optional.of("starting"),
                    metrics::scrape);
        } catch (IOException e) {
            throw new StartFailure(
                    StartFailure.ENVIRONMENT,
                    "--http-port=" + config.httpPort() + " cannot be listened on: " + e.getMessage());
        }
    }

    private static Election election(OperatorConfig config, KubernetesClient client) throws StartFailure {
        if (config.lease().isEmpty()) {
            return Election.NONE;
        }
        return new LeaseElection(
                Clients.failFast(client.getConfiguration(), LeaseElection.REQUEST_TIMEOUT),
                config.lease().get(),
                InstantSource.system(),
                System::nanoTime,
                () -> Runtime.getRuntime().halt(StartFailure.ENVIRONMENT));
    }

    private static void stop(OperatorRuntime runtime, Election election, CountDownLatch stopped) {
        runtime.stopWorking();
        // Before the watches end: another waits for the lease.
        election.close();
        runtime.close();
        stopped.countDown();
    }
}
