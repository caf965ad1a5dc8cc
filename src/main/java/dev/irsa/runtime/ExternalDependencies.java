package dev.irsa.runtime;

import dev.irsa.aws.AccountDiscovery;
import dev.irsa.aws.AwsClients;
import dev.irsa.aws.EksAssociations;
import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamManagedPolicies;
import dev.irsa.aws.IamOidcProviders;
import dev.irsa.aws.IamRoles;
import dev.irsa.aws.InFlightLimit;
import dev.irsa.aws.RateLimit;
import dev.irsa.config.OperatorConfig;
import dev.irsa.kubernetes.FieldManager;
import dev.irsa.leader.Election;
import dev.irsa.metrics.OperatorMetrics;
import dev.irsa.port.AccountPorts;
import dev.irsa.port.CallInterceptor;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * The systems outside of the operator: the cluster and AWS.
 *
 * @param client the client for the cluster; its user agent should be {@link FieldManager#USER_AGENT}
 * @param interceptor intercepts every write to the API server
 * @param identities resolves the identity of the cluster; needs AWS
 * @param account the AWS account of the operator
 */
public record ExternalDependencies(
        KubernetesClient client,
        CallInterceptor interceptor,
        ClusterIdentityResolver identities,
        AccountPorts account) {
    /** Connects the operator to these clients. Every call to AWS is limited, counted, and made only by the leader. */
    public static ExternalDependencies of(
            OperatorConfig config, KubernetesClient client, AwsClients aws, Election election, OperatorMetrics metrics)
            throws StartFailure, InterruptedException {
        // The lease is checked last: the replica may have lost it while the call waited.
        CallInterceptor calls = new InFlightLimit(config.aws().maxInFlight())
                .then(election.fence())
                .then(metrics.counted());
        // Calls that wait for the rate limit do not count as in flight. The limit applies to IAM only, because AWS
        // limits the calls of each service separately.
        CallInterceptor iam = config.aws().rate().isPresent()
                ? new RateLimit(config.aws().rate().getAsInt(), System::nanoTime).then(calls)
                : calls;
        AccountDiscovery accounts = new AccountDiscovery(aws.sts(), calls);
        return new ExternalDependencies(
                client,
                election.fence(),
                new ClusterIdentityResolver(StartupChecks.identity(
                        config, client, aws.region(), accounts::current, new CallerReport(metrics))),
                new AccountPorts(
                        new IamRoles(aws.iam(), iam),
                        new EksAssociations(aws.eks(), config.delivery().eksClusterName(), calls),
                        new IamListing(aws.iam(), iam, config.sweep().pageSize()),
                        new IamOidcProviders(aws.iam(), iam),
                        new IamManagedPolicies(aws.iam(), iam)));
    }
}
