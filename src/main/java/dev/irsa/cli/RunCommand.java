package dev.irsa.cli;

import dev.irsa.aws.AwsClients;
import dev.irsa.config.GivenFlags;
import dev.irsa.config.InvalidConfiguration;
import dev.irsa.config.OperatorConfig;
import dev.irsa.config.ProgramVersion;
import dev.irsa.controller.OperatorSdkMetrics;
import dev.irsa.controller.WatchStartException;
import dev.irsa.health.HealthEndpoints;
import dev.irsa.leader.Election;
import dev.irsa.leader.LeaseElection;
import dev.irsa.metrics.OperatorMetrics;
import dev.irsa.runtime.AwsConnection;
import dev.irsa.runtime.ExitOnError;
import dev.irsa.runtime.ExternalDependencies;
import dev.irsa.runtime.HealthServer;
import dev.irsa.runtime.HeapTrimmer;
import dev.irsa.runtime.Kubeconfig;
import dev.irsa.runtime.KubernetesClients;
import dev.irsa.runtime.MonotonicClock;
import dev.irsa.runtime.OperatorRuntime;
import dev.irsa.runtime.RuntimeSettings;
import dev.irsa.runtime.StartFailure;
import dev.irsa.runtime.StartupChecks;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.Console;
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

/** Implements {@code irsa-operator run}, which runs the operator until a signal stops it. */
@Command(
        name = "run",
        description =
                "Runs the operator. AWS credentials come from the default credential chain of the AWS SDK. The cluster"
                        + " comes from KUBECONFIG, ~/.kube/config, or the pod.",
        mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    @Mixin
    private GivenFlags flags = OperatorConfig.flags();

    @Unmatched
    private List<String> unknown = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /** Combines the health of the operator with that of its leader election. */
    private record ReplicaHealth(OperatorRuntime runtime, Election election) {
        Optional<String> deadBecause() {
            return election.deadBecause().or(runtime::deadBecause);
        }

        /** Returns why the operator is not ready; empty also on standby. */
        Optional<String> unreadyBecause() {
            return election.standsBy() ? Optional.empty() : runtime.unreadyBecause();
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        return new CommandErrors(command).runOrReport(unknown, this::config, config -> {
            configureJdk(config);
            run(config);
            return 0;
        });
    }

    private OperatorConfig config() throws InvalidConfiguration {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return OperatorConfig.of(flags, terminal, Kubeconfig.podNamespace());
    }

    /** Sets system properties of the JDK. This must happen before the classes that read them are loaded. */
    private static void configureJdk(OperatorConfig config) {
        System.setProperty(LogSetup.FORMAT, config.process().logFormat().name());
        // With the default of five idle connections per host, every further call needs a TLS handshake.
        System.setProperty("http.maxConnections", Integer.toString(config.aws().maxInFlight()));
        // By default, the JDK silently repeats a POST request when its connection breaks.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private static void run(OperatorConfig config) throws StartFailure, InterruptedException {
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        Thread.setDefaultUncaughtExceptionHandler(new ExitOnError(RunCommand::halt));
        CompletableFuture<ReplicaHealth> running = new CompletableFuture<>();
        CountDownLatch stopped = new CountDownLatch(1);
        OperatorMetrics metrics = new OperatorMetrics(MonotonicClock.system(), OperatorSdkMetrics.FILTERS);
        metrics.addProcessMetrics(ProgramVersion.current());
        try (HealthEndpoints health = listen(config, running, metrics);
                AwsClients aws = AwsConnection.ofOperator(config, metrics.account("")::throttled);
                KubernetesClient client = StartupChecks.cluster(config);
                Election election = election(config, client)) {
            metrics.reportLeadership(election::leads);
            OperatorRuntime runtime = new OperatorRuntime(
                    ExternalDependencies.of(config, client, aws, election, metrics),
                    RuntimeSettings.of(config, ProgramVersion.current()),
                    metrics);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(runtime, election, stopped), "shutdown"));
            running.complete(new ReplicaHealth(runtime, election));
            runtime.standBy();
            election.start(runtime::work);
            HeapTrimmer.start();
            log.info(
                    "watching cluster {} ({}); role path: {}; health endpoints on port {}",
                    config.cluster().name(),
                    config.reconcile().namespaces().isEmpty()
                            ? "all namespaces"
                            : config.reconcile().namespaces(),
                    config.roles().path(),
                    health.port());
            stopped.await();
        } catch (WatchStartException e) {
            throw new StartFailure(StartFailure.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    private static HealthEndpoints listen(
            OperatorConfig config, CompletableFuture<ReplicaHealth> running, OperatorMetrics metrics)
            throws StartFailure {
        return HealthServer.start(
                config.process().httpPort(),
                () -> running.isDone() ? running.join().deadBecause() : Optional.empty(),
                () -> running.isDone() ? running.join().unreadyBecause() : Optional.of("starting"),
                metrics::scrape);
    }

    private static Election election(OperatorConfig config, KubernetesClient client) throws StartFailure {
        if (config.process().lease().isEmpty()) {
            return Election.NONE;
        }
        return new LeaseElection(
                KubernetesClients.failFast(client.getConfiguration(), LeaseElection.REQUEST_TIMEOUT),
                config.process().lease().get(),
                InstantSource.system(),
                System::nanoTime,
                RunCommand::halt);
    }

    private static void halt() {
        Runtime.getRuntime().halt(StartFailure.ENVIRONMENT);
    }

    private static void stop(OperatorRuntime runtime, Election election, CountDownLatch stopped) {
        runtime.stopWorking();
        // Release the lease before closing the watches, so that another replica can lead at once.
        election.close();
        runtime.close();
        stopped.countDown();
    }
}
