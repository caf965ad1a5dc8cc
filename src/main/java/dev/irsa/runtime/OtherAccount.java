package dev.irsa.runtime;

import dev.irsa.api.v1beta1.IamAccount;
import dev.irsa.controller.EntitledAccount;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Another AWS account in which the operator manages roles, as one version of its IamAccount describes it. A changed IamAccount is another
 * object, which knows as little as a new process.
 */
final class OtherAccount {
    /** How often the roles of an account are read that no resource uses. It may have orphaned and retained roles. */
    private static final Duration WHILE_UNUSED = Duration.ofDays(1);

    private static final Duration LONGEST_BETWEEN_CHECKS = Duration.ofSeconds(5);

    private final AccountIdentity identity;
    private final ClusterIdentityResolver identities;
    private final ManagedAccount managed;
    private final AccountReport report;
    private final AccountConnection connection;
    private final Sweeps sweeps;
    private final List<BackgroundLoop> loops;
    private Instant lastUse = Instant.MIN;
    private boolean wasUsed;

    /**
     * When the account is swept.
     *
     * @param permits limits how many accounts are swept at once
     * @param interval between two sweeps of an account that is used
     */
    record Sweeps(Users users, SweepPermits permits, Duration interval, InstantSource clock) {
        /** Returns the time between two checks whether a sweep or a report is due. */
        Duration betweenChecks() {
            return interval.compareTo(LONGEST_BETWEEN_CHECKS) < 0 ? interval : LONGEST_BETWEEN_CHECKS;
        }
    }

    /**
     * The resources that name the IamAccount.
     *
     * @param exist returns whether there are any
     */
    record Users(BooleanSupplier exist, Runnable requeueAll) {}

    /** Creates an account and starts nothing. */
    OtherAccount(
            AccountIdentity identity,
            ClusterIdentityResolver identities,
            ManagedAccount managed,
            AccountReport report,
            AccountConnection connection,
            Sweeps sweeps,
            BiFunction<String, BackgroundLoop.Step, BackgroundLoop> loops) {
        this.identity = identity;
        this.identities = identities;
        this.managed = managed;
        this.report = report;
        this.connection = connection;
        this.sweeps = sweeps;
        IdentityAndProviderLoop provider = new IdentityAndProviderLoop(identities, managed.provider(), _ -> true);
        BackgroundLoop reports = loops.apply("account-" + name(), this::report);
        this.loops = identity.isAbandoned()
                ? List.of(reports, loops.apply("identity-" + name(), this::resolve))
                : List.of(
                        reports,
                        loops.apply("identity-" + name(), provider::step),
                        loops.apply("sweep-" + name(), this::sweep),
                        loops.apply("boundaries-" + name(), managed.boundaries()::step));
    }

    String name() {
        return identity.resource().getMetadata().getName();
    }

    ManagedAccount managed() {
        return managed;
    }

    /** Returns whether it is known if the account can be used. A resource that is reconciled earlier would report a wrong failure. */
    boolean isTried() {
        return identities.tried();
    }

    /** Returns what entitlements for this account are checked with. That needs no credentials for it. */
    EntitledAccount entitled() {
        return new EntitledAccount(identity::identity, identities::known, managed.authorizer());
    }

    /** Returns whether this is the account of the IamAccount as it is now. */
    boolean isOf(IamAccount now) {
        return identity.isOf(now);
    }

    /** Returns whether it works although another IamAccount manages the account now. One of the same second may come first by name. */
    boolean isSuperseded() {
        return identities.known() && !identity.isUsable();
    }

    /** Starts to work, as after another process. */
    void start() {
        managed.reconciler().takeOver();
        loops.forEach(BackgroundLoop::start);
    }

    /** Requests a stop: the current step of each loop completes, and no further step begins. */
    void stop() {
        loops.forEach(BackgroundLoop::stop);
        report.end();
    }

    Stream<BackgroundLoop> loops() {
        return loops.stream();
    }

    /** Ends the connection to AWS, so that what is still running cannot use it. */
    void disconnect() {
        connection.close().run();
    }

    private Duration sweep() throws InterruptedException {
        Instant now = sweeps.clock().instant();
        boolean used = sweeps.users().exist().getAsBoolean();
        if (used || wasUsed) {
            // The sweep before may have begun while the last resource existed.
            lastUse = now;
        }
        wasUsed = used;
        Instant earliest = now.minus(WHILE_UNUSED);
        boolean isEnough =
                lastUse.isBefore(now) && report.isSettledSince(lastUse.isAfter(earliest) ? lastUse : earliest);
        if (isEnough || !identities.known()) {
            return sweeps.betweenChecks();
        }
        return sweeps.permits().run(managed.sweeper()::step);
    }

    /** Resolves the identity in an account that is not called. Resources may have met the failure of an earlier attempt. */
    private Duration resolve() {
        boolean failed = identities.tried() && !identities.known();
        boolean known = identities.known() || identities.tryResolve();
        if (failed && known) {
            sweeps.users().requeueAll().run();
        }
        return sweeps.betweenChecks();
    }

    private Duration report() {
        if (identities.tried()) {
            report.report(obstacle(), provider());
        }
        return sweeps.betweenChecks();
    }

    private Optional<Failure> obstacle() {
        if (!identities.known()) {
            return Optional.of(identities.failure());
        }
        if (identity.isAbandoned()) {
            return Optional.of(Failure.accountAbandoned(name()));
        }
        try {
            connection.confirm().run();
            return managed.provider().obstacle();
        } catch (FailureException e) {
            return Optional.of(e.failure());
        }
    }

    private Optional<String> provider() {
        return managed.provider().state() instanceof OidcProviderState.Found(String name, var _, var _)
                ? Optional.of(identities.current().account().oidcProvider(name))
                : Optional.empty();
    }
}
