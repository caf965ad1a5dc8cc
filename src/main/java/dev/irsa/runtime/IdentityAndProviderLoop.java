package dev.irsa.runtime;

import dev.irsa.core.desired.ClusterIdentity;
import dev.irsa.core.failure.ExponentialBackoff;
import dev.irsa.reconcile.identity.ClusterIdentityResolver;
import dev.irsa.reconcile.identity.OidcProviderMonitor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resolves the identity of the cluster with retries, monitors the OIDC provider, and publishes the identity. */
final class IdentityAndProviderLoop {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityAndProviderLoop.class);
    private static final ExponentialBackoff RETRY =
            new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private static final Duration RETRY_PUBLISHING = Duration.ofSeconds(30);

    private final ClusterIdentityResolver identities;
    private final OidcProviderMonitor provider;
    private final Predicate<ClusterIdentity> published;
    private final CountDownLatch firstPass = new CountDownLatch(1);
    private int failures;
    private String reported = "";

    /** @param published publishes the identity, and returns false if that has to be retried */
    IdentityAndProviderLoop(
            ClusterIdentityResolver identities, OidcProviderMonitor provider, Predicate<ClusterIdentity> published) {
        this.identities = identities;
        this.provider = provider;
        this.published = published;
    }

    /** Runs the check that is due and returns the time until the next one. */
    Duration step() {
        if (!identities.known() && !identities.tryResolve()) {
            return retryDelay();
        }
        Duration next = provider.step();
        firstPass.countDown();
        boolean done = published.test(provider.state().spelled(identities.current()));
        return done || next.compareTo(RETRY_PUBLISHING) < 0 ? next : RETRY_PUBLISHING;
    }

    /** Waits until the first complete pass has ended, for at most the timeout. */
    void await(Duration timeout) throws InterruptedException {
        boolean _ = firstPass.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns why the identity of the cluster is unknown; empty if it is known. */
    Optional<String> unknownBecause() {
        return identities.known()
                ? Optional.empty()
                : Optional.of(identities.failure().message());
    }

    private Duration retryDelay() {
        String problem = identities.failure().message();
        if (!problem.equals(reported)) {
            LOG.warn("not ready: {}", problem);
            reported = problem;
        }
        return RETRY.after(failures++);
    }
}
