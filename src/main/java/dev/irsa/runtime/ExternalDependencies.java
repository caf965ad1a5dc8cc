package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.IamAccountSpec;
import dev.irsa.aws.AccountDiscovery;
import dev.irsa.aws.AssumedRole;
import dev.irsa.aws.AwsClients;
import dev.irsa.aws.EksAssociations;
import dev.irsa.aws.IamAccountSummary;
import dev.irsa.aws.IamListing;
import dev.irsa.aws.IamManagedPolicies;
import dev.irsa.aws.IamOidcProviders;
import dev.irsa.aws.IamRoles;
import dev.irsa.aws.InFlightLimit;
import dev.irsa.aws.RateLimit;
import dev.irsa.config.OperatorConfig;
import dev.irsa.kubernetes.FieldManager;
import dev.irsa.leader.Election;
import dev.irsa.metrics.AccountMetrics;
import dev.irsa.metrics.OperatorMetrics;
import dev.irsa.port.AccountPorts;
import dev.irsa.port.CallInterceptor;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The systems outside of the operator: the cluster and AWS.
 *
 * @param client the client for the cluster; its user agent should be {@link FieldManager#USER_AGENT}
 * @param interceptor intercepts every write to the API server
 * @param identities resolves the identity of the cluster; needs AWS
 * @param account the AWS account of the operator
 * @param connect connects to another AWS account, without a call yet
 */
public record ExternalDependencies(
        KubernetesClient client,
        CallInterceptor interceptor,
        ClusterIdentityResolver identities,
        AccountPorts account,
        Function<IamAccount, AccountConnection> connect) {
    /** The longest name of a session that STS accepts. */
    private static final int MAX_SESSION_NAME = 64;

    /** Longer than the timeout of a call with its retries. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    /** Connects the operator to these clients. Every call to AWS is limited, counted, and made only by the leader. */
    public static ExternalDependencies of(
            OperatorConfig config, KubernetesClient client, AwsClients aws, Election election, OperatorMetrics metrics)
            throws StartFailure, InterruptedException {
        // The lease is checked last: the replica may have lost it while the call waited.
        CallInterceptor leaderOnly = election.fence().then(metrics.account("").counted());
        AccountDiscovery accounts = new AccountDiscovery(aws.sts(), leaderOnly);
        return new ExternalDependencies(
                client,
                election.fence(),
                new ClusterIdentityResolver(StartupChecks.identity(
                        config, client, aws.region(), accounts::current, new CallerReport(metrics))),
                ports(config, aws, Limited.of(config, leaderOnly)),
                account -> connect(account, config, aws, election, metrics));
    }

    private static AccountConnection connect(
            IamAccount resource, OperatorConfig config, AwsClients own, Election election, OperatorMetrics metrics) {
        IamAccountSpec account = resource.getSpec();
        AccountMetrics measured = metrics.account(resource.getMetadata().getName());
        ConnectionGate gate = new ConnectionGate();
        CallInterceptor leaderOnly = gate.then(election.fence()).then(measured.counted());
        String session = "irsa-operator." + config.cluster().name();
        // Its calls have no place among those in flight: they are made within one that has.
        AssumedRole role = new AssumedRole(
                own.sts(),
                leaderOnly,
                new AssumedRole.Target(
                        account.accountID(),
                        account.roleARN(),
                        Optional.ofNullable(account.externalID()),
                        session.substring(0, Math.min(session.length(), MAX_SESSION_NAME))),
                MonotonicClock.system(),
                InstantSource.system());
        AwsClients clients = own.with(role, measured::throttled);
        Limited limited = Limited.of(config, leaderOnly);
        // Only IAM decides: EKS may also reject the session of an account that has not enabled the region.
        Limited calls = new Limited(limited.iam().then(role.droppingRejectedSessions()), limited.eks());
        return new AccountConnection(
                role::confirm, ports(config, clients, calls), new IamAccountSummary(clients.iam(), calls.iam()), () -> {
                    gate.close();
                    CompletableFuture.delayedExecutor(LONGEST_CALL.toMillis(), TimeUnit.MILLISECONDS)
                            .execute(clients::close);
                });
    }

    /** The calls to one account, with limits of their own. */
    private record Limited(CallInterceptor iam, CallInterceptor eks) {
        static Limited of(OperatorConfig config, CallInterceptor leaderOnly) {
            CallInterceptor calls = new InFlightLimit(config.aws().maxInFlight()).then(leaderOnly);
            // Calls that wait for the rate limit do not count as in flight. The limit applies to IAM only, because AWS
            // limits the calls of each service separately.
            return new Limited(
                    config.aws().rate().isPresent()
                            ? new RateLimit(config.aws().rate().getAsInt(), System::nanoTime).then(calls)
                            : calls,
                    calls);
        }
    }

    private static AccountPorts ports(OperatorConfig config, AwsClients aws, Limited calls) {
        CallInterceptor iam = calls.iam();
        return new AccountPorts(
                new IamRoles(aws.iam(), iam),
                new EksAssociations(aws.eks(), config.delivery().eksClusterName(), calls.eks()),
                new IamListing(aws.iam(), iam, config.sweep().pageSize()),
                new IamOidcProviders(aws.iam(), iam),
                new IamManagedPolicies(aws.iam(), iam));
    }
}
