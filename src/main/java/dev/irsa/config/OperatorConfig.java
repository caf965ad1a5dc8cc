package dev.irsa.config;

import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.port.LeaseName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The configuration, read once.
 *
 * @param clusterName part of the names and tags of all roles
 * @param region empty: as the AWS SDK finds it
 * @param oidcIssuer empty: discovered
 * @param oidcProvider what is done when IAM has no OIDC provider for the issuer
 * @param audiences that resources may use and the provider may be given
 * @param rolePath begins and ends with a slash
 * @param adoptionPaths where roles may be adopted, beside the role path
 * @param past what this cluster was before
 * @param watchNamespaces empty: all
 * @param awsMaxInFlight calls to AWS at the same time
 * @param awsRate calls to IAM a second, at most; empty: as many as AWS takes
 * @param dryRun write nothing but status
 * @param slowestRetry longest pause before a failure that needs a person is tried again
 * @param consistencyWindow how long IAM may take to show a write
 * @param sweep how all roles are looked at
 * @param ownDeployment {@code <namespace>/<name>} of the operator's own Deployment; empty: not known
 * @param lease that the replica holds which works; empty: there is only one
 * @param startTimeout how long to wait for the API server at start
 * @param httpPort of the health endpoints; 0: any
 * @param logFormat text or json
 */
public record OperatorConfig(
        String clusterName,
        Optional<String> region,
        Optional<String> oidcIssuer,
        OidcProvider oidcProvider,
        Set<String> audiences,
        String rolePath,
        Set<String> adoptionPaths,
        PreviousClusters past,
        Set<String> watchNamespaces,
        int awsMaxInFlight,
        OptionalInt awsRate,
        boolean dryRun,
        Duration slowestRetry,
        Duration consistencyWindow,
        Sweep sweep,
        Optional<String> ownDeployment,
        Optional<LeaseName> lease,
        Duration startTimeout,
        int httpPort,
        LogFormat logFormat) {
    /** How log lines look. */
    public enum LogFormat {
        /** For people. */
        text,
        /** For programs. */
        json
    }

    /** What is done when IAM has no OIDC provider for the issuer, or it lacks an audience. */
    public enum OidcProvider {
        /** The resources say so, and how to make it. */
        Check,
        /** It is made, and given the audiences it lacks. */
        Create
    }

    /**
     * How all roles are looked at.
     *
     * @param interval between two sweeps at most
     * @param pageSize roles to a page of a sweep
     * @param fallbackInterval in which each role is looked at once where no sweep can be had
     * @param removeOrphans whether roles without a resource are removed
     */
    public record Sweep(Duration interval, int pageSize, Duration fallbackInterval, boolean removeOrphans) {}

    /** Whether a namespace is this instance's to work in. */
    public boolean watches(String namespace) {
        return watchNamespaces.isEmpty() || watchNamespaces.contains(namespace);
    }

    /**
     * Makes sense of the flags.
     *
     * @param terminal whether a person reads the log
     * @param podNamespace of the pod that this is; empty: it is none
     * @throws InvalidConfiguration with every mistake there is
     */
    public static OperatorConfig of(RunOptions options, boolean terminal, Optional<String> podNamespace)
            throws InvalidConfiguration {
        ConfigReader reading = new ConfigReader();
        String clusterName = ClusterFlags.clusterName(options, reading);
        String rolePath = ClusterFlags.rolePath(options, clusterName, reading);
        Optional<String> region = ClusterFlags.region(options, reading);
        Optional<String> issuer = ClusterFlags.issuer(options, reading);
        Set<String> audiences = ConfigReader.values(options.audiences);
        audiences.forEach(audience -> reading.matching(
                "--audiences",
                audience,
                "[A-Za-z0-9][A-Za-z0-9._~:/@+=-]{0,254}",
                "it must be a plain audience, as sts.amazonaws.com"));
        Set<String> adoptionPaths = ClusterFlags.adoptionPaths(options, reading);
        Set<String> previousIds = ConfigReader.values(options.previousClusterIds);
        previousIds.forEach(id -> reading.matching(
                "--previous-cluster-id",
                id,
                "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                "it must be the UID that the namespace kube-system had; the tag irsa.dev/cluster-id of a role has it"));
        Set<String> previousIssuers = ConfigReader.values(options.previousIssuers);
        previousIssuers.forEach(
                url -> Issuer.unreachable(url).ifPresent(why -> reading.problem("--previous-issuer", url, why)));
        Set<String> namespaces = ConfigReader.values(options.watchNamespaces);
        namespaces.forEach(namespace -> reading.namespace("--watch-namespace", namespace));
        Optional<String> ownDeployment = ConfigReader.given(options.ownDeployment);
        ownDeployment.ifPresent(name -> reading.matching(
                "--own-deployment",
                name,
                "[a-z0-9-]{1,63}/[a-z0-9.-]{1,253}",
                "it must be the namespace and the name of a Deployment, as irsa-operator/irsa-operator"));
        OperatorConfig config = new OperatorConfig(
                clusterName,
                region,
                issuer,
                ClusterFlags.oidcProvider(options, reading),
                audiences.isEmpty() ? Set.of(TokenSpec.DEFAULT_AUDIENCE) : audiences,
                rolePath,
                adoptionPaths,
                new PreviousClusters(previousIds, previousIssuers),
                namespaces,
                reading.number("--aws-max-in-flight", options.awsMaxInFlight, 1, 256),
                reading.numberUnless("adaptive", "--aws-rate", options.awsRate, 1, 1000),
                reading.flag("--dry-run", options.dryRun),
                reading.pause("--slowest-retry", options.slowestRetry),
                reading.duration("--consistency-window", options.consistencyWindow),
                new Sweep(
                        reading.pause("--sweep-interval", options.sweepInterval),
                        reading.number("--sweep-page-size", options.sweepPageSize, 1, 1000),
                        reading.pause("--fallback-interval", options.fallbackInterval),
                        reading.flag("--remove-orphans", options.removeOrphans)),
                ownDeployment,
                LeaseFlags.lease(options, podNamespace, reading),
                reading.duration("--start-timeout", options.startTimeout),
                reading.number("--http-port", options.httpPort, 0, 65535),
                LogFormat.valueOf(reading.choice(
                        "--log-format",
                        Objects.requireNonNullElse(options.logFormat, terminal ? "text" : "json"),
                        List.of("text", "json"))));
        reading.complain();
        return config;
    }

    /** Whether roles without a resource are removed: never in a dry run. */
    public boolean removesOrphans() {
        return sweep.removeOrphans() && !dryRun;
    }
}
