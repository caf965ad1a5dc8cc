package dev.irsa.config;

import java.util.List;
import java.util.Optional;

/** The configuration of {@code irsa-operator run}. */
public record OperatorConfig(
        ClusterConfig cluster,
        RoleConfig roles,
        DeliveryConfig delivery,
        ReconcileConfig reconcile,
        AwsConfig aws,
        SweepConfig sweep,
        ProcessConfig process) {
    /** In the order in which their problems are reported. */
    static final List<Flag> FLAGS = List.of(
            ClusterFlags.CLUSTER_NAME,
            ClusterFlags.ROLE_PATH,
            ClusterFlags.REGION,
            ClusterFlags.OIDC_ISSUER,
            ClusterConfig.AUDIENCES,
            ClusterFlags.ADOPTION_PATH,
            ClusterFlags.ADOPTION_ROLE,
            RoleConfig.ROLE_TAGS,
            ClusterConfig.PREVIOUS_CLUSTER_ID,
            ClusterConfig.PREVIOUS_ISSUER,
            ReconcileConfig.WATCH_NAMESPACE,
            ProcessConfig.OWN_DEPLOYMENT,
            ClusterFlags.OIDC_PROVIDER,
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
            ProcessConfig.LOG_FORMAT);

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
        String clusterName = ClusterFlags.clusterName(flags);
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

    /** Returns whether roles without a resource are deleted; never in a dry run. */
    public boolean removesOrphans() {
        return sweep.removeOrphans() && !reconcile.dryRun();
    }
}
