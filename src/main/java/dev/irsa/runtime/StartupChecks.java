package dev.irsa.runtime;

import dev.irsa.config.OperatorConfig;
import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.CallerIdentity;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.Issuer;
import dev.irsa.kubernetes.ApiServerMessage;
import dev.irsa.kubernetes.ClusterDiscovery;
import dev.irsa.kubernetes.KubernetesRequirements;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks what the operator needs before it can start, and describes each problem. */
public final class StartupChecks {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private StartupChecks() {}

    /** Returns a client for the cluster once the API server responds and all requirements are met. */
    public static KubernetesClient cluster(OperatorConfig config) throws StartFailure, InterruptedException {
        KubernetesClient client = apiServer(config.process().startTimeout());
        try {
            List<String> problems = new KubernetesRequirements(client)
                    .problems(config.reconcile().namespaces(), config.process().lease());
            if (!problems.isEmpty()) {
                throw new StartFailure(StartFailure.ENVIRONMENT, String.join("; ", problems));
            }
            return client;
        } catch (KubernetesClientException e) {
            client.close();
            throw new StartFailure(
                    StartFailure.ENVIRONMENT,
                    "the API server at " + client.getMasterUrl() + " rejected the startup checks: "
                            + ApiServerMessage.of(e));
        } catch (StartFailure e) {
            client.close();
            throw e;
        }
    }

    /** Returns a client for the cluster once the API server responds. */
    public static KubernetesClient apiServer(Duration timeout) throws StartFailure, InterruptedException {
        KubernetesClient client = KubernetesClients.of(Kubeconfig.read());
        try {
            await(client, timeout);
            return client;
        } catch (StartFailure | InterruptedException e) {
            client.close();
            throw e;
        }
    }

    private static void await(KubernetesClient client, Duration timeout) throws StartFailure, InterruptedException {
        Logger log = LoggerFactory.getLogger(StartupChecks.class);
        Instant end = Instant.now().plus(timeout);
        while (!KubernetesClients.withoutRetries(client, timeout, once -> new KubernetesRequirements(once).isReady())) {
            if (Instant.now().isAfter(end)) {
                throw new StartFailure(
                        StartFailure.ENVIRONMENT,
                        "the API server at " + client.getMasterUrl() + " has not responded for "
                                + timeout.toSeconds()
                                + " s (--start-timeout); check the kubeconfig and the network");
            }
            log.info("waiting for the API server at {}", client.getMasterUrl());
            Thread.sleep(PAUSE);
        }
    }

    /**
     * Returns a supplier of the cluster identity. Everything that does not need AWS is read now.
     *
     * @param region of the EKS cluster; empty if it is unknown
     * @param lookup asks AWS for the identity of the operator
     * @param found receives that identity
     */
    public static Supplier<ClusterIdentity> identity(
            OperatorConfig config,
            KubernetesClient client,
            Optional<String> region,
            Supplier<CallerIdentity> lookup,
            Consumer<CallerIdentity> found)
            throws StartFailure, InterruptedException {
        ClusterFacts cluster = facts(
                client,
                config.cluster().oidcIssuer(),
                config.cluster().previous().issuers()::contains,
                config.process().startTimeout(),
                KubernetesRequirements.remedy(config.reconcile().namespaces()));
        return () -> {
            CallerIdentity caller = lookup.get();
            found.accept(caller);
            AwsAccount account = caller.account();
            return config.identity(
                    cluster.id(),
                    cluster.issuer(),
                    account,
                    cluster.issuer().hostAndPath(),
                    region.map(
                            known -> account.eksCluster(known, config.delivery().eksClusterName())));
        };
    }

    /**
     * What identifies a cluster without AWS.
     *
     * @param id the UID of the namespace kube-system
     * @param issuer of the tokens
     * @param announced the issuer that the API server announces; empty if it cannot be read
     */
    public record ClusterFacts(String id, Issuer issuer, Optional<String> announced) {}

    /**
     * Reads what identifies the cluster.
     *
     * @param oidcIssuer the flag
     * @param replaced whether the flag may name another issuer than this one, which the API server announces
     * @param remedy how to grant a missing permission
     */
    public static ClusterFacts facts(
            KubernetesClient client,
            Optional<String> oidcIssuer,
            Predicate<String> replaced,
            Duration timeout,
            String remedy)
            throws StartFailure, InterruptedException {
        String id = read(
                "the namespace kube-system, whose UID identifies the cluster,",
                ClusterDiscovery::id,
                client,
                timeout,
                remedy);
        Optional<String> document =
                read("the issuer of the cluster's tokens", ClusterDiscovery::issuer, client, timeout, remedy);
        return switch (IssuerSource.of(oidcIssuer, replaced, document)) {
            case IssuerSource.Refused(String why) -> throw new StartFailure(StartFailure.ENVIRONMENT, why);
            case IssuerSource.Known(Issuer issuer) -> new ClusterFacts(id, issuer, document);
        };
    }

    /** Reads from the API server. Retries transient errors until the timeout, and reports a refusal immediately. */
    private static <T> T read(
            String what,
            Function<ClusterDiscovery, T> request,
            KubernetesClient client,
            Duration timeout,
            String remedy)
            throws StartFailure, InterruptedException {
        Instant end = Instant.now().plus(timeout);
        while (true) {
            try {
                return KubernetesClients.withoutRetries(
                        client, timeout, once -> request.apply(new ClusterDiscovery(once)));
            } catch (KubernetesClientException e) {
                String problem = what + " cannot be read: " + ApiServerMessage.of(e);
                if (!ApiServerMessage.mayChange(e)) {
                    throw new StartFailure(StartFailure.ENVIRONMENT, problem + "; " + remedy);
                }
                if (Instant.now().isAfter(end)) {
                    throw new StartFailure(
                            StartFailure.ENVIRONMENT,
                            problem + "; the operator retried for " + timeout.toSeconds() + " s (--start-timeout)");
                }
                LoggerFactory.getLogger(StartupChecks.class).info("{}; retrying", problem);
                Thread.sleep(PAUSE);
            }
        }
    }
}
