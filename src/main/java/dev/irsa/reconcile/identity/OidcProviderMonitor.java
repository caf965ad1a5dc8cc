package dev.irsa.reconcile.identity;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.ExponentialBackoff;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
import dev.irsa.core.failure.RetrySchedule;
import dev.irsa.core.oidc.OidcProviderState;
import dev.irsa.port.ClusterIdentitySource;
import dev.irsa.port.OidcProviders;
import dev.irsa.port.OperatorEvents;
import dev.irsa.reconcile.ReconcileSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors the cluster's OIDC provider for all resources, so that no reconcile has to read it. When its state changes,
 * every resource is requeued. One thread drives the monitor.
 */
public final class OidcProviderMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(OidcProviderMonitor.class);

    private final ClusterIdentitySource identities;
    private final OidcProviderFinder finder;
    private final OidcProviderCreator creator;
    private final OperatorEvents events;
    private final Runnable requeueAll;
    private final ReconcileSettings settings;
    private final Duration interval;
    private final RetrySchedule backoff;
    private final RandomGenerator random;
    private volatile OidcProviderState state = new OidcProviderState.Unknown(new Failure.Passing(
            Reason.Reconciling, "waiting for AWS to report the cluster's OIDC provider; no action needed"));
    private boolean unconfirmed;
    private int tries;
    private String reported = "";

    /**
     * Creates a monitor that has not read the provider yet.
     *
     * @param requeueAll requeues every resource
     * @param interval the pause between two reads while the provider has no problem
     * @param random spreads the reads of many clusters
     */
    public OidcProviderMonitor(
            ClusterIdentitySource identities,
            OidcProviders providers,
            OperatorEvents events,
            Runnable requeueAll,
            ReconcileSettings settings,
            Duration interval,
            RandomGenerator random) {
        this.identities = identities;
        this.finder = new OidcProviderFinder(providers);
        this.creator = new OidcProviderCreator(providers, finder, events, settings.audiences());
        this.events = events;
        this.requeueAll = requeueAll;
        this.settings = settings;
        this.interval = interval;
        this.backoff = new RetrySchedule(settings.slowestRetry(), random);
        this.random = random;
    }

    /** Returns the state as last read. */
    public OidcProviderState state() {
        return state;
    }

    /** Returns why roles cannot be assumed; empty if nothing is known to prevent it. */
    public Optional<Failure> obstacle() {
        return obstacle(state, identities.current());
    }

    private Optional<Failure> obstacle(OidcProviderState seen, ClusterIdentity cluster) {
        return settings.audiences().stream()
                .sorted()
                .flatMap(audience -> seen.obstacle(cluster, audience).stream())
                .findFirst();
    }

    /** Reads the provider and creates what is missing; returns the pause until the next step. */
    public Duration step() {
        try {
            return check(identities.current());
        } catch (FailureException e) {
            return failed(e.failure());
        }
    }

    private Duration check(ClusterIdentity cluster) {
        OidcProviderState seen;
        try {
            seen = finder.find(cluster);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied) {
                return denied(e.failure(), cluster);
            }
            throw e;
        }
        unconfirmed = mayBeStale(seen);
        if (unconfirmed) {
            return settings.consistencyWindow();
        }
        return apply(complete(seen, cluster), cluster);
    }

    /** Assumes that a provider found earlier still exists: a changed IAM policy of the operator does not affect it. */
    private Duration denied(Failure failure, ClusterIdentity cluster) {
        boolean found = state instanceof OidcProviderState.Found;
        boolean changed = found ? !failure.message().equals(reported) : update(finder.listed(cluster));
        if (changed) {
            reported = failure.message();
            warn(
                    "OidcProviderUnreadable",
                    failure.message() + "; the operator assumes that the OIDC provider "
                            + (found ? "is unchanged" : "exists"));
        }
        tries = 0;
        return regularPause();
    }

    /** A read can be stale: a provider that existed is reported as missing only after a second read. */
    private boolean mayBeStale(OidcProviderState seen) {
        return seen instanceof OidcProviderState.Missing && state instanceof OidcProviderState.Found && !unconfirmed;
    }

    private OidcProviderState complete(OidcProviderState seen, ClusterIdentity cluster) {
        if (!settings.createsProvider()) {
            return seen;
        }
        return settings.dryRun()
                ? seen.withProblem("--dry-run prevents the operator from making this change")
                : creator.complete(seen, cluster);
    }

    private Duration apply(OidcProviderState seen, ClusterIdentity cluster) {
        reported = "";
        Optional<Failure> obstacle = obstacle(seen, cluster);
        if (update(seen)) {
            obstacle.ifPresentOrElse(
                    failure -> warn(failure.reason().name(), failure.message()), () -> reportUsable(seen, cluster));
        }
        if (obstacle.isPresent()) {
            return backoff.pause(obstacle.get(), tries++).orElse(interval);
        }
        tries = 0;
        return regularPause();
    }

    private void reportUsable(OidcProviderState seen, ClusterIdentity cluster) {
        String name = seen.spelled(cluster).oidcProvider();
        LOG.info(
                "the OIDC provider {} accepts this cluster's tokens",
                cluster.account().oidcProvider(name));
        if (!name.equals(cluster.issuer().hostAndPath())) {
            warn(
                    "OidcProviderSpelledOtherwise",
                    "the URL of the IAM OIDC provider is " + name + ", but the issuer is "
                            + cluster.issuer().hostAndPath()
                            + "; roles trust the URL of the provider; if AWS rejects the cluster's tokens, create a"
                            + " provider with the exact URL of the issuer");
        }
    }

    private Duration failed(Failure failure) {
        if (state instanceof OidcProviderState.Unknown) {
            state = new OidcProviderState.Unknown(failure);
        }
        if (!failure.message().equals(reported)) {
            reported = failure.message();
            LOG.warn("cannot read the OIDC provider; retrying: {}", reported);
        }
        return backoff.pause(failure, tries++).orElse(interval);
    }

    /** Replaces the state and requeues every resource if it changed; returns whether it changed. */
    private boolean update(OidcProviderState seen) {
        if (seen.equals(state)) {
            return false;
        }
        state = seen;
        requeueAll.run();
        return true;
    }

    private void warn(String reason, String note) {
        LOG.warn("{}: {}", reason, note);
        events.warn(reason, note);
    }

    private Duration regularPause() {
        return ExponentialBackoff.jittered(interval, random);
    }
}
