package dev.irsa.config;

import dev.irsa.core.desired.AwsAccount;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.desired.DeliverySettings;
import dev.irsa.core.desired.Issuer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The configuration of {@code irsa-operator run}. */
public record OperatorConfig(
        ClusterConfig cluster,
        RoleConfig roles,
        DeliveryConfig delivery,
        ReconcileConfig reconcile,
        AwsConfig aws,
        SweepConfig sweep,
        ProcessConfig process) {
    /**
     * How the operator calls AWS.
     *
     * @param region empty: the region that the AWS SDK finds
     * @param maxInFlight maximum number of concurrent calls
     * @param rate maximum number of IAM calls per second; empty: as many as AWS accepts
     * @param consistencyWindow how long IAM may take to propagate a write
     */
    public record AwsConfig(Optional<String> region, int maxInFlight, OptionalInt rate, Duration consistencyWindow) {
        static final Flag REGION = Flag.of("--region", "REGION")
                .help(
                        "AWS region. Default for run: from the default chain of the AWS SDK (AWS_REGION, profile, instance)."
                                + " policy needs it only with --pod-identity or --trust=pod-identity");

        static final Flag AWS_MAX_IN_FLIGHT = Flag.of("--aws-max-in-flight", "N")
                .orElse("16")
                .help("Maximum number of concurrent AWS calls, 1 to 256. Default: ${DEFAULT-VALUE}");

        static final Flag AWS_RATE = Flag.of("--aws-rate", "adaptive|N")
                .orElse("adaptive")
                .help("Maximum number of IAM calls per second, 1 to 1000, or adaptive: as many as AWS accepts."
                        + " Default: ${DEFAULT-VALUE}");

        static final Flag CONSISTENCY_WINDOW = Flag.of("--consistency-window", "DURATION")
                .orElse("60s")
                .help("How long AWS may take to propagate a write. Until then, the operator does not trust the answer"
                        + " \"no such role\". Each step of a move between IRSA and EKS Pod Identity waits this long. Use"
                        + " less than 60s only in tests. Default: ${DEFAULT-VALUE}");

        static AwsConfig read(FlagReader flags) {
            return new AwsConfig(
                    region(flags),
                    flags.number(AWS_MAX_IN_FLIGHT, 1, 256),
                    flags.numberUnless("adaptive", AWS_RATE, 1, 1000),
                    flags.duration(CONSISTENCY_WINDOW));
        }

        static Optional<String> region(FlagReader flags) {
            return flags.givenMatching(
                    REGION, "[a-z0-9]+(?:-[a-z0-9]+)+", "it must be the name of an AWS region, such as eu-west-1");
        }
    }

    /**
     * How all roles are read.
     *
     * @param interval longest time between two sweeps
     * @param pageSize roles per page of a sweep
     * @param fallbackInterval in which each role is read once if roles cannot be read in bulk
     * @param removeOrphans whether roles without a resource are deleted
     */
    public record SweepConfig(Duration interval, int pageSize, Duration fallbackInterval, boolean removeOrphans) {
        static final Flag SWEEP_INTERVAL = Flag.of("--sweep-interval", "DURATION")
                .orElse("10m")
                .help("How often the operator reads all roles in bulk and compares them. Default: ${DEFAULT-VALUE}");

        static final Flag SWEEP_PAGE_SIZE = Flag.of("--sweep-page-size", "N")
                .orElse("1000")
                .help("Roles per page of a sweep, 1 to 1000. Smaller pages need more calls. Default: ${DEFAULT-VALUE}");

        static final Flag FALLBACK_INTERVAL = Flag.of("--fallback-interval", "DURATION")
                .orElse("1h")
                .help("How often each role is read if roles cannot be read in bulk. Default: ${DEFAULT-VALUE}");

        static final Flag REMOVE_ORPHANS = Flag.of("--remove-orphans", "true|false")
                .trueIfGiven()
                .orElse("false")
                .help(
                        "Delete roles of this cluster whose resource no longer exists. The operator deletes none while more"
                                + " than 10 roles, or more than 5 percent of all, are orphans."
                                + " Default: ${DEFAULT-VALUE}, which only reports them");

        static SweepConfig read(FlagReader flags) {
            return new SweepConfig(
                    flags.positiveDuration(SWEEP_INTERVAL),
                    flags.number(SWEEP_PAGE_SIZE, 1, 1000),
                    flags.positiveDuration(FALLBACK_INTERVAL),
                    flags.trueOrFalse(REMOVE_ORPHANS));
        }
    }

    /** In the order in which their problems are reported. */
    static final List<Flag> FLAGS = List.of(
            ClusterConfig.CLUSTER_NAME,
            RoleConfig.ROLE_PATH,
            AwsConfig.REGION,
            ClusterConfig.OIDC_ISSUER,
            ClusterConfig.AUDIENCES,
            RoleConfig.ADOPTION_PATH,
            RoleConfig.ADOPTION_ROLE,
            RoleConfig.ROLE_TAGS,
            ClusterConfig.PREVIOUS_CLUSTER_ID,
            ClusterConfig.PREVIOUS_ISSUER,
            ReconcileConfig.WATCH_NAMESPACE,
            ProcessConfig.OWN_DEPLOYMENT,
            ClusterConfig.OIDC_PROVIDER,
            RoleConfig.PROTECTED_POLICIES,
            RoleConfig.MANAGED_POLICIES_PER_ROLE,
            DeliveryConfig.DEFAULT_DELIVERY,
            DeliveryConfig.EKS_CLUSTER_NAME,
            DeliveryConfig.ASSOCIATION_INTERVAL,
            DeliveryConfig.TRUST_POLICY_QUOTA,
            DeliveryConfig.POD_IDENTITY_AGENT,
            AwsConfig.AWS_MAX_IN_FLIGHT,
            AwsConfig.AWS_RATE,
            ReconcileConfig.DRY_RUN,
            ReconcileConfig.SLOWEST_RETRY,
            AwsConfig.CONSISTENCY_WINDOW,
            SweepConfig.SWEEP_INTERVAL,
            SweepConfig.SWEEP_PAGE_SIZE,
            SweepConfig.FALLBACK_INTERVAL,
            SweepConfig.REMOVE_ORPHANS,
            ProcessConfig.LEASE,
            ProcessConfig.LEADER_ELECTION,
            ProcessConfig.START_TIMEOUT,
            ProcessConfig.HTTP_PORT,
            ProcessConfig.LOG_FORMAT,
            ProcessConfig.DOCUMENTATION_URL,
            ProcessConfig.SETTINGS_FILE);

    /** Returns the flags of the command. */
    public static GivenFlags flags() {
        return new GivenFlags(FLAGS);
    }

    /**
     * Parses and validates the flags.
     *
     * @param terminal whether the log is written to a terminal
     * @param podNamespace of the pod in which the operator runs; empty: it runs outside a pod
     * @throws InvalidConfiguration with all problems
     */
    public static OperatorConfig of(GivenFlags given, boolean terminal, Optional<String> podNamespace)
            throws InvalidConfiguration {
        return read(new FlagReader(given::texts), terminal, podNamespace);
    }

    static OperatorConfig read(FlagReader flags, boolean terminal, Optional<String> podNamespace)
            throws InvalidConfiguration {
        String clusterName = ClusterConfig.clusterName(flags);
        OperatorConfig config = new OperatorConfig(
                ClusterConfig.read(clusterName, flags),
                RoleConfig.read(clusterName, flags),
                DeliveryConfig.read(clusterName, flags),
                ReconcileConfig.read(flags),
                AwsConfig.read(flags),
                SweepConfig.read(flags),
                ProcessConfig.read(terminal, podNamespace, flags));
        flags.throwIfInvalid(FLAGS);
        return config;
    }

    /**
     * Returns the identity of a cluster with these settings.
     *
     * @param account with whichever quota
     * @param oidcProvider in IAM's spelling
     * @param eksClusterArn empty: unknown
     */
    public ClusterIdentity identity(
            String id, Issuer issuer, AwsAccount account, String oidcProvider, Optional<String> eksClusterArn) {
        return new ClusterIdentity(
                cluster.name(),
                id,
                issuer,
                account.withManagedPoliciesPerRole(roles.managedPoliciesPerRole()),
                oidcProvider,
                roles.path(),
                roles.adoption(),
                cluster.previous(),
                roles.tags(),
                roles.protectedPolicies(),
                new DeliverySettings(delivery.defaultDelivery(), eksClusterArn, delivery.trustPolicyQuota()));
    }

    /** Returns whether roles without a resource are deleted; never in a dry run. */
    public boolean removesOrphans() {
        return sweep.removeOrphans() && !reconcile.dryRun();
    }
}
