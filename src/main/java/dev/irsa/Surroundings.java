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
import dev.irsa.kubernetes.ServerWords;
import dev.irsa.kubernetes.StartChecks;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be there before the operator can work, each with a sentence when it is not. */
final class Surroundings {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private Surroundings() {}

    /** A client for the cluster, once its API server answers and everything is installed that is needed. */
    static KubernetesClient cluster(OperatorConfig config) throws StartFailure, InterruptedException {
        Config kubeconfig = Clients.kubeconfig();
        await(kubeconfig, config.startTimeout());
        KubernetesClient client = Clients.cluster(kubeconfig);
        try {
            List<String> problems = new StartChecks(client).problems(config.watchNamespaces(), config.lease());
            if (!problems.isEmpty()) {
                throw new StartFailure(StartFailure.SURROUNDINGS, String.join("; ", problems));
            }
            return client;
        } catch (KubernetesClientException e) {
            client.close();
            throw new StartFailure(
                    StartFailure.SURROUNDINGS,
                    "the API server at " + client.getMasterUrl() + " refuses the start checks: " + ServerWords.of(e));
        } catch (StartFailure e) {
            client.close();
            throw e;
        }
    }

    private static void await(Config kubeconfig, Duration timeout) throws StartFailure, InterruptedException {
        Logger log = LoggerFactory.getLogger(Surroundings.class);
        Instant end = Instant.now().plus(timeout);
        try (KubernetesClient client = Clients.impatient(kubeconfig, timeout)) {
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
            throws StartFailure, InterruptedException {
        String id;
        Optional<String> document;
        try (KubernetesClient impatient = Clients.impatient(client.getConfiguration(), config.startTimeout())) {
            ClusterDiscovery discovery = new ClusterDiscovery(impatient);
            id = answer("the namespace kube-system, whose UID tells clusters apart,", discovery::id, config);
            document = answer("the issuer of the cluster's tokens", discovery::issuer, config);
        }
        return switch (IssuerChoice.of(config.oidcIssuer(), document)) {
            case IssuerChoice.Refused(String why) -> throw new StartFailure(StartFailure.SURROUNDINGS, why);
            case IssuerChoice.Known(Issuer issuer) -> () -> identity(config, id, issuer, accounts);
            case IssuerChoice.AskEks ask -> () -> identity(config, id, askEks(ask, config, accounts), accounts);
        };
    }

    /** What the API server answers; trouble that may pass is waited out, a refusal is told at once. */
    private static <T> T answer(String what, Supplier<T> question, OperatorConfig config)
            throws StartFailure, InterruptedException {
        Instant end = Instant.now().plus(config.startTimeout());
        while (true) {
            try {
                return question.get();
            } catch (KubernetesClientException e) {
                String problem = what + " cannot be read: " + ServerWords.of(e);
                if (!ServerWords.mayChange(e)) {
                    throw new StartFailure(
                            StartFailure.SURROUNDINGS, problem + "; " + StartChecks.remedy(config.watchNamespaces()));
                }
                if (Instant.now().isAfter(end)) {
                    throw new StartFailure(
                            StartFailure.SURROUNDINGS,
                            problem + ", for " + config.startTimeout().toSeconds() + " s (--start-timeout)");
                }
                LoggerFactory.getLogger(Surroundings.class).info("waiting: {}", problem);
                Thread.sleep(PAUSE);
            }
        }
    }

    private static ClusterIdentity identity(OperatorConfig config, String id, Issuer issuer, Accounts accounts) {
        return new ClusterIdentity(
                config.clusterName(),
                id,
                issuer,
                accounts.current(),
                issuer.hostAndPath(),
                config.rolePath(),
                config.adoptionPaths(),
                config.past());
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
