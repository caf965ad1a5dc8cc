package dev.irsa.reconcile.identity;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.Backoff;
import dev.irsa.core.failure.ExponentialBackoff;
import dev.irsa.core.failure.Failure;
import dev.irsa.core.failure.FailureException;
import dev.irsa.core.failure.Reason;
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
 * Knows how the cluster's OIDC provider is, for all resources at once: none of them asks. One thread drives it. When
 * what it knows has changed, every resource is reconciled.
 */
public final class OidcProviderMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(OidcProviderMonitor.class);

    private final ClusterIdentitySource identities;
    private final OidcProviderFinder search;
    private final OidcProviderCreator maker;
    private final OperatorEvents events;
    private final Runnable wakeAll;
    private final ReconcileSettings settings;
    private final Duration interval;
    private final Backoff backoff;
    private final RandomGenerator random;
    private volatile OidcProviderState state = new OidcProviderState.Unknown(
            new Failure.Passing(Reason.Reconciling, "AWS has not said yet whether it has the cluster's OIDC provider"));
    private boolean doubted;
    private int tries;
    private String told = "";

    /**
     * A watch that has not looked yet.
     *
     * @param wakeAll has every resource reconciled
     * @param interval between two looks while all is well
     * @param random spreads the looks of many clusters
     */
    public OidcProviderMonitor(
            ClusterIdentitySource identities,
            OidcProviders providers,
            OperatorEvents events,
            Runnable wakeAll,
            ReconcileSettings settings,
            Duration interval,
            RandomGenerator random) {
        this.identities = identities;
        this.search = new OidcProviderFinder(providers);
        this.maker = new OidcProviderCreator(providers, search, events, settings.audiences());
        this.events = events;
        this.wakeAll = wakeAll;
        this.settings = settings;
        this.interval = interval;
        this.backoff = new Backoff(settings.slowestRetry(), random);
        this.random = random;
    }

    /** As last seen. */
    public OidcProviderState state() {
        return state;
    }

    /** Looks once; answers when to look again. */
    public Duration look() {
        try {
            return look(identities.current());
        } catch (FailureException e) {
            return failed(e.failure());
        }
    }

    private Duration look(ClusterIdentity cluster) {
        OidcProviderState seen;
        try {
            seen = search.of(cluster);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.AccessDenied) {
                return denied(e.failure(), cluster);
            }
            throw e;
        }
        if (isSurprising(seen)) {
            return settings.consistencyWindow();
        }
        return settle(complete(seen, cluster), cluster);
    }

    /** One that was found is still there: a policy that is being edited says nothing of it. */
    private Duration denied(Failure failure, ClusterIdentity cluster) {
        boolean found = state instanceof OidcProviderState.Found;
        boolean isNews = found ? !failure.message().equals(told) : become(search.listed(cluster));
        if (isNews) {
            told = failure.message();
            tell(
                    "OidcProviderUnreadable",
                    failure.message() + "; the OIDC provider is taken to be " + (found ? "as it was" : "there")
                            + ", see docs/permissions.md");
        }
        tries = 0;
        return rest();
    }

    /** IAM may forget for a moment what it knows: that it is gone is believed when it is said twice. */
    private boolean isSurprising(OidcProviderState seen) {
        doubted = seen instanceof OidcProviderState.Missing && state instanceof OidcProviderState.Found && !doubted;
        return doubted;
    }

    private OidcProviderState complete(OidcProviderState seen, ClusterIdentity cluster) {
        if (!settings.createsProvider()) {
            return seen;
        }
        return settings.dryRun()
                ? seen.withTrouble("with --dry-run the operator does not")
                : maker.complete(seen, cluster);
    }

    private Duration settle(OidcProviderState seen, ClusterIdentity cluster) {
        told = "";
        Optional<Failure> obstacle = settings.audiences().stream()
                .sorted()
                .flatMap(audience -> seen.obstacle(cluster, audience).stream())
                .findFirst();
        if (become(seen)) {
            obstacle.ifPresentOrElse(
                    failure -> tell(failure.reason().name(), failure.message()), () -> welcome(seen, cluster));
        }
        if (obstacle.isPresent()) {
            return backoff.pause(obstacle.get(), tries++).orElse(interval);
        }
        tries = 0;
        return rest();
    }

    private void welcome(OidcProviderState seen, ClusterIdentity cluster) {
        String name = seen.spelled(cluster).oidcProvider();
        LOG.info(
                "the OIDC provider {} takes this cluster's tokens",
                cluster.account().oidcProvider(name));
        if (!name.equals(cluster.issuer().hostAndPath())) {
            tell(
                    "OidcProviderSpelledOtherwise",
                    "IAM's OIDC provider is spelled " + name + " and the issuer "
                            + cluster.issuer().hostAndPath()
                            + "; roles trust it as it is spelled. Should AWS not take the cluster's tokens, make one that"
                            + " is spelled like the issuer");
        }
    }

    private Duration failed(Failure failure) {
        if (state instanceof OidcProviderState.Unknown) {
            state = new OidcProviderState.Unknown(failure);
        }
        if (!failure.message().equals(told)) {
            told = failure.message();
            LOG.warn("the OIDC provider could not be looked at, which is tried again: {}", told);
        }
        return backoff.pause(failure, tries++).orElse(interval);
    }

    private boolean become(OidcProviderState seen) {
        if (seen.equals(state)) {
            return false;
        }
        state = seen;
        wakeAll.run();
        return true;
    }

    private void tell(String reason, String note) {
        LOG.warn("{}: {}", reason, note);
        events.warn(reason, note);
    }

    private Duration rest() {
        return ExponentialBackoff.jittered(interval, random);
    }
}
