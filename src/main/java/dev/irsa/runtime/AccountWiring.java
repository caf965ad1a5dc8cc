package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.OidcProviderPolicy;
import dev.irsa.controller.InFlightWork;
import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.metrics.OperatorMetrics;
import dev.irsa.port.AccountPorts;
import dev.irsa.port.AccountSource;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.OperatorEvents;
import dev.irsa.port.PodIdentitySource;
import dev.irsa.port.Requeuer;
import dev.irsa.port.ResourceRef;
import dev.irsa.reconcile.AccountGuard;
import dev.irsa.reconcile.ReconcileSettings;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.authorization.ExistingRoles;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.reconcile.status.AccountStatusFactory;
import dev.irsa.sweep.SweepSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Wires accounts.
 *
 * @param shared what they share with the account of the operator
 * @param metrics receive the changes and the sweeps of each account
 * @param entitlementsChanged runs when an entitlement serves other resources than before
 */
public record AccountWiring(
        Aws aws,
        ReconcileSettings reconcile,
        SweepSettings sweep,
        ManagedAccount.Shared shared,
        OperatorMetrics metrics,
        EntitlementSource entitlements,
        Runnable entitlementsChanged,
        AccountSource accounts,
        Statuses statuses,
        Work work) {
    /** More sweeps at once would make a burst of calls and of garbage, and a sweep takes seconds. */
    static SweepPermits sweepPermits() {
        return new SweepPermits(4, Duration.ofMinutes(1));
    }

    /**
     * The access to AWS.
     *
     * @param identities resolves the identity of the cluster in the account of the operator
     * @param own the account of the operator
     * @param connect connects to another account, without a call yet
     */
    public record Aws(
            ClusterIdentityResolver identities, AccountPorts own, Function<IamAccount, AccountConnection> connect) {}

    /**
     * How the work in the accounts runs.
     *
     * @param running tracks the writes that may not be interrupted
     * @param sweeps limits how many accounts are swept at once
     * @param loops creates a loop of that name that repeats a step
     */
    public record Work(
            InFlightWork running, SweepPermits sweeps, BiFunction<String, BackgroundLoop.Step, BackgroundLoop> loops) {}

    /**
     * The statuses of the IamAccounts.
     *
     * @param reader returns the IamAccount of a name as the API server has it now
     * @param reported whether they report the state of the accounts. Several operators that watch some namespaces each would overwrite
     *     each other's report
     */
    public record Statuses(
            AccountStatusWriter writer, Function<String, Optional<IamAccount>> reader, boolean reported) {}

    /** Returns all accounts, of which only the one of the operator works yet. */
    public Accounts all() {
        return new Accounts(own(), aws.identities(), accounts::accounts, this::other);
    }

    /** Wires the account of the operator. */
    private ManagedAccount own() {
        return ManagedAccount.wire(
                AccountGuard.managing(aws.identities()),
                aws.own(),
                authorizer(""),
                shared,
                reconcile,
                sweep,
                work.running());
    }

    /** Wires the account of an IamAccount. */
    private OtherAccount other(IamAccount resource) {
        String name = resource.getMetadata().getName();
        AccountIdentity identity = new AccountIdentity(resource, aws.identities(), accounts::accounts);
        AccountConnection connection = aws.connect().apply(resource);
        if (identity.isAbandoned()) {
            connection.close().run();
        }
        ClusterIdentityResolver identities = new ClusterIdentityResolver(() -> {
            var _ = identity.identity();
            if (!identity.isAbandoned()) {
                connection.confirm().run();
            }
            // Another IamAccount may have been created during the call.
            return identity.identity();
        });
        AccountStatusStore status = new AccountStatusStore(identity, statuses.writer());
        AccountReport report = new AccountReport(
                new AccountStatusFactory(shared.timing().timeOfDay(), reconcile.documentation()),
                statuses.reported() ? status::update : _ -> {},
                status::abandoned,
                statuses.reported() ? new QuotaReader(name, connection.quota())::read : Optional::empty,
                metrics.account(name),
                reconcile.consistencyWindow(),
                shared.timing().clock());
        ManagedAccount managed = ManagedAccount.wire(
                new AccountGuard(
                        identities,
                        identity.isAbandoned() ? Optional.of(status) : Optional.empty(),
                        () -> identity.requireUnchanged(statuses.reader().apply(name))),
                connection.ports(),
                authorizer(name),
                new ManagedAccount.Shared(
                        shared.cluster(), NO_POD_IDENTITY, events(name), report, requeuer(name), shared.timing()),
                reconcile.creatingProvider(resource.getSpec().oidcProvider() == OidcProviderPolicy.Create),
                sweep,
                work.running());
        return new OtherAccount(
                identity,
                identities,
                managed,
                report,
                connection,
                new OtherAccount.Sweeps(
                        new OtherAccount.Users(() -> !accounts.users(name).isEmpty(), requeuer(name)::requeueAll),
                        work.sweeps(),
                        sweep.interval(),
                        shared.timing().clock()),
                work.loops());
    }

    /** Returns a way to requeue that requeues, instead of all resources, those that name this account. */
    private Requeuer requeuer(String account) {
        return new Requeuer() {
            @Override
            public void requeue(ResourceRef resource) {
                shared.requeuer().requeue(resource);
            }

            @Override
            public void requeueAll() {
                accounts.users(account).stream().map(ResourceRef::of).forEach(shared.requeuer()::requeue);
            }
        };
    }

    private EntitlementAuthorizer authorizer(String account) {
        return new EntitlementAuthorizer(
                account,
                entitlements,
                reconcile.audiences(),
                entitlementsChanged,
                shared.requeuer()::requeue,
                new ExistingRoles(reconcile.consistencyWindow(), shared.timing().clock()));
    }

    private OperatorEvents events(String account) {
        return (warning, reason, note) ->
                shared.events().record(warning, reason, "IamAccount " + account + ": " + note);
    }

    /** EKS Pod Identity requires a role in the account of the cluster. */
    private static final PodIdentitySource NO_POD_IDENTITY = new PodIdentitySource() {
        @Override
        public PodIdentityAvailability current() {
            return PodIdentityAvailability.IN_ANOTHER_ACCOUNT;
        }

        @Override
        public boolean isAvailable() {
            return false;
        }
    };
}
