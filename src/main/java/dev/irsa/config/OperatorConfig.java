package dev.irsa.config;

import dev.irsa.api.v1alpha1.TokenSpec;
import dev.irsa.core.desired.AdoptionScope;
import dev.irsa.core.desired.ConfiguredRoleTags;
import dev.irsa.core.desired.Issuer;
import dev.irsa.core.desired.ProtectedPolicies;
import dev.irsa.core.ownership.PreviousClusters;
import dev.irsa.port.LeaseName;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The configuration of {@code irsa-operator run}.
 *
 * @param clusterName part of the names and tags of all roles
 * @param region empty: the region that the AWS SDK finds
 * @param oidcIssuer empty: discovered
 * @param oidcProvider what the operator does if the issuer has no OIDC provider in IAM
 * @param audiences that resources may use and that the operator may add to the provider
 * @param rolePath begins and ends with a slash
 * @param adoption the roles that may be adopted, in addition to those under the role path
 * @param previousClusters the previous identities of this cluster
 * @param roleTags the tags of every role
 * @param protectedPolicies the managed policies that are never detached
 * @param managedPoliciesPerRole the account's quota of managed policies of a role
 * @param delivery how pods obtain credentials
 * @param watchNamespaces empty: all
 * @param awsMaxInFlight maximum number of concurrent AWS calls
 * @param awsRate maximum number of IAM calls per second; empty: as many as AWS accepts
 * @param dryRun whether the operator writes only status and events
 * @param slowestRetry longest delay between retries of a failure that needs user action
 * @param consistencyWindow how long IAM may take to propagate a write
 * @param sweep how all roles are read
 * @param ownDeployment {@code <namespace>/<name>} of the operator's own Deployment; empty: not known
 * @param lease of the leader; empty: no leader election
 * @param startTimeout how long to wait for the API server at startup
 * @param httpPort of the health endpoints; 0: any free port
 * @param logFormat text or json
 */
