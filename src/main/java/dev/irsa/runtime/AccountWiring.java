package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.api.v1beta1.OidcProviderPolicy;
import dev.irsa.controller.AccountEventSources;
import dev.irsa.controller.InFlightWork;
import dev.irsa.core.delivery.PodIdentityAvailability;
import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.kubernetes.StatusWriter;
import dev.irsa.metrics.OperatorMetrics;
import dev.irsa.port.EntitlementSource;
import dev.irsa.port.OperatorEvents;
import dev.irsa.port.PodIdentitySource;
import dev.irsa.reconcile.AccountGuard;
import dev.irsa.reconcile.authorization.EntitlementAuthorizer;
import dev.irsa.reconcile.authorization.ExistingRoles;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.reconcile.status.AccountStatusFactory;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Wires accounts.
 *
 * @param shared what they share with the account of the operator
 * @param metrics receive the changes and the sweeps of each account
 * @param entitlementsChanged runs when an entitlement serves other resources than before
 * @param sweeps limits how many accounts are swept at once
 */
record AccountWiring(
        ExternalDependencies outside,
        RuntimeSettings settings,
        ManagedAccount.Shared shared,
        OperatorMetrics metrics,
        EntitlementSource entitlements,
        Runnable entitlementsChanged,
        AccountEventSources sources,
        StatusWriter statuses,
        InFlightWork running,
        Semaphore sweeps) {
    /** More would make a burst of calls and of garbage, and a sweep takes seconds. */
    static final int SWEEPS_AT_ONCE = 4;

    /** Wires the account of the operator. */
    ManagedAccount own() {
        return ManagedAccount.wire(
                AccountGuard.managing(outside.identities()),
                outside.account(),
                authorizer(""),
                shared,
                settings.reconcile(),
                settings.sweep(),
                running);
    }

    /** Wires the account of an IamAccount. */
    OtherAccount other(IamAccount resource) {
        String name = resource.getMetadata().getName();
        AccountIdentity identity = new AccountIdentity(resource, outside.identities(), sources::all);
        AccountConnection connection = outside.connect().apply(resource);
        if (identity.isAbandoned()) {
            connection.close().run();
        }
        ClusterIdentityResolver identities = new ClusterIdentityResolver(() -> {
            ClusterIdentity known = identity.identity();
            if (!identity.isAbandoned()) {
                connection.confirm().run();
            }
            return known;
        });
        AccountStatusStore status = new AccountStatusStore(identity, statuses::write);
        AccountReport report = new AccountReport(
                new AccountStatusFactory(
                        shared.timing().timeOfDay(), settings.reconcile().documentation()),
                // Several operators that watch some namespaces each would overwrite each other's report, so they write
                // none.
                settings.namespaces().isEmpty() ? status::update : _ -> {},
                metrics.account(name),
                shared.timing().clock());
        ManagedAccount managed = ManagedAccount.wire(
                new AccountGuard(identities, identity.isAbandoned() ? Optional.of(status) : Optional.empty()),
                connection.ports(),
                authorizer(name),
                new ManagedAccount.Shared(
                        shared.cluster(),
                        NO_POD_IDENTITY,
                        events(name),
                        report,
                        sources.requeuer(name, shared.requeuer()),
                        shared.timing()),
                settings.reconcile().creatingProvider(resource.getSpec().oidcProvider() == OidcProviderPolicy.Create),
                settings.sweep(),
                running);
        return new OtherAccount(
                identity,
                identities,
                managed,
                report,
                connection,
                new OtherAccount.Sweeps(
                        () -> sources.isUsed(name), sweeps, shared.timing().clock()));
    }

    private EntitlementAuthorizer authorizer(String account) {
        return new EntitlementAuthorizer(
                account,
                entitlements,
                settings.reconcile().audiences(),
                entitlementsChanged,
                shared.requeuer()::requeue,
                new ExistingRoles(
                        settings.reconcile().consistencyWindow(),
                        shared.timing().clock()));
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