public record OperatorConfig(
        String clusterName,
        Optional<String> region,
        Optional<String> oidcIssuer,
        OidcProvider oidcProvider,
        Set<String> audiences,
        String rolePath,
        AdoptionScope adoption,
        PreviousClusters previousClusters,
        ConfiguredRoleTags roleTags,
        ProtectedPolicies protectedPolicies,
        int managedPoliciesPerRole,
        DeliveryConfig delivery,
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
    /** The format of log lines. */
    public enum LogFormat {
        /** For people. */
        text,
        /** For programs. */
        json
    }

    /** What the operator does if the issuer has no OIDC provider in IAM, or if the provider is missing an audience. */
    public enum OidcProvider {
        /** Reports in the status of the resources how to create or change the provider. */
        Check,
        /** Creates the provider and adds missing audiences. */
        Create
    }

    /**
     * How all roles are read.
     *
     * @param interval longest time between two sweeps
     * @param pageSize roles per page of a sweep
     * @param fallbackInterval in which each role is read once if roles cannot be read in bulk
     * @param removeOrphans whether roles without a resource are deleted
     */
    public record Sweep(Duration interval, int pageSize, Duration fallbackInterval, boolean removeOrphans) {}

    /** Returns whether this instance watches the namespace. */
    public boolean watches(String namespace) {
        return watchNamespaces.isEmpty() || watchNamespaces.contains(namespace);
    }

    /**
     * Parses and validates the flags.
     *
     * @param terminal whether the log is written to a terminal
     * @param podNamespace of the pod in which the operator runs; empty: it runs outside a pod
     * @throws InvalidConfiguration with all problems
     */
    public static OperatorConfig of(RunOptions options, boolean terminal, Optional<String> podNamespace)
            throws InvalidConfiguration {
        ConfigReader reading = new ConfigReader();
        String clusterName = ClusterOptionsParser.clusterName(options, reading);
        String rolePath = ClusterOptionsParser.rolePath(options, clusterName, reading);
        Optional<String> region = ClusterOptionsParser.region(options, reading);
        Optional<String> issuer = ClusterOptionsParser.issuer(options, reading);
        Set<String> audiences = ConfigReader.values(options.audiences);
        audiences.forEach(audience -> reading.matching(
                "--audiences",
                audience,
                "[A-Za-z0-9][A-Za-z0-9._~:/@+=-]{0,254}",
                "it must be an audience without spaces or wildcards, such as sts.amazonaws.com"));
        AdoptionScope adoption = ClusterOptionsParser.adoption(options, reading);
        ConfiguredRoleTags roleTags = RoleTagsParser.roleTags(options.role.roleTags, reading);
        Set<String> previousIds = ConfigReader.values(options.previousClusterIds);
        previousIds.forEach(id -> reading.matching(
                "--previous-cluster-id",
                id,
                "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                "it must be the UID of the kube-system namespace, as in the role tag irsa.dev/cluster-id"));
        Set<String> previousIssuers = ConfigReader.values(options.previousIssuers);
        previousIssuers.forEach(
                url -> Issuer.unusable(url).ifPresent(why -> reading.problem("--previous-issuer", url, why)));
        Set<String> namespaces = ConfigReader.values(options.watchNamespaces);
        namespaces.forEach(namespace -> reading.namespace("--watch-namespace", namespace));
        Optional<String> ownDeployment = ConfigReader.given(options.ownDeployment);
        ownDeployment.ifPresent(name -> reading.matching(
                "--own-deployment",
                name,
                "[a-z0-9-]{1,63}/[a-z0-9.-]{1,253}",
                "it must be the namespace and the name of a Deployment, such as irsa-operator/irsa-operator"));
        OperatorConfig config = new OperatorConfig(
                clusterName,
                region,
                issuer,
                ClusterOptionsParser.oidcProvider(options, reading),
                audiences.isEmpty() ? Set.of(TokenSpec.DEFAULT_AUDIENCE) : audiences,
                rolePath,
                adoption,
                new PreviousClusters(previousIds, previousIssuers),
                roleTags,
                protectedPolicies(options, reading),
                reading.number("--managed-policies-per-role", options.role.managedPoliciesPerRole, 10, 25),
                options.delivery.parse(clusterName, reading),
                namespaces,
                reading.number("--aws-max-in-flight", options.awsMaxInFlight, 1, 256),
                reading.numberUnless("adaptive", "--aws-rate", options.awsRate, 1, 1000),
                reading.flag("--dry-run", options.dryRun),
                reading.positiveDuration("--slowest-retry", options.slowestRetry),
                reading.duration("--consistency-window", options.consistencyWindow),
                options.sweep.parse(reading),
                ownDeployment,
                LeaseOptionsParser.lease(options, podNamespace, reading),
                reading.duration("--start-timeout", options.startTimeout),
                reading.number("--http-port", options.httpPort, 0, 65535),
                reading.choice(
                        "--log-format",
                        Objects.requireNonNullElse(options.logFormat, terminal ? "text" : "json"),
                        LogFormat.class));
        reading.throwIfInvalid();
        return config;
    }

    private static ProtectedPolicies protectedPolicies(RunOptions options, ConfigReader reading) {
        Set<String> patterns = ConfigReader.values(options.role.protectedPolicies);
        patterns.forEach(pattern -> reading.matching(
                "--protected-policies",
                pattern,
                "arn:[a-z*?-]+:iam::[a-z0-9*?]+:policy/[*?/]*[A-Za-z0-9_+=.@-][A-Za-z0-9_+=.@/*?-]*",
                "it must match the ARNs of some managed policies, such as"
                        + " arn:aws:iam::111122223333:policy/quarantine-*"));
        return ProtectedPolicies.of(patterns);
    }

    /** Returns whether roles without a resource are deleted; never in a dry run. */
    public boolean removesOrphans() {
        return sweep.removeOrphans() && !dryRun;
    }
}
